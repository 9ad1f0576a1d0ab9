import { Command, type CommanderError, Help, Option } from "commander";
import type { Lang, Words } from "../src/platform/words.ts";
import type { Context } from "./context.ts";
import type { Outcome } from "./exit-codes.ts";
import { cliWords } from "./words.ts";

/** What a noun's file gets to declare its verbs with. */
export interface Cli {
  readonly lang: Lang;
  say(words: Words): string;
  /** Adds a verb with its one-line purpose and an example that runs as printed. */
  verb(
    parent: Command,
    verb: { readonly name: string; readonly about: Words; readonly example: string; readonly isDefault?: boolean },
  ): Command;
  /** Adds a noun that has verbs. */
  noun(program: Command, name: string, about: Words): Command;
  /** Adds `--format table|json|csv|tsv`. */
  withFormat(command: Command): Command;
  /** Adds `--yes`: what changes something outside the cache asks on a terminal and needs this without one. */
  withYes(command: Command): Command;
  /** Runs the work with a context made from the global flags; the outcome becomes the exit code. */
  run(command: Command, work: (context: Context) => Promise<Outcome>): Promise<void>;
}

/** Each noun's module exports this. */
export interface NounModule {
  declare(program: Command, cli: Cli): void;
}

export interface GlobalFlags {
  readonly json?: boolean;
  readonly lang?: string;
  readonly workspace?: string;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

export function createProgram(lang: Lang, version: string): Command {
  return new Command("wardctl")
    .description(cliWords.purpose[lang])
    .usage(lang === "vi" ? "<lệnh> [tùy chọn]" : "<command> [options]")
    .addOption(new Option("--json", cliWords.json[lang]))
    .addOption(new Option("--lang <lang>", cliWords.lang[lang]).choices(["vi", "en"]))
    .addOption(new Option("--workspace <folder>", cliWords.workspace[lang]))
    .addOption(new Option("--quiet", cliWords.quiet[lang]))
    .addOption(new Option("--no-color", cliWords.noColor[lang]))
    .version(version, "-V, --version", cliWords.version[lang]);
}

export function createCli(lang: Lang, run: Cli["run"]): Cli {
  return {
    lang,
    say: (words) => words[lang],
    noun: (program, name, about) =>
      program
        .command(name)
        .description(about[lang])
        .usage(lang === "vi" ? "<lệnh> [tùy chọn]" : "<command> [options]"),
    verb: (parent, { name, about, example, isDefault }) =>
      parent
        .command(name, { isDefault })
        .description(about[lang])
        .addHelpText("after", `\n${cliWords.example[lang]}:\n  ${example}`),
    withFormat: (command) =>
      command.addOption(
        new Option("--format <format>", cliWords.format[lang]).choices(["table", "json", "csv", "tsv"]).default("table"),
      ),
    withYes: (command) => command.option("--yes", cliWords.yes[lang]),
    run,
  };
}

/** Children do not inherit these from their parent when it was configured after them: apply to the finished tree. */
export function finishTree(command: Command, lang: Lang, print: (text: string) => void): void {
  command
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: () => undefined })
    .configureHelp({
      showGlobalOptions: true,
      helpWidth: 80,
      styleTitle: (title) => cliWords.helpTitles[lang][title] ?? title,
      optionDescription: (option) => describeOption(option, lang),
      optionTerm: ({ flags }) => sayPlaceholders(flags, lang),
      argumentTerm: (argument) => sayPlaceholders(`<${argument.name()}>`, lang).slice(1, -1),
      commandUsage: (shown) => sayPlaceholders(new Help().commandUsage(shown), lang),
      subcommandTerm: (shown) => shown.name(),
    })
    .helpOption("-h, --help", cliWords.help[lang])
    .helpCommand(false);
  for (const child of command.commands) finishTree(child, lang, print);
}

/** The description with choices and default, which commander itself says in English only. */
function describeOption({ description, argChoices, defaultValue }: Option, lang: Lang): string {
  const notes = [
    argChoices && `${cliWords.choices[lang]}: ${argChoices.join(", ")}`,
    ["string", "number"].includes(typeof defaultValue) && `${cliWords.default[lang]}: ${defaultValue}`,
  ].filter(Boolean);
  return notes.length === 0 ? description : `${description} (${notes.join("; ")})`;
}

/** `--province <province>` as `--province <tỉnh>`. */
export function sayPlaceholders(text: string, lang: Lang): string {
  const spoken = text.replace("[options]", cliWords.options[lang]);
  if (lang === "en") return spoken;
  return spoken.replace(/(?<=[<[=|])[a-zA-Z-]+(?=[\].>[|])/g, (name) => cliWords.placeholders[name] ?? name);
}

/** Commander's complaint in both languages, by its code; the words in quotes are the person's own. */
export function describeUsage(error: CommanderError): Words {
  // Words too many are not repeated: one of them may be a secret that was meant to be typed when asked.
  const message = error.code === "commander.excessArguments" ? error.message.replace(/(but got \d+):.*$/s, "$1") : error.message;
  const en = message.replace(/^error: /, "").replace(/\n/, " ");
  const [given = "", other = ""] = [...en.matchAll(/'([^']*)'/g)].map((match) => sayPlaceholders(match[1] as string, "vi"));
  const meant = /\(Did you mean ([^?]+)\?\)/.exec(en)?.[1];
  const rule = cliWords.valueRules.flatMap(([pattern, vi]) => pattern.exec(en)?.[0].replace(pattern, vi) ?? []);
  const code = en.startsWith("command-argument value") ? "invalidOperand" : error.code;
  const said = cliWords.usage[code]?.(given, other) ?? en;
  return { vi: [said, ...rule].join("; ") + (meant ? ` (có phải ${meant}?)` : ""), en };
}
