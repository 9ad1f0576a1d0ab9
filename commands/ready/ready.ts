import { type Command, Option } from "commander";
import type { Unit } from "../../src/directory/unit.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { keepReadiness, readReadiness } from "../../src/readiness/read-readiness.ts";
import { type Dimension, dimensions, type Verdict, verdicts } from "../../src/readiness/readiness.ts";
import { chooseUnits } from "../choose-units.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { nouns } from "../nouns.ts";
import { collect, readChoice } from "../options.ts";
import { chooseReadiness, type SortKey, sortKeys } from "./choose.ts";
import { showCurve } from "./curve.ts";
import { showHistory } from "./history.ts";
import { listReadiness } from "./list.ts";
import { renderUnit } from "./unit.ts";
import { readyWords as words } from "./words.ts";

export function declare(program: Command, cli: Cli): void {
  const choice = (flags: string, about: { vi: string; en: string }, choices: readonly string[]): Option =>
    new Option(flags, cli.say(about))
      .choices(choices)
      .argParser((value: string, before: string[] | undefined) => collect(readChoice(value, choices), before));
  cli
    .withFormat(
      cli.verb(program, {
        name: "ready",
        about: nouns.ready.about,
        example: "wardctl ready --verdict no-go --dimension departments",
      }),
    )
    .argument("[unit...]", cli.say(words.units))
    .addOption(choice("--verdict <verdict>", words.verdict, verdicts))
    .addOption(choice("--dimension <dimension>", words.dimension, dimensions))
    .option("--code <code>", cli.say(words.code), collect)
    .addOption(new Option("--sort <key>", cli.say(words.sort)).choices(sortKeys).default("verdict"))
    .option("--refresh", cli.say(words.refresh))
    .option("--curve", cli.say(words.curve))
    .option("--history", cli.say(words.history))
    .action((named: string[], options: ReadyOptions, command: Command) =>
      cli.run(command, (context) => decide(named, options, context)),
    );
}

interface ReadyOptions {
  readonly verdict?: readonly Verdict[];
  readonly dimension?: readonly Dimension[];
  readonly code?: readonly string[];
  readonly sort: SortKey;
  readonly refresh?: boolean;
  readonly curve?: boolean;
  readonly history?: boolean;
  readonly format: ListFormat;
}

async function decide(named: readonly string[], options: ReadyOptions, context: Context): Promise<Outcome> {
  const workspace = await context.workspace();
  const units = await chooseUnits(workspace, named.length === 0 ? undefined : named);
  if (options.history) {
    if (units.length !== 1) throw new Failure("usage", words.oneUnit);
    return showHistory(units[0] as Unit, options.format, context);
  }
  if (options.refresh) {
    // Everything that looks at systems, which most runs do not need.
    const { refresh } = await import("./refresh.ts");
    await refresh(named.length === 0 ? undefined : units, context);
  }
  if (context.signal.aborted) return "cancelled";
  const at = context.clock.now();
  const readiness = await readReadiness(workspace, { units: units.map(({ code }) => code), at });
  const kept = await keepReadiness(workspace, readiness, at);
  if (options.curve) return showCurve(units, at, options.format, context);
  const chosen = chooseReadiness(readiness, options);
  const [only] = chosen;
  const { out } = context;
  const shown = { at, zone: workspace.zone, settings: workspace.settings.ready };
  if (only && named.length === 1 && options.format === "table" && !out.json) {
    // What was never kept before has not turned: it was only never seen.
    const turned = only.since !== undefined && kept.some((record) => record.unit === only.code && record.turned);
    const unit = units.find(({ code }) => code === only.code);
    await out.emit({ document: {}, render: () => renderUnit(only, { ...shown, unit, turned }, out) });
  } else await listReadiness(chosen, { ...shown, units, format: options.format }, out);
  return chosen.some(({ verdict }) => verdict !== "go") ? "attention" : "ok";
}
