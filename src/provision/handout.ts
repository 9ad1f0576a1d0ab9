import { join } from "node:path";
import type { AuditLog } from "../audit/audit-store.ts";
import type { AgeIdentity } from "../platform/age.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import { listFiles, readBytes, writeWhole } from "../platform/files.ts";
import { toIso, type Zone } from "../platform/time.ts";
import { isWholeSecret } from "./first-secret.ts";
import { handoutFaults as words } from "./handout-words.ts";
import { listNewest, readSlipContent, type Slip, type SlipContent, type SlipState, toSlipState } from "./slip.ts";
import { createSlipStore, type SlipFilter } from "./slip-store.ts";

export interface LedgerLine extends Slip {
  readonly state: SlipState;
}

/** What could be opened, and how many slips are for other custodians. */
export interface OpenedSlips {
  readonly slips: readonly SlipContent[];
  readonly foreign: number;
}

/** The ledger of first credentials. It holds sealed bytes only. */
export interface Handout {
  list(filter?: SlipFilter): Promise<readonly LedgerLine[]>;
  /** Writes each slip that can be handed out as a file of its own, and says which. */
  export(units: readonly string[], folder: string): Promise<readonly LedgerLine[]>;
  open(identity: AgeIdentity, filter: SlipFilter): Promise<OpenedSlips>;
  /** Failure kinds: usage (no such slip), unsafe (it is in no state for that). Marking twice changes nothing. */
  mark(id: string, state: "handed" | "seen"): Promise<LedgerLine>;
}

export interface HandoutHost {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly actor: string;
}

/** States in which a slip's secret is in force and may be given to its owner. */
const inForce: readonly SlipState[] = ["issued", "handed"];

const mayBecome: Readonly<Record<"handed" | "seen", readonly SlipState[]>> = {
  handed: ["issued"],
  // Somebody whose slip ran out on paper may have signed in before.
  seen: ["issued", "handed", "link-sent", "expired"],
};

export function openHandout({ database, audit, clock, zone, actor }: HandoutHost): Handout {
  const store = createSlipStore(database);
  const toLine = (slip: Slip): LedgerLine => ({ ...slip, state: toSlipState(slip, clock.now(), zone) });
  const list = async (filter?: SlipFilter): Promise<LedgerLine[]> => (await store.list(filter)).map(toLine);
  const listInForce = async (filter: SlipFilter): Promise<LedgerLine[]> =>
    (await list(filter)).filter(({ state }) => inForce.includes(state));
  return {
    list,
    async export(units, folder) {
      const lines = await listInForce({ units });
      for (const line of lines) {
        const sealed = await store.readSealed(line.id);
        if (sealed) await writeWhole(join(folder, toFileName(line)), sealed, 0o600);
      }
      const detail = { units, slips: lines.map(({ id }) => id) };
      await audit.append({ actor, action: "provision.slip.export", subject: units.join(" "), detail });
      return lines;
    },
    async open(identity, filter) {
      const lines = await listInForce(filter);
      const own = lines.filter(({ recipient }) => identity.recipients.includes(recipient));
      const slips: SlipContent[] = [];
      for (const { id } of own) slips.push(readOpened(await identity.open((await store.readSealed(id)) as Uint8Array), id));
      const detail = { slips: own.map(({ id }) => id) };
      await audit.append({ actor, action: "provision.slip.print", subject: (filter.units ?? []).join(" "), detail });
      return { slips, foreign: lines.length - own.length };
    },
    async mark(id, wanted) {
      const found = await store.find(id);
      if (!found) throw new Failure("usage", words.noSlip(id), { hint: words.seeList });
      const { state } = toLine(found);
      if (state === wanted) return toLine(found);
      if (!mayBecome[wanted].includes(state)) throw new Failure("unsafe", words.cannotMark(id, state, wanted));
      await database.transaction(async (tx) => {
        await store.addEvent(id, wanted, toIso(clock.now(), zone), tx);
        const { system, username, subject } = found;
        await audit.append({ actor, action: `provision.slip.${wanted}`, subject, detail: { slip: id, system, username } }, tx);
      });
      return toLine((await store.find(id)) as Slip);
    },
  };
}

/** Slips that were exported: files, or folders of `.age` files. Needs no workspace. Failure kinds: invalid, denied. */
export async function openSealedFiles(identity: AgeIdentity, paths: readonly string[]): Promise<OpenedSlips> {
  const slips: SlipContent[] = [];
  let foreign = 0;
  for (const path of paths) {
    const files = await listFiles(path, ".age");
    if (files.length === 0) throw new Failure("invalid", words.noAgeFiles(path));
    for (const file of files) {
      const text = await identity.open(await readBytes(file));
      if (text === undefined) foreign += 1;
      else slips.push(readOpened(text, file));
    }
  }
  return { slips: listNewest(slips), foreign };
}

function readOpened(text: string | undefined, where: string): SlipContent {
  const slip = text === undefined ? undefined : readSlipContent(text);
  if (!slip) throw new Failure("invalid", words.noSealedFile(where));
  if (!isWholeSecret(slip.secret)) throw new Failure("invalid", words.misread(slip.slip));
  return slip;
}

/** Told apart by eye, and by id where one name is on several systems. */
function toFileName({ unit, username, system, id }: Slip): string {
  return `${unit}-${username.replaceAll(/[^A-Za-z0-9._-]/g, "_")}-${system}-${id}.age`;
}
