import { resolve } from "node:path";
import type { Command } from "commander";
import { readJournal } from "../../src/city/journal.ts";
import { planEvents } from "../../src/city/plan-events.ts";
import { decideScore, type Score } from "../../src/city/score.ts";
import { openClockFile } from "../../src/platform/clock-file.ts";
import { Failure } from "../../src/platform/failure.ts";
import { isPresent, writeWhole } from "../../src/platform/files.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { clockName, journalName } from "./play-script.ts";
import { readSightings } from "./read-sightings.ts";
import { listShown, renderScore, scoreColumns, toScoreDocument, toScoreExtra, toTotals } from "./score-document.ts";
import { scoreWords as words } from "./score-words.ts";

export function declareScore(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "score", about: words.about, example: "wardctl rehearse score --out score.json" }))
    .option("--out <file>", cli.say(words.out))
    .action((options: ScoreOptions, command: Command) => cli.run(command, (context) => showScore(options, context)));
}

interface ScoreOptions {
  readonly out?: string;
  readonly format: ListFormat;
}

async function showScore(options: ScoreOptions, context: Pick<Context, "workspace" | "out" | "cwd">): Promise<Outcome> {
  const { out, cwd } = context;
  const score = await readScore(await context.workspace());
  if (options.out !== undefined) {
    await writeWhole(resolve(cwd, options.out), `${JSON.stringify(toScoreDocument(score), undefined, 2)}\n`);
  }
  if (options.format === "table" && !out.json) await out.emit({ document: {}, render: () => renderScore(score, out) });
  else {
    await out.list({
      schema: "wardctl.rehearsal-score/1",
      name: "faults",
      columns: scoreColumns,
      items: listShown(score),
      format: options.format,
      empty: words.nothingYet,
      extra: toScoreExtra(score),
    });
  }
  const { planted, mended, missed, falseAlarms } = toTotals(score);
  return mended < planted || missed > 0 || falseAlarms > 0 ? "attention" : "ok";
}

/** From the journal, and from what the team's cache holds that the journal has not yet. Failure kind: usage (no rehearsal here). */
async function readScore(workspace: Workspace): Promise<Score> {
  const events = await readJournal(workspace.cachePath(journalName));
  const begun = events.find((event) => event.kind === "begun");
  if (!begun) throw new Failure("usage", words.none, { hint: words.begin });
  const clock = workspace.cachePath(clockName);
  const ended = events.find(({ kind }) => kind === "ended");
  const now = ended?.at ?? ((await isPresent(clock)) ? openClockFile(clock).now() : begun.at);
  const seen = await readSightings(workspace, begun.at, now);
  const found = planEvents(events, { now, ...seen, isSound: () => false }).filter(({ kind }) => kind === "found");
  return decideScore([...events, ...found], seen.reports, now) as Score;
}
