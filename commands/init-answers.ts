import { findNearestProvince, searchProvinces } from "../src/directory/province-name.ts";
import { formatProvinceName, formatUnitName, type Province, type Unit } from "../src/directory/unit.ts";
import { Failure } from "../src/platform/failure.ts";
import { toFold, toToneKey } from "../src/platform/text.ts";
import { readCodes } from "../src/workspace/suggest-code.ts";
import type { NewWorkspace } from "../src/workspace/workspace-file.ts";
import type { Context } from "./context.ts";
import type { InitOptions } from "./init.ts";
import { initWords as words } from "./init-words.ts";

/** `46`, `Huế`, `TP.HCM`, `lam dong`. Failure kind: usage, with the provinces that were perhaps meant. */
export function readProvince(text: string): Province {
  const wanted = text.trim();
  const [province, ...others] = wanted === "" ? [] : searchProvinces(readCodes(), wanted);
  if (province && others.length === 0) return province;
  const near = findNearestProvince(readCodes(), wanted);
  const candidates = province ? [province, ...others] : near ? [near] : [];
  throw new Failure("usage", province ? words.manyProvinces(text) : words.noProvince(text), {
    hint: candidates.length > 0 ? words.candidates(candidates.map(formatChoice)) : words.allProvinces,
  });
}

/** `all`, or codes or names of units of the province with commas between. Failure kind: usage, with all that do not fit. */
export function readUnits(text: string, province: Province): Pick<NewWorkspace, "units" | "provinceUnits"> {
  const provinceUnits = readCodes().listUnits({ province: province.code });
  if (text.trim().toLowerCase() === "all") return { units: "all", provinceUnits };
  const named = text.split(/[,;]/).flatMap((part) => (/\p{L}/u.test(part) ? [part.trim()] : part.split(/\s+/)));
  const wanted = [...new Set(named.filter(Boolean))];
  const found = wanted.map((one) => findAmong(provinceUnits, one));
  const strange = wanted.filter((_one, at) => found[at] === undefined);
  const units = [...new Set(found)];
  if (wanted.length === 0 || strange.length > 0) {
    throw new Failure("usage", words.strangeUnits(strange, formatProvinceName(province)), {
      hint: words.listUnits(province.code),
    });
  }
  return { units: units as Unit[], provinceUnits };
}

/** By code, or by a name with its marks that only one of them has. */
function findAmong(units: readonly Unit[], text: string): Unit | undefined {
  const key = toToneKey(text);
  const found = units.filter(
    (unit) => unit.code === text || toToneKey(unit.name) === key || toToneKey(formatUnitName(unit)) === key,
  );
  return found.length === 1 ? found[0] : undefined;
}

/** Failure kind: usage, for a name without a letter or digit. */
export function readName(text: string): string {
  const fault = checkName(text);
  if (fault) throw new Failure("usage", { vi: `--name: ${fault.vi}`, en: `--name: ${fault.en}` });
  return text.trim();
}

/** The same by questions; what a flag answers is not asked. */
export async function askForWorkspace(
  options: InitOptions,
  { prompts, out }: Pick<Context, "prompts" | "out">,
): Promise<NewWorkspace> {
  const province = await prompts.search(
    words.whichProvince,
    (term) => searchProvinces(readCodes(), term.trim()).map((one) => ({ name: formatChoice(one), value: one })),
    "--province",
  );
  const units = options.units === undefined ? await askForUnits(province, { prompts, out }) : readUnits(options.units, province);
  const name =
    options.name ?? (await prompts.input(words.whichName, { flag: "--name", initial: province.name, check: checkName }));
  const languages = [
    { name: "Tiếng Việt", value: "vi" as const },
    { name: "English", value: "en" as const },
  ];
  const ordered = out.lang === "vi" ? languages : languages.toReversed();
  return { ...units, province, name: name.trim(), lang: await prompts.select(words.whichLang, ordered, "--lang") };
}

async function askForUnits(
  province: Province,
  { prompts, out }: Pick<Context, "prompts" | "out">,
): Promise<Pick<NewWorkspace, "units" | "provinceUnits">> {
  const { provinceUnits } = readUnits("all", province);
  const choices = [
    { name: out.say(words.allOf(provinceUnits.length)), value: "all" as const },
    { name: out.say(words.someOf), value: "some" as const },
  ];
  const extent = await prompts.select(words.whichUnits, choices, "--units");
  if (extent === "all") return { units: "all", provinceUnits };
  const byName = [...provinceUnits].sort((a, b) => new Intl.Collator("vi").compare(a.name, b.name) || (a.code < b.code ? -1 : 1));
  const units = await prompts.checkbox(
    words.tickUnits,
    byName.map((unit) => ({ name: `${unit.code} ${formatUnitName(unit)}`, value: unit })),
    "--units",
    { required: true },
  );
  return { units, provinceUnits };
}

function checkName(text: string) {
  return toFold(text) === "" ? words.nameNeeded : undefined;
}

function formatChoice(province: Province): string {
  return `${province.code} ${formatProvinceName(province)}`;
}
