import type { Command } from "commander";
import { rememberDrift } from "../../src/delegation/drift.ts";
import { readBack } from "../../src/delegation/read-back.ts";
import { chooseUnits } from "../choose-units.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { isClean, readShown, renderReadBack, toReadBackDocument } from "./carriage.ts";
import { carriageWords } from "./carriage-words.ts";
import { renderDrift, toDriftDocument } from "./drift-text.ts";
import { openDesk, withSystems } from "./room.ts";
import { delegateWords as words } from "./words.ts";

/** The read-back alone, without a question to anybody: it is run every night. */
export function declareVerify(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "verify", about: words.verify, example: "wardctl delegate verify --unit 27004" })
    .option("--unit <unit>", cli.say(words.unit), collect)
    .option("--system <name>", cli.say(words.system), collect)
    .option("--probe", cli.say(carriageWords.probe))
    .action((options: VerifyOptions, command: Command) => cli.run(command, (context) => verifyCarriage(options, context)));
}

interface VerifyOptions {
  readonly unit?: readonly string[];
  readonly system?: readonly string[];
  readonly probe?: boolean;
}

export async function verifyCarriage(
  options: VerifyOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "ids" | "signal">,
): Promise<Outcome> {
  const { out, signal } = context;
  const workspace = await context.workspace();
  const desk = await openDesk(context);
  const units = await chooseUnits(workspace, options.unit);
  const results = await withSystems(workspace, units, options.system, async ({ carrier, ttlMs, units: served }) => {
    let progress: ReturnType<typeof out.progress> | undefined;
    const result = await readBack(desk, carrier, {
      units: served,
      ttlMs,
      probes: options.probe,
      signal,
      onPerson: (done, total) => {
        progress ??= out.progress(carriageWords.readingAccounts, total);
        progress.step(done);
      },
    });
    progress?.end();
    if (options.probe && !carrier.probeRight) out.warn(carriageWords.noProbe(carrier.system));
    // Half a listing is nothing to hold tomorrow's against.
    const drift = result.complete ? await rememberDrift(desk, { ...result, units: served }) : undefined;
    return { ...result, drift };
  });
  if (results.length === 0) out.warn(carriageWords.nothingAsked);
  else if (results.every(({ people, unread }) => people.length + unread.length === 0)) out.warn(words.noStaff);
  const show = await readShown(
    desk,
    out,
    results.flatMap(({ differences, losses, disagreements, drift }) => [
      ...differences,
      ...losses,
      ...disagreements,
      ...(drift?.gone ?? []),
    ]),
  );
  await out.emit({
    document: {
      schema: "wardctl.delegate-verify/1",
      systems: results.map((result) => ({
        ...toReadBackDocument(result, desk.zone, out.lang),
        drift: result.drift ? toDriftDocument(result.drift, desk.zone) : null,
      })),
    },
    render: () =>
      results.map((result) => [renderReadBack(result, show), ...renderDrift(result.drift, show)].join("\n")).join("\n"),
  });
  return results.length > 0 && results.every(isClean) ? "ok" : "attention";
}
