import { join } from "node:path";
import type { ZodType } from "zod";
import { findChainBreak } from "../audit/audit-log.ts";
import { readCarrierDefinition } from "../delegation/carriers/read-definition.ts";
import { describedSystem } from "../delegation/carriers/system-settings.ts";
import { createWorkingCalendar, toKnownEnd } from "../directory/working-calendar.ts";
import type { Clock } from "../platform/clock.ts";
import { Failure, type Fault, formatFault } from "../platform/failure.ts";
import { isPresent, readText } from "../platform/files.ts";
import { visitScalars } from "../platform/schema-walk.ts";
import { secretReferenceShape } from "../platform/secrets.ts";
import { readInstant } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import { formatSettingName } from "../platform/zod-faults.ts";
import { schemaFile } from "./create-workspace.ts";
import { describeStore } from "./describe-store.ts";
import { workspaceWords as words } from "./doctor-words.ts";
import { examineRecords } from "./examine-records.ts";
import { type Finding, note, ok, problem } from "./finding.ts";
import type { Workspace } from "./open-workspace.ts";
import { settingsSchema } from "./settings.ts";
import { formatSettingsSchema } from "./settings-schema.ts";

/** wardctl.yaml that cannot be used: how many faults it has. The failure is one of kind invalid. */
export function describeFaults({ faults, words: reason, hint }: Failure): Finding {
  const [first] = faults;
  return first
    ? problem("settings", words.faulty(first.file, faults.length), words.mendFaults)
    : problem("settings", reason, hint);
}

/** A workspace whose wardctl.yaml is sound. Changes nothing that another command would not. */
export async function examineWorkspace(workspace: Workspace, clock: Clock): Promise<readonly Finding[]> {
  const { root, file, settings } = workspace;
  return [
    ok("settings", words.sound(file, settings.name)),
    ...(await examineNamed(listNamed(settingsSchema, settings), workspace)),
    ...(await examineDefinitions(workspace)),
    await examineSchemaCopy(root),
    examineCalendar(workspace, clock),
    ...(await examineCache(workspace, clock)),
  ];
}

interface NamedSetting {
  readonly name: string;
  readonly value: string;
}

/** Settings that are files by these names in every room; others say so with `.meta({ file: true })`. */
const fileKeys = new Set<PropertyKey>(["ca", "inventory"] satisfies string[]);

export interface Named {
  readonly secrets: readonly NamedSetting[];
  readonly files: readonly NamedSetting[];
}

/** What settings point to: references to secrets, and files. Pure. */
export function listNamed(schema: ZodType, settings: unknown): Named {
  const secrets: NamedSetting[] = [];
  const files: NamedSetting[] = [];
  visitScalars(schema, settings, (path, value, meta) => {
    if (typeof value !== "string") return;
    const named = { name: formatSettingName(path), value };
    if (secretReferenceShape.test(value)) secrets.push(named);
    else if (meta.file || fileKeys.has(path.at(-1) ?? "")) files.push(named);
  });
  return { secrets, files };
}

type Resolver = Pick<Workspace, "examineSecret" | "resolvePath">;

/** Whether each secret can be read (its name is shown, its value never) and each file is there. */
export async function examineNamed({ secrets, files }: Named, workspace: Resolver): Promise<readonly Finding[]> {
  return Promise.all([
    ...secrets.map((secret) => examineSecret(secret, workspace)),
    ...files.map((file) => examineFile(file, workspace)),
  ]);
}

/** Document systems that are described in files of their own: every fault with its line, and whether their secrets can be read. */
async function examineDefinitions(workspace: Workspace): Promise<Finding[]> {
  const found = Object.entries(workspace.settings.delegate.systems).map(async ([name, system]): Promise<readonly Finding[]> => {
    if (system.kind !== "file") return [];
    const setting = formatSettingName(["delegate", "systems", name, "definition"]);
    try {
      const described = await readCarrierDefinition(system, workspace.resolvePath);
      const named = listNamed(describedSystem, described);
      return [ok("definition", words.definitionSound(setting, system.definition)), ...(await examineNamed(named, workspace))];
    } catch (error) {
      // That the file is not there is told already.
      if (!(error instanceof Failure) || error.kind === "denied") return [];
      return error.faults.map((fault) => problem("definition", toWords(fault), words.mendDefinition));
    }
  });
  return (await Promise.all(found)).flat();
}

