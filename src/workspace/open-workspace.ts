import { join, relative, resolve } from "node:path";
import { type AuditLog, createAuditLog } from "../audit/audit-store.ts";
import type { Ledger } from "../audit/ledger.ts";
import { readChanges } from "../directory/change-store.ts";
import { createDirectory, type Directory } from "../directory/directory.ts";
import type { IsoDate } from "../directory/unit.ts";
import type { AskPassphrase } from "../platform/age.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import type { Environment } from "../platform/environment.ts";
import { Failure } from "../platform/failure.ts";
import { findUpwards, isPresent, readText } from "../platform/files.ts";
import { examineSecret, readSecret } from "../platform/secrets.ts";
import { toIso, toIsoDate, vietnamZone, type Zone } from "../platform/time.ts";
import { openStore } from "./open-store.ts";
import type { Settings } from "./settings.ts";
import { openWords } from "./words.ts";
import { cacheFolder, workspaceFile } from "./workspace-names.ts";

/** A folder with wardctl.yaml, read and checked; what it needs is opened when first asked for. */
export interface Workspace {
  readonly root: string;
  /** Path of wardctl.yaml from the current folder, as shown in messages. */
  readonly file: string;
  readonly settings: Settings;
  readonly zone: Zone;
  /** Name of the person at work, for the audit log. */
  readonly actor: string;
  /** A path from wardctl.yaml, relative to the workspace's folder. */
  resolvePath(path: string): string;
  /** `.wardctl/<name>`. */
  cachePath(name: string): string;
  database(): Promise<Database>;
  /** Whether anything may be cached yet: what only looks something up makes no file. */
  hasStore(): Promise<boolean>;
  audit(): Promise<AuditLog>;
  /** The log with its checkpoints, its key and whom it is believed of. */
  ledger(): Promise<Ledger>;
  /** Signs what this run recorded: grants at once, anything else once a day. Failure kinds: those of signing. */
  sealLog(): Promise<void>;
  /** The directory as of a day, today by the clock when none is given, imported changes included. Failure kind: invalid (before 2025-07-01). */
  directory(date?: IsoDate): Promise<Directory>;
  /** The value behind a reference, asked for at most once where it is typed. Failure kind: denied. */
  secret(reference: string): Promise<string>;
  /** Whether there is one, without asking anybody. Failure kind: denied. */
  examineSecret(reference: string): Promise<"present" | "asked">;
  close(): Promise<void>;
}

export interface WorkspaceRequest {
  /** From --workspace or WARDCTL_WORKSPACE; without it wardctl.yaml is looked for from cwd upwards. */
  readonly folder: string | undefined;
  readonly cwd: string;
  readonly environment: Environment;
  readonly user: string;
  readonly clock: Clock;
  /** Absent where nobody sits at a terminal. */
  readonly ask?: AskPassphrase | undefined;
}

/** Undefined when no folder was named and none was found. Failure kinds: usage (the named folder has none), invalid. */
export async function findAndOpenWorkspace(request: WorkspaceRequest): Promise<Workspace | undefined> {
  const named = request.folder === undefined ? undefined : resolve(request.cwd, request.folder);
  const root = named ?? (await findUpwards(request.cwd, workspaceFile));
  if (root === undefined) return undefined;
  if (!(await isPresent(join(root, workspaceFile)))) {
    throw new Failure("usage", openWords.noWorkspaceThere(root), { hint: openWords.nameAnother });
  }
  return openWorkspace(root, request);
}

async function openWorkspace(root: string, { cwd, environment, user, clock, ask }: WorkspaceRequest): Promise<Workspace> {
  const file = relative(cwd, join(root, workspaceFile));
  const settings = await readSettings(root, file);
  const zone = vietnamZone;
  const nowIso = (): string => toIso(clock.now(), zone);
  const cachePath = (name: string): string => join(root, cacheFolder, name);
  // Whoever typed it once is not asked again, and two systems that need something typed do not ask at the same time.
  const answers = new Map<string, Promise<string | undefined>>();
  let last: Promise<unknown> = Promise.resolve();
  const askOnce =
    (asks: AskPassphrase): AskPassphrase =>
    (question) => {
      const answer = answers.get(question.en) ?? last.then(() => asks(question));
      answers.set(question.en, answer);
      last = answer.catch(() => undefined);
      return answer;
    };
  const secret = (reference: string): Promise<string> =>
    readSecret(reference, environment, (path) => resolve(root, path), ask && askOnce(ask));
  let opened: Promise<Database> | undefined;
  const database = (): Promise<Database> => {
    opened ??= openStore(settings.store, { folder: join(root, cacheFolder), nowIso, readSecret: secret });
    return opened;
  };
  const hasStore = async (): Promise<boolean> =>
    opened !== undefined || settings.store.kind === "postgres" || (await isPresent(cachePath("cache.db")));
  /** Rooms whose changes this run recorded. */
  const recorded = new Set<string>();
  const audit = async (): Promise<AuditLog> => {
    const log = createAuditLog(await database(), nowIso);
    return {
      ...log,
      append(entry, tx) {
        recorded.add(entry.action.split(".", 1)[0] as string);
        return log.append(entry, tx);
      },
    };
  };
  const ledger = async (): Promise<Ledger> => {
    const { openLedger } = await import("../audit/ledger.ts");
    const resolvePath = (path: string): string => resolve(root, path);
    return openLedger({ database: await database(), log: await audit(), settings: settings.audit, resolvePath, clock, zone });
  };
  return {
    root,
    file,
    settings,
    zone,
    actor: settings.operator ?? user,
    resolvePath: (path) => resolve(root, path),
    cachePath,
    database,
    hasStore,
    audit,
    ledger,
    async sealLog() {
      if (recorded.size === 0 || settings.audit.key === undefined) return;
      const { sealLog } = await import("../audit/ledger.ts");
      await sealLog(await ledger(), recorded.has("delegate"));
    },
    async directory(date = toIsoDate(clock.now(), zone)) {
      const changes = (await hasStore()) ? await readChanges(await database()) : undefined;
      const directory = createDirectory(date, changes);
      if (directory) return directory;
      throw new Failure("invalid", {
        vi: `trước 01/7/2025 chưa có các đơn vị này (ngày hỏi: ${date})`,
        en: `these units did not exist before 2025-07-01 (asked for: ${date})`,
      });
    },
    secret,
    examineSecret: (reference) => examineSecret(reference, environment, (path) => resolve(root, path)),
    async close() {
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}

/** Reads and checks wardctl.yaml alone. Failure kinds: invalid (with every fault), denied. */
export async function readSettings(root: string, shownAs = workspaceFile): Promise<Settings> {
  const [{ settingsSchema }, { checkSettings }, { parseYaml }] = await Promise.all([
    import("./settings.ts"),
    import("./check-settings.ts"),
    import("../platform/yaml.ts"),
  ]);
  return parseYaml(await readText(join(root, workspaceFile)), shownAs, settingsSchema, checkSettings);
}
