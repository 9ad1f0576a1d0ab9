import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { readCityState, saveCityState, writeCityWorkspace } from "../../src/city/city-workspace.ts";
import { type FaultName, faultNames } from "../../src/city/faults.ts";
import { type OpenCity, openCity, readFault } from "../../src/city/open-city.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { isPresent } from "../../src/platform/files.ts";
import { readInstant, toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Cli, GlobalFlags } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { cliWords } from "../words.ts";
import { rehearseWords as words } from "./words.ts";

export function declareRun(noun: Command, cli: Cli): void {
  cli
    .verb(noun, {
      name: "run",
      about: words.run,
      example: "wardctl rehearse run --script trial-3 --workspace rehearsal",
      isDefault: true,
    })
    .option("--script <name|file>", cli.say(words.script))
    .option("--speed <n>", cli.say(words.speedOption), readSpeed)
    .option("--fault <name[=scope]>", cli.say(words.fault(faultNames)), collect)
    .option("--at <instant>", cli.say(words.atOption))
    .action((options: RehearseOptions, command: Command) =>
      cli.run(command, (context) => rehearse({ ...options, folder: command.optsWithGlobals<GlobalFlags>().workspace }, context)),
    );
}

interface RehearseOptions {
  readonly script?: string;
  readonly speed?: number;
  readonly fault?: readonly string[];
  readonly at?: string;
  readonly folder?: string;
}

const usualInstant = "2025-07-03T16:30";

function readSpeed(text: string): number {
  const speed = Number(text);
  if (text.trim() === "" || !(speed >= 0 && speed <= 3_600)) throw new InvalidArgumentError("a number from 0 to 3600 is needed");
  return speed;
}

type Fault = { readonly name: FaultName; readonly scope: string };

/** Runs the city until Ctrl-C or `stop`; faults go on and off as they are typed. What was done to the city is kept for the next time. */
async function rehearse(
  options: RehearseOptions,
  context: Pick<Context, "out" | "cwd" | "signal" | "typedLines" | "environment">,
): Promise<Outcome> {
  const { out, cwd, signal } = context;
  const root = resolve(cwd, options.folder ?? "wardctl-rehearsal");
  const { findRehearsal, playScript } = await import("./play-script.ts");
  const rehearsal = await findRehearsal(root, options.script, cwd);
  if (rehearsal) {
    if (options.fault || options.at !== undefined) throw new Failure("usage", words.scriptSays);
    return playScript(root, rehearsal, options.speed, context);
  }
  const faults = readFaults(options.fault ?? []);
  const { at = usualInstant } = options;
  const now = readInstant(at, vietnamZone);
  if (now === undefined) throw new Failure("usage", words.badInstant(at), { hint: cliWords.instantShape });
  const state = await readCityState(root);
  if (!state && (await isPresent(resolve(root, "wardctl.yaml")))) throw new Failure("unsafe", words.taken(root));

  const open = await openCity({ clock: { now: () => now, pinned: true }, faults, state });
  try {
    await writeCityWorkspace(root, open, out.lang);
    await show(root, now, open, out);
    await listen(open, context);
  } finally {
    await saveCityState(root, open.takeState());
    await open.stop();
  }
  return signal.aborted ? "cancelled" : "ok";
}

function readFaults(given: readonly string[]): Fault[] {
  return given.map((text) => {
    const fault = readFault(text);
    if (!fault) throw new Failure("usage", words.unknownFault(text, faultNames));
    return fault;
  });
}

/** Tells where the city is. `played` of a script: what the other windows take for now, and how to go on. */
export async function show(
  root: string,
  now: Instant,
  { city, dns, place }: OpenCity,
  out: Context["out"],
  played?: { readonly script: string; readonly clock: string; readonly next: string },
): Promise<void> {
  const at = toIso(now, vietnamZone);
  // A script's faults are not told: they are for the team to find.
  const faults = played ? [] : city.faults.list().map(({ name, scope }) => `${name}=${scope}`);
  const clock = played?.clock ?? at;
  await out.emit({
    document: {
      schema: "wardctl.rehearse/1",
      workspace: root,
      at,
      units: city.units.length,
      people: city.people.length,
      systems: Object.fromEntries(place.systems.map((name) => [name, city.systemUrl(name)])),
      dns: dns.server,
      faults,
      script: played?.script ?? null,
      clock,
    },
    render: () => out.say(words.running(root, clock, city.port, city.units.length, city.people.length, played?.next)),
  });
  if (!played) out.note(words.commands(faultNames));
}

/** Ends with the signal or `stop`. An input that ends (no terminal) leaves the city running until the signal. */
async function listen(
  { city, lines }: OpenCity,
  { out, signal, typedLines }: Pick<Context, "out" | "signal" | "typedLines">,
): Promise<void> {
  const stopped = new Promise<void>((done) => signal.addEventListener("abort", () => done(), { once: true }));
  const typing = (async () => {
    for await (const line of typedLines()) {
      const [verb = "", what = ""] = line.trim().split(/\s+/);
      if (verb === "stop") return;
      const fault = readFault(what);
      if (fault?.name === "departments-without-accounts") out.warn(words.onlyFromStart(fault.name));
      else if (fault && (verb === "on" || verb === "off")) city.faults[verb](fault.name, fault.scope);
      else if (verb !== "" && verb !== "list") out.warn(words.notUnderstood(line));
      await lines.settled();
      out.note(words.active(city.faults.list().map(({ name, scope }) => `${name}=${scope}`)));
    }
    await stopped;
  })();
  await Promise.race([stopped, typing]);
}
