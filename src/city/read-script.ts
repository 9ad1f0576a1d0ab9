import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createDirectory } from "../directory/directory.ts";
import type { Unit } from "../directory/unit.ts";
import type { Instant } from "../platform/clock.ts";
import { Failure } from "../platform/failure.ts";
import { isPresent, listFiles, readText } from "../platform/files.ts";
import { findNearest } from "../platform/text.ts";
import { readInstant, vietnamZone } from "../platform/time.ts";
import type { DescribedIssue } from "../platform/zod-faults.ts";
import { faultFacts, findScopeKind, listFoundBy, listOwners, listTouched } from "./fault-facts.ts";
import { type FaultName, faultNames } from "./faults.ts";
import type { MendedBy, RehearsalScript, ScriptStep } from "./script.ts";
import type { WrittenScript } from "./script-schema.ts";
import { scriptWords as words } from "./script-words.ts";

const shippedFolder = fileURLToPath(new URL("scripts/", import.meta.url));
const ending = ".yaml";
const firstDay = "2025-07-01";
const minuteMs = 60_000;

/** The scripts that come with wardctl, in order of name. */
export async function listShippedScripts(): Promise<readonly RehearsalScript[]> {
  const names = (await listFiles(shippedFolder, ending)).map((file) => basename(file, ending)).sort();
  return Promise.all(names.map((name) => readScriptFile(join(shippedFolder, `${name}${ending}`), name)));
}

/** One that ships, by its name, or a file. Failure kinds: usage (no such script), invalid (with every fault of the file), denied. */
export async function readScript(named: string, pathOf: (file: string) => string): Promise<RehearsalScript> {
  if (/\.ya?ml$/.test(named) || named.includes("/") || named.includes("\\")) return readScriptFile(pathOf(named), named);
  const file = join(shippedFolder, `${named}${ending}`);
  if (/^[a-z0-9-]+$/.test(named) && (await isPresent(file))) return readScriptFile(file, named);
  const names = (await listFiles(shippedFolder, ending)).map((each) => basename(each, ending)).sort();
  throw new Failure("usage", words.noScript(named, names));
}

async function readScriptFile(path: string, shownAs: string): Promise<RehearsalScript> {
  const [{ scriptSchema }, { parseYaml }] = await Promise.all([import("./script-schema.ts"), import("../platform/yaml.ts")]);
  const written = await parseYaml(await readText(path), shownAs, scriptSchema, checkScript);
  return toScript(written, basename(shownAs).replace(/\.ya?ml$/, ""));
}

/** What no shape can tell: faults that there are, places that there are, times in order. `raw` need not fit the schema. */
export function checkScript(raw: unknown): readonly DescribedIssue[] {
  const { date, from, to, city, steps } = (raw ?? {}) as Partial<WrittenScript>;
  const issues: DescribedIssue[] = [];
  const add = (path: readonly PropertyKey[], message: DescribedIssue["message"]): void => void issues.push({ path, message });
  if (typeof date === "string" && /^\d{4}-\d{2}-\d{2}$/.test(date)) {
    if (readInstant(date, vietnamZone) === undefined) add(["date"], words.noDay(date));
    else if (date < firstDay) add(["date"], words.tooEarly(date));
  }
  if (isTime(from) && isTime(to) && to <= from) add(["to"], words.endBeforeStart(to, from));
  const day = isTime(from) && isTime(to) ? { from, to } : undefined;
  const found = findUnits(city, date);
  if (found.issue) issues.push(found.issue);
  if (!Array.isArray(steps)) return issues;
  const seen = new Map<string, string>();
  for (const [index, step] of (steps as readonly Partial<WrittenScript["steps"][number]>[]).entries()) {
    if (typeof step !== "object" || step === null) continue;
    const at = ["steps", index] as const;
    if (day && isTime(step.at) && (step.at < day.from || step.at >= day.to)) {
      add([...at, "at"], words.outsideDay(step.at, day.from, day.to));
    }
    if (isTime(step.at) && isTime(step.until) && step.until <= step.at)
      add([...at, "until"], words.untilBefore(step.until, step.at));
    if (typeof step.fault !== "string") continue;
    for (const message of checkFault(step.fault, found.units, city?.systems)) add([...at, "fault"], message);
    const before = seen.get(step.fault);
    if (before !== undefined) add([...at, "fault"], words.twice(step.fault, before));
    seen.set(step.fault, String(step.at));
    const by = step.expected?.mended?.by;
    const [name = ""] = step.fault.split("=");
    const facts = Object.hasOwn(faultFacts, name) ? faultFacts[name as FaultName] : undefined;
    if (facts?.owners.length === 0 && step.until !== undefined) add([...at, "until"], words.noUntil(name));
    if (by === undefined || !facts) continue;
    const place = [...at, "expected", "mended", "by"];
    if (facts.owners.length === 0 && by !== "wardctl") add(place, words.onlyWardctl(name));
    if (facts.owners.length > 0 && by === "wardctl") add(place, words.notWardctl(name));
  }
  return issues;
}

