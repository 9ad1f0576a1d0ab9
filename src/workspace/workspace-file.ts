import { formatProvinceName, formatUnitName, type Province, type Unit } from "../directory/unit.ts";
import type { Lang, Words } from "../platform/words.ts";
import { sectionExamples } from "./section-examples.ts";
import { workspaceFileWords as words } from "./words.ts";

export interface NewWorkspace {
  readonly name: string;
  readonly province: Province;
  /** All units of the province. */
  readonly provinceUnits: readonly Unit[];
  /** Those that the workspace looks after. */
  readonly units: "all" | readonly Unit[];
  readonly lang: Lang;
}

const schemaLine = "# yaml-language-server: $schema=.wardctl/wardctl.schema.json";

/** Two wards of the examples in the handbook; whichever is of another province stands under alsoUnits. */
const tanBinh = { code: "27004", province: "79" };
const vyDa = { code: "19777" };

/**
 * The text of a new wardctl.yaml. Explanations begin with `##`, examples with `#`: taking one comment sign off a whole part
 * turns its example on and leaves its explanation a comment. Pure.
 */
export function formatWorkspaceFile(wanted: NewWorkspace): string {
  const { explain, example } = createLines(wanted.lang);
  const sections = Object.values(sectionExamples).flatMap(({ about, lines }) => ["", explain(about), example(lines)]);
  return `${[formatWorkspaceHead(wanted), ...sections].join("\n")}\n`;
}

/** The part that says which workspace it is, without the examples. */
export function formatWorkspaceHead(wanted: NewWorkspace): string {
  const { say, explain, example } = createLines(wanted.lang);
  const { province, units } = wanted;
  return [
    schemaLine,
    explain(words.what),
    explain(words.howExamples),
    "",
    `name: ${quote(wanted.name)}`,
    `province: "${province.code}" # ${formatProvinceName(province)}`,
    ...(units === "all"
      ? [`units: all # ${say(words.countOfUnits(wanted.provinceUnits.length))}`]
      : ["units:", ...units.map((unit) => `  - "${unit.code}" # ${formatUnitName(unit)}`)]),
    explain(words.alsoUnits),
    example(`alsoUnits: ["${province.code === tanBinh.province ? vyDa.code : tanBinh.code}"]`),
    `lang: ${wanted.lang}`,
    explain(words.operator),
    example("operator: Nguyễn Văn A"),
  ].join("\n");
}

function createLines(lang: Lang) {
  const say = (text: Words): string => text[lang];
  return { say, explain: (text: Words) => `## ${say(text)}`, example: (lines: string) => lines.replace(/^/gm, "#") };
}

/** Plain where YAML reads it back as the same text, in double quotes elsewhere. */
function quote(text: string): string {
  return /^\p{L}[\p{L}\p{N} .-]*$/u.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text) && text === text.trim()
    ? text
    : JSON.stringify(text);
}
