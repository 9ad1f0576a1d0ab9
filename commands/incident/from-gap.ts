import { readFacts } from "../../src/delegation/desk.ts";
import { toMask } from "../../src/delegation/doc-types.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { listGaps } from "../../src/delegation/gaps.ts";
import { formatUnitName } from "../../src/directory/unit.ts";
import { Failure } from "../../src/platform/failure.ts";
import { both } from "../../src/platform/words.ts";
import type { Context } from "../context.ts";
import { openDesk } from "../delegate/room.ts";
import { formatTypes } from "../delegate/type-names.ts";
import { openRoom } from "../provision/open.ts";
import type { Found } from "./from-cause.ts";
import { needUnits } from "./room.ts";
import { incidentWords as words } from "./words.ts";

/** Units in which nobody can sign something now, or where it is not known. Failure kind: invalid (no gap there). */
export async function findGap(named: readonly string[], context: Pick<Context, "workspace" | "clock" | "ids">): Promise<Found> {
  const workspace = await context.workspace();
  const units = await needUnits(named, workspace);
  const now = context.clock.now();
  const facts = await readFacts(await openDesk(context), { at: now, asOf: now });
  const register = createRegister(facts, now, now);
  const gaps = listGaps(register, units, { from: now, to: Number.POSITIVE_INFINITY }).filter(
    ({ from, class: kind }) => from === now && kind !== "single",
  );
  const without = units.find((unit) => !gaps.some((gap) => gap.unit === unit));
  if (without !== undefined) throw new Failure("invalid", words.noGap(without), { hint: words.seeGaps });
  const types = toMask(gaps.map(({ docType }) => docType));
  const isKnown = gaps.some((gap) => gap.class === "gap");
  const directory = await workspace.directory();
  const [only, ...others] = units.map((code) => directory.findUnit(code));
  return {
    title: both((lang) => words.gapTitle(isKnown, formatTypes(types, lang))[lang]),
    code: isKnown ? "DEL-GAP" : "EVID-STALE",
    system: undefined,
    units,
    // A ward's own regulation is what names who signs (NĐ 30/2020, Điều 13).
    owner: only && others.length === 0 ? both((lang) => words.ownUnitOffice(formatUnitName(only))[lang]) : words.ownUnitOffices,
    since: undefined,
    sources: units.map((unit) => `gap:${unit}`),
  };
}

/** Departments that lack the accounts they need, read from the systems now. Failure kinds: invalid (none is missing there), those of reading. */
export async function findCoverageGap(
  named: readonly string[],
  context: Pick<Context, "workspace" | "clock" | "ids" | "signal">,
): Promise<Found> {
  const units = await needUnits(named, await context.workspace());
  const room = await openRoom(context);
  const { findings, failed, systems } = await room.coverage({ units, signal: context.signal });
  if (failed.length === systems.length && failed[0]) throw new Failure(failed[0].kind, failed[0].message);
  const without = units.find((unit) => !findings.some((finding) => finding.unit === unit));
  if (without !== undefined) throw new Failure("invalid", words.noCoverageGap(without), { hint: words.seeCoverage });
  const inSystems = [...new Set(findings.map(({ system }) => system))];
  const departments = new Set(findings.map(({ unit, department }) => `${unit}/${department}`)).size;
  return {
    title: words.coverageTitle(departments, inSystems),
    code: findings.some(({ code }) => code === "ACC-UNIT-MISSING") ? "ACC-UNIT-MISSING" : "ACC-UNIT-DISABLED",
    system: inSystems.length === 1 ? inSystems[0] : undefined,
    units,
    // Whose the system is, wardctl.yaml does not say.
    owner: undefined,
    since: undefined,
    sources: [...new Set(findings.map(({ unit, system }) => `coverage:${unit}/${system}`))],
  };
}
