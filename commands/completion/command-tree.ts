import { Command, type Option } from "commander";
import type { Lang } from "../../src/platform/words.ts";
import { type Cli, createCli, createProgram, finishTree, sayPlaceholders } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { cliWords } from "../words.ts";

/** One place of the command line: the program, a noun or a verb, with all that may follow there. */
export interface Place {
  /** `""`, `provision`, `provision plan`. */
  readonly words: string;
  readonly about: string;
  readonly usage: string;
  /** The nouns or verbs that go on from here. */
  readonly next: readonly Described[];
  readonly flags: readonly Flag[];
  readonly arguments: readonly Described[];
  /** What a word that is no flag may be. */
  readonly value: Value;
  readonly example?: string | undefined;
}

interface Described {
  readonly name: string;
  readonly about: string;
}

export interface Flag extends Described {
  /** As a person types it: `--unit`. The short one, where there is one, beside it. */
  readonly short?: string | undefined;
  /** As help prints it: `--unit <code>`. */
  readonly term: string;
  readonly value: Value | undefined;
}

/** What a shell may offer for a value. `free`: only the person knows. */
export type Value =
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | { readonly kind: "file" | "folder" | "free" };

const files = ["file", "path", "paths", "roster", "plan", "bundle", "slip", "sealed"];

/** Every place of the command line in the order of help, the program first. Loads every noun. */
export async function listPlaces(lang: Lang): Promise<readonly Place[]> {
  const program = createProgram(lang, "");
  const declared = createCli(lang, () => Promise.resolve());
  const standingVerbs = new Map<Command, Command>();
  const examples = new Map<Command, string>();
  const cli: Cli = {
    ...declared,
    verb: (parent, verb) => {
      const command = declared.verb(parent, verb);
      examples.set(command, verb.example);
      if (verb.isDefault) standingVerbs.set(parent, command);
      return command;
    },
  };
  for (const noun of Object.values(nouns)) (await noun.load()).declare(program, cli);
  finishTree(program, lang, () => undefined);
  const always = [...program.options.filter(({ long }) => long !== "--version"), createHelp(lang)];
  return walk(program, "");

  function walk(command: Command, words: string): Place[] {
    const flags = command === program ? [...program.options, createHelp(lang)] : [...command.options, ...always];
    // A noun that has a verb by default takes what that verb takes.
    const standing = standingVerbs.get(command);
    const place: Place = {
      words,
      about: command.description(),
      usage: command.createHelp().commandUsage(command),
      next: command.commands.map((child) => ({ name: child.name(), about: child.description() })),
      flags: uniqueByLong([...(standing?.options ?? []), ...flags]).map(toFlag),
      arguments: command.registeredArguments.map((argument) => ({ name: argument.name(), about: argument.description })),
      value: toValue((standing ?? command).registeredArguments.map((argument) => [argument.name(), argument.argChoices])),
      example: examples.get(command),
    };
    return [place, ...command.commands.flatMap((child) => walk(child, `${words} ${child.name()}`.trim()))];
  }

  function toFlag(option: Option): Flag {
    const placeholder = /[<[]([a-zA-Z-]+)/.exec(option.flags)?.[1];
    return {
      name: option.long ?? option.flags,
      short: option.short,
      term: sayPlaceholders(option.flags, lang),
      about: option.description,
      value: placeholder === undefined ? undefined : toValue([[placeholder, option.argChoices]]),
    };
  }
}

function createHelp(lang: Lang): Option {
  return new Command().createOption("-h, --help", cliWords.help[lang]);
}

function uniqueByLong(options: readonly Option[]): readonly Option[] {
  return [...new Map(options.map((option) => [option.long, option])).values()];
}

function toValue(named: readonly (readonly [name: string, choices: readonly string[] | undefined])[]): Value {
  const choices = named.flatMap(([, some]) => some ?? []);
  if (choices.length > 0) return { kind: "choice", choices };
  if (named.some(([name]) => name === "folder")) return { kind: "folder" };
  return { kind: named.some(([name]) => files.includes(name)) ? "file" : "free" };
}
