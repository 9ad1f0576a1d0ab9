import type { Lang, Words } from "../../src/platform/words.ts";
import type { Place } from "./command-tree.ts";
import { manualWords as words } from "./manual-words.ts";

/** The manual page in troff's `man` macros, from the same places that completion is made of. */
export function toManual(places: readonly Place[], lang: Lang): string {
  const [program, ...others] = places as readonly [Place, ...Place[]];
  const everywhere = new Set(program.flags.map(({ name }) => name));
  return [
    `.TH WARDCTL 1 "" "" "wardctl"`,
    ...section(words.name[lang], [`wardctl \\- ${toTroff(program.about)}`]),
    ...section(words.synopsis[lang], [`.B wardctl`, toTroff(program.usage.replace(/^wardctl /, ""))]),
    ...section(words.description[lang], [toTroff(words.about[lang])]),
    ...section(words.options[lang], program.flags.flatMap(entry)),
    ...section(
      words.commands[lang],
      others.flatMap((place) => [
        `.SS ${toTroff(`wardctl ${place.words}`)}`,
        toTroff(place.about),
        ...(place.next.length > 0 ? [] : [".PP", `.I ${toTroff(place.usage)}`]),
        ...(place.next.length > 0 ? [] : place.flags.filter(({ name }) => !everywhere.has(name)).flatMap(entry)),
        ...(place.example === undefined
          ? []
          : [".PP", `${toTroff(words.example[lang])}:`, ".PP", ".nf", `.RS 4`, toTroff(place.example), ".RE", ".fi"]),
      ]),
    ),
    ...section(words.exit[lang], table(words.exits, lang)),
    ...section(words.environment[lang], table(words.variables, lang)),
    ...section(words.files[lang], table(words.paths, lang)),
    "",
  ].join("\n");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [`.SH ${toTroff(title)}`, ...lines];
}

function entry({ term, about }: { readonly term: string; readonly about: string }): readonly string[] {
  return [".TP", `.B ${toTroff(term)}`, toTroff(about)];
}

function table(rows: Readonly<Record<string, Words>>, lang: Lang): readonly string[] {
  return Object.entries(rows).flatMap(([term, about]) => entry({ term, about: about[lang] }));
}

/** A backslash, a minus that is one, and a line that would start a macro (groff_man(7)). */
function toTroff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^(?=[.'])/, "\\&");
}