function toWords(fault: Fault): Words {
  return { vi: formatFault(fault, "vi"), en: formatFault(fault, "en") };
}

async function examineSecret({ name, value }: NamedSetting, workspace: Resolver): Promise<Finding> {
  try {
    await workspace.examineSecret(value);
    return ok("secret", words.secret(name, value));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return problem("secret", words.noSecret(name, error.words), error.hint);
  }
}

async function examineFile({ name, value }: NamedSetting, workspace: Resolver): Promise<Finding> {
  const present = await isPresent(workspace.resolvePath(value));
  return present ? ok("file", words.fileThere(name, value)) : problem("file", words.fileMissing(name, value), words.putFile);
}

async function examineSchemaCopy(root: string): Promise<Finding> {
  const path = join(root, schemaFile);
  if (!(await isPresent(path))) return note("schema", words.schemaMissing, words.renewSchema);
  return (await readText(path)) === (await formatSettingsSchema())
    ? ok("schema", words.schemaFresh)
    : note("schema", words.schemaOld, words.renewSchema);
}

/** Holidays of the next year are announced in autumn: what is not in the list would count as worked. */
const holidaysAheadMs = 30 * 86_400_000;

function examineCalendar({ settings, zone }: Pick<Workspace, "settings" | "zone">, clock: Clock): Finding {
  const calendar = createWorkingCalendar(zone, settings.directory.calendar);
  const isNear = toKnownEnd(calendar, zone) - clock.now() < holidaysAheadMs;
  if (!isNear) return ok("calendar", words.holidaysKnown(calendar.knownUntil));
  return note("calendar", words.holidaysEnd(calendar.knownUntil), words.addHolidays);
}

async function examineCache(workspace: Workspace, clock: Clock): Promise<Finding[]> {
  if (workspace.settings.store.kind === "postgres") return examineShared(workspace, clock);
  const file = workspace.cachePath("cache.db");
  if (!(await isPresent(file))) return [ok("cache", words.noCache)];
  const { inspectSqlite } = await import("../platform/sqlite.ts");
  try {
    const { journalMode, damages } = await inspectSqlite(file);
    if (damages.length > 0) return [problem("cache", words.damaged(damages[0] ?? ""), words.setAside)];
    const cache = journalMode === "wal" ? ok("cache", words.cacheSound) : note("cache", words.noWal(journalMode));
    return [cache, ...(await examineRecords(workspace, clock)), ...(await examineAudit(workspace, clock))];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [problem("cache", error.words, error.hint)];
  }
}

async function examineShared(workspace: Workspace, clock: Clock): Promise<Finding[]> {
  try {
    const store = await describeStore(workspace);
    const place = store.kind === "postgres" ? words.sharedStore(store.version, store.schema) : words.noCache;
    return [ok("store", place), ...(await examineRecords(workspace, clock)), ...(await examineAudit(workspace, clock))];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [problem("store", error.words, error.hint)];
  }
}

async function examineAudit(workspace: Workspace, clock: Clock): Promise<Finding[]> {
  const log = await workspace.audit();
  const broken = await findChainBreak(log.readAll());
  if (broken) return [problem("audit", words.auditBroken(broken.seq), words.seeAudit)];
  const head = await log.findHead();
  const whole = ok("audit", words.auditWhole(head?.seq ?? 0));
  const newest = head && readInstant(head.at, workspace.zone);
  const wentBack = newest !== undefined && newest > clock.now() && !clock.pinned;
  return wentBack ? [whole, problem("clock", words.clockBack(newest), words.setClock)] : [whole];
}