function checkFault(text: string, units: readonly Unit[] | undefined, systems: unknown): DescribedIssue["message"][] {
  const [name = "", scope = "*"] = text.split("=");
  if (!Object.hasOwn(faultFacts, name)) return [words.noFault(name, findNearest(name, faultNames, 3), faultNames)];
  const { scopes } = faultFacts[name as FaultName];
  const kind = findScopeKind(scope);
  if (kind === undefined || !scopes.includes(kind)) return [words.badScope(name, scope, scopes)];
  if (kind === "system" && Array.isArray(systems) && !systems.includes(scope)) return [words.notInCity(scope)];
  if (units !== undefined && listTouched(scope, units).length === 0) return [words.notInCity(scope)];
  return [];
}

/** Undefined where the file does not say it well; what is wrong is then told once. */
function findUnits(
  city: Partial<WrittenScript["city"]> | undefined,
  date: unknown,
): { readonly units: readonly Unit[] | undefined; readonly issue?: DescribedIssue } {
  const { province = "46", units = "all" } = city ?? {};
  const directory = createDirectory(typeof date === "string" && date >= firstDay ? date : firstDay);
  if (typeof province !== "string" || !/^\d{2}$/.test(province)) return { units: undefined };
  const own = directory?.listUnits({ province }) ?? [];
  const fail = (path: readonly PropertyKey[], message: DescribedIssue["message"]) => ({
    units: undefined,
    issue: { path, message },
  });
  if (own.length === 0) return fail(["city", "province"], words.noProvince(province));
  if (units === "all") return { units: own };
  if (typeof units === "number") {
    return units > own.length
      ? fail(["city", "units"], words.tooMany(units, own.length))
      : { units: own.slice(0, Math.max(0, units)) };
  }
  if (!Array.isArray(units)) return { units: undefined };
  const strange = units.find((code) => !own.some((unit) => unit.code === code));
  if (strange !== undefined) return fail(["city", "units", units.indexOf(strange)], words.noUnit(String(strange), province));
  return { units: own.filter(({ code }) => units.includes(code)) };
}

function toScript(written: WrittenScript, name: string): RehearsalScript {
  const at = (time: string): Instant => readInstant(`${written.date}T${time}`, vietnamZone) as Instant;
  const { province, systems, dossiers } = written.city;
  const units = findUnits(written.city, written.date).units as readonly Unit[];
  const steps = written.steps.map((step): ScriptStep => {
    const [fault, scope] = step.fault.split("=") as [FaultName, string];
    return {
      at: at(step.at),
      until: step.until === undefined ? undefined : at(step.until),
      fault,
      scope,
      units: listTouched(scope, units),
      hint: step.hint,
      found: step.expected.found ?? listFoundBy(fault, scope),
      mended: toMendedBy(fault, scope, step.expected.mended),
    };
  });
  return {
    name,
    title: written.title,
    about: written.about,
    clock: at(written.from),
    ends: at(written.to),
    speed: written.speed,
    city: { province, units: units.map(({ code }) => code), systems, dossiers },
    steps: steps.sort((a, b) => a.at - b.at),
  };
}

function toMendedBy(fault: FaultName, scope: string, written: WrittenScript["steps"][number]["expected"]["mended"]): MendedBy {
  if (faultFacts[fault].owners.length === 0) return { by: "wardctl" };
  const owners = written === undefined ? listOwners(fault, scope) : [written.by].flat();
  return { by: "owner", owners, afterMs: Number.parseInt(written?.after ?? "15", 10) * minuteMs };
}

function isTime(text: unknown): text is string {
  return typeof text === "string" && /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}
