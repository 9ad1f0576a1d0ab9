import { CommanderError } from "commander";
import { Failure, formatFault } from "../src/platform/failure.ts";
import type { Lang } from "../src/platform/words.ts";
import { createCli, createProgram, describeUsage, finishTree, type GlobalFlags } from "./cli.ts";
import { createContext, type Host } from "./create-context.ts";
import { bugExitCode, exitCodes, type Outcome } from "./exit-codes.ts";
import { findLang } from "./find-lang.ts";
import { nouns } from "./nouns.ts";
import { cliWords } from "./words.ts";

const faultsShown = 50;

/** Runs one command line and answers with its exit code. Nothing is thrown; nothing ends the process. */
export async function runCli(argv: readonly string[], host: Host): Promise<number> {
  const lang = await findLang(argv, host);
  try {
    return exitCodes[await runCommand(argv, lang, host)];
  } catch (error) {
    return report(error, lang, wantsJson(argv), host);
  }
}

/** Tells a failure that came when no command was running any more, as runCli would have, and answers with its exit code. */
export async function reportLate(error: unknown, argv: readonly string[], host: Host): Promise<number> {
  return report(error, await findLang(argv, host), wantsJson(argv), host);
}

function wantsJson(argv: readonly string[]): boolean {
  return (
    argv.includes("--json") ||
    argv.some((word, at) => word === "--format=json" || (word === "--format" && argv[at + 1] === "json"))
  );
}

async function runCommand(argv: readonly string[], lang: Lang, host: Host): Promise<Outcome> {
  let outcome: Outcome = "ok";
  const print = host.streams.stdout;
  const program = createProgram(lang, host.version);
  const cli = createCli(lang, async (command, work) => {
    const context = await createContext(command.optsWithGlobals<GlobalFlags>(), lang, host);
    try {
      outcome = await work(context);
    } finally {
      try {
        await context.sealLog();
      } finally {
        await context.close();
      }
    }
  });
  const [chosen, rest] = findNoun(argv);
  for (const [name, noun] of Object.entries(nouns)) {
    if (name === chosen) (await noun.load()).declare(program, cli);
    else program.command(name).description(noun.about[lang]);
  }
  finishTree(program, lang, print);
  try {
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return "ok";
    const noun = program.commands.find((command) => command.name() === chosen);
    if (error.code === "commander.help" && noun) {
      if (wantsJson(argv)) throw new Failure("usage", cliWords.needVerb(noun.name()), { hint: seeHelp([noun.name()]) });
      // A noun without its verb: the verbs are the answer, but not the result.
      host.streams.stderr(noun.helpInformation());
      return "usage";
    }
    const verb = noun?.commands.find((command) => rest.includes(command.name()));
    throw new Failure("usage", describeUsage(error), {
      hint: seeHelp([noun, verb].flatMap((command) => command?.name() ?? [])),
    });
  }
  return outcome;
}

function seeHelp(command: readonly string[]): { vi: string; en: string } {
  const line = ["wardctl", ...command, "--help"].join(" ");
  return { vi: `xem ${line}`, en: `see ${line}` };
}

/** The first word, if it is a noun, and the words after it; values of global flags before it are passed over. */
function findNoun(argv: readonly string[]): readonly [noun: string | undefined, rest: readonly string[]] {
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word === "--lang" || word === "--workspace") i++;
    else if (!word.startsWith("-")) return [Object.hasOwn(nouns, word) ? word : undefined, argv.slice(i + 1)];
  }
  return [undefined, []];
}

function report(error: unknown, lang: Lang, json: boolean, host: Host): number {
  const tell = (line: string): void => host.streams.stderr(`${line}\n`);
  if (!(error instanceof Failure)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (json) tell(JSON.stringify({ schema: "wardctl.error/1", kind: "bug", exitCode: bugExitCode, message: stack }));
    else tell(`wardctl: ${cliWords.bug[lang]}\n${stack}`);
    return bugExitCode;
  }
  const exitCode = exitCodes[error.kind];
  if (json) {
    const faults = error.faults.map(({ message, ...place }) => ({ ...place, message: message[lang] }));
    tell(
      JSON.stringify({
        schema: "wardctl.error/1",
        kind: error.kind,
        exitCode,
        message: error.words[lang],
        hint: error.hint?.[lang],
        faults: faults.length > 0 ? faults : undefined,
      }),
    );
    return exitCode;
  }
  for (const fault of error.faults.slice(0, faultsShown)) tell(formatFault(fault, lang));
  if (error.faults.length > faultsShown) tell(`… ${error.faults.length - faultsShown} ${cliWords.more[lang]}`);
  tell(`wardctl: ${error.words[lang]}`);
  if (error.hint) tell(`${cliWords.hint[lang]}: ${error.hint[lang]}`);
  return exitCode;
}
