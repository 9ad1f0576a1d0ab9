import { resolve } from "node:path";
import type { Command } from "commander";
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
import { nouns } from "../nouns.ts";
import { collect } from "../options.ts";
import { cliWords } from "../words.ts";
import { rehearseWords as words } from "./words.ts";

export function declare(program: Command, cli: Cli): void {
  cli
    .verb(program, {
      name: "rehearse",
      about: nouns.rehearse.about,
      example: "wardctl rehearse --workspace rehearsal --fault page-spins=19777",
    })
    .option("--fault <name[=scope]>", cli.say(words.fault(faultNames)), collect)
    .option("--at <instant>", cli.say(words.atOption), "2025-07-03T16:30")
    .action((options: RehearseOptions, command: Command) =>
      cli.run(command, (context) => rehearse({ ...options, folder: command.optsWithGlobals<GlobalFlags>().workspace }, context)),
    );
}

interface RehearseOptions {
  readonly fault?: readonly string[];
  readonly at: string;
  readonly folder?: string;
}

type Fault = { readonly name: FaultName; readonly scope: string };

/** Runs the city until Ctrl-C or `stop`; faults go on and off as they are typed. What was done to the city is kept for the next time. */
async function rehearse(
  options: RehearseOptions,
  context: Pick<Context, "out" | "cwd" | "signal" | "typedLines">,
): Promise<Outcome> {
  const { out, cwd, signal } = context;
  const faults = readFaults(options.fault ?? []);
  const now = readInstant(options.at, vietnamZone);
  if (now === undefined) throw new Failure("usage", words.badInstant(options.at), { hint: cliWords.instantShape });
  const root = resolve(cwd, options.folder ?? "wardctl-rehearsal");
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

async function show(root: string, now: Instant, { city, dns }: OpenCity, out: Context["out"]): Promise<void> {
  const at = toIso(now, vietnamZone);
  const faults = city.faults.list().map(({ name, scope }) => `${name}=${scope}`);
  await out.emit({
    document: {
      schema: "wardctl.rehearse/1",
      workspace: root,
      at,
      units: city.units.length,
      people: city.people.length,
      systems: Object.fromEntries(
        ["documents", "dossiers", "feedback", "video", "directory"].map((name) => [name, city.systemUrl(name as "documents")]),
      ),
      dns: dns.server,
      faults,
    },
    render: () => out.say(words.running(root, at, city.port, city.units.length, city.people.length)),
  });
  out.note(words.commands(faultNames));
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
