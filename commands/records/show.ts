import type { Command } from "commander";
import { formatUnitName } from "../../src/directory/unit.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import { toIso, toIsoDate } from "../../src/platform/time.ts";
import { readDossier } from "../../src/records/one-dossier.ts";
import type { Cli } from "../cli.ts";
import { readCodeKey } from "../code-key.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { explainWords } from "../report/explain-words.ts";
import { readCode } from "./read-code.ts";
import { keepingWords, recordsWords as words } from "./words.ts";

export function declareShow(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "show", about: words.show, example: "wardctl records show H57.101-250703-0001" })
    .argument("<code>", cli.say(words.code))
    .action((code: string, _options: unknown, command: Command) => cli.run(command, (context) => show(code, context)));
}

/** All that is kept of one dossier, for the answer that a data subject is owed. That it was looked at is recorded. */
async function show(
  text: string,
  { workspace: open, out, clock }: Pick<Context, "workspace" | "out" | "clock">,
): Promise<Outcome> {
  const code = readCode(text);
  const workspace = await open();
  const { zone } = workspace;
  const known = await readDossier(await workspace.database(), code, await readCodeKey(workspace));
  const { keeping, isForgotten, observations } = known;
  const audit = await workspace.audit();
  const units = [...new Set(observations.map(({ unit }) => unit))];
  await audit.append({ actor: workspace.actor, action: "records.look", subject: "dossier", detail: { keeping, units } });
  const directory = await workspace.directory(toIsoDate(clock.now(), zone));
  const at = (seconds: number | undefined): string | null => (seconds === undefined ? null : toIso(seconds * 1000, zone));
  const shown = (seconds: number | undefined): string =>
    seconds === undefined ? "–" : formatDateTime(seconds * 1000, zone, out.lang);
  await out.emit({
    document: {
      schema: "wardctl.records-show/1",
      code: text,
      keeping,
      forgotten: isForgotten,
      observations: observations.map((one) => ({
        seq: one.seq,
        source: one.source,
        unit: one.unit,
        competentUnit: one.competentUnit ?? null,
        procedure: one.procedure,
        channel: one.channel,
        state: one.state,
        submittedAt: at(one.submitted),
        receivedAt: at(one.received),
        dueAt: at(one.due),
        finishedAt: at(one.finished),
        handedOverAt: at(one.handedOver),
        pausedFrom: at(one.pausedFrom),
        pausedTo: at(one.pausedTo),
        updatedAt: at(one.updated),
      })),
    },
    render: () => {
      const lines = observations.map((one) => {
        const unit = directory.findUnit(one.unit);
        return [
          out.say(words.toldBy(one.seq, one.source)),
          unit ? formatUnitName(unit) : one.unit,
          one.procedure,
          out.say(explainWords.channels[one.channel]),
          out.say(explainWords.states[one.state]),
          out.say(words.times(shown(one.received), shown(one.due), shown(one.finished), shown(one.updated))),
        ].join(" · ");
      });
      return [`${text}: ${out.say(keepingWords[keeping])}`, ...(isForgotten ? [out.say(words.isForgotten)] : []), ...lines].join(
        "\n",
      );
    },
  });
  return "ok";
}
