import type { Command } from "commander";
import { type AuditRecord, findChainBreak } from "../../src/audit/audit-log.ts";
import { compareState, readState, type StateDifference } from "../../src/delegation/compare-state.ts";
import { createDelegationStore } from "../../src/delegation/delegation-store.ts";
import { createAttestationStore } from "../../src/delegation/grades/attestation-store.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { replayWords as words } from "./replay-words.ts";
import { auditWords } from "./words.ts";

export function declareReplay(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "replay", about: words.about, example: "wardctl audit replay" })
    .action((_options: unknown, command: Command) => cli.run(command, replay));
}

/** More of one kind say nothing new to a person; programs get all. */
const shownAtMost = 20;

async function replay({ workspace, out }: Pick<Context, "workspace" | "out">): Promise<Outcome> {
  const { audit, database, zone } = await workspace();
  const log = await audit();
  const records: AuditRecord[] = [];
  let count = 0;
  const counted = async function* () {
    for await (const record of log.readAll()) {
      count += 1;
      if (record.action.startsWith("delegate.")) records.push(record);
      yield record;
    }
  };
  const broken = await findChainBreak(counted());
  const stored = await readState(createDelegationStore(await database()), createAttestationStore(await database()));
  // A log that was altered proves nothing from there on: what it makes is not held against anything.
  const verdict = broken ? undefined : await compareState(records, stored, zone);
  const { rows, differences = [], unreadable = [] } = verdict ?? {};
  const isSame = verdict !== undefined && differences.length === 0 && unreadable.length === 0;
  await out.emit({
    document: {
      schema: "wardctl.audit-replay/1",
      records: broken ? broken.seq - 1 : count,
      broken: broken ?? null,
      identical: verdict ? isSame : null,
      rows: rows ?? null,
      loggedSha256: verdict?.loggedSha256 ?? null,
      storedSha256: verdict?.storedSha256 ?? null,
      differences: differences.map((difference) => ({ ...difference, message: words.difference(difference)[out.lang] })),
      unreadable,
    },
    render: () => {
      if (!verdict || !rows) return out.paint.red(out.say(auditWords.broken(broken!)));
      if (isSame) return out.paint.green(out.say(words.same(count, rows, verdict.storedSha256)));
      return [
        out.paint.red(out.say(words.notSame(differences.length + unreadable.length))),
        ...differences.slice(0, shownAtMost).flatMap((each) => describe(each, out)),
        ...unreadable.slice(0, shownAtMost).map((seq) => `  ${out.say(words.unreadable(seq))}`),
        ...(differences.length > shownAtMost ? [out.say(words.more(differences.length - shownAtMost))] : []),
        out.say(words.digests(verdict.loggedSha256, verdict.storedSha256)),
        out.say(words.whatNow),
      ].join("\n");
    },
  });
  return isSame ? "ok" : "attention";
}

function describe(difference: StateDifference, out: Pick<Context["out"], "say">): string[] {
  const fields = difference.fields.map(
    ({ name, logged, stored }) => `    ${name}: ${out.say(words.field(JSON.stringify(logged), JSON.stringify(stored)))}`,
  );
  return [`  ${out.say(words.difference(difference))}`, ...fields];
}
