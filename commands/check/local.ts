import type { Command } from "commander";
import type { LocalFinding } from "../../src/health/local/finding.ts";
import { Failure } from "../../src/platform/failure.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { localWords as words } from "./local-words.ts";
import { checkOnSite } from "./on-site.ts";
import { type LocalContext, type LocalOptions, lookLocally, openPlace } from "./place.ts";
import { renderChecks, toCheckMembers } from "./render-local.ts";
import { checkWords } from "./words.ts";

export function declareLocal(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "local", about: words.local, example: "wardctl check local --unit 19777 --answer pon-red=no" })
    .option("--unit <code>", cli.say(words.unit))
    .option("--answer <id=yes>", cli.say(words.answer), collect)
    .option("--out <file>", cli.say(words.out))
    .option("--inventory <file>", cli.say(checkWords.inventory))
    .option("--ca <file>", cli.say(checkWords.ca))
    .action((options: LocalOptions, command: Command) => cli.run(command, (context) => checkThisMachine(options, context)));
}

/** "Is it me, the line or the system?": this machine, and with --unit the way to a cause. */
async function checkThisMachine(options: LocalOptions, context: LocalContext): Promise<Outcome> {
  const { out, clock } = context;
  if (options.unit === undefined && (options.answer !== undefined || options.out !== undefined)) {
    throw new Failure("usage", words.answersNeedUnit);
  }
  const place = await openPlace(options, context);
  if (options.unit !== undefined) return checkOnSite(options.unit, place, options, context);
  const { findings, skewMs } = await lookLocally(place, context);
  await out.emit({
    document: {
      schema: "wardctl.check-local/1",
      at: toIso(clock.now(), vietnamZone),
      pinned: clock.pinned,
      unit: null,
      checks: toCheckMembers(findings, out),
      skewMs: skewMs ?? null,
    },
    render: () => [renderChecks(findings, out), ...(isWell(findings) ? [out.say(words.allWell)] : [])].join("\n\n"),
  });
  return findings.some(({ state }) => state === "fail") ? "attention" : "ok";
}

function isWell(findings: readonly LocalFinding[]): boolean {
  return findings.every(({ state }) => state === "pass" || state === "not-applicable");
}
