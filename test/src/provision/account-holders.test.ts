import { expect, it } from "vitest";
import { citySystems, createCityCore } from "../../../src/city/city.ts";
import { defaultDepartments } from "../../../src/directory/department.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import { defaultPositions } from "../../../src/directory/position.ts";
import { createPinnedClock } from "../../../src/platform/clock.ts";
import { listHolders } from "../../../src/provision/account-holders.ts";
import { listAccountNeeds } from "../../../src/provision/account-needs.ts";
import { type Entitlements, noEntitlements } from "../../../src/provision/entitlements.ts";
import { defaultFunctionalRules } from "../../../src/provision/functional-account.ts";
import { listSubjects } from "../../../src/provision/subject.ts";

const today = "2025-07-03";
const units = createDirectory(today)!.listUnits({ province: "46" });
const { people: staff } = createCityCore({ units, clock: createPinnedClock(Date.parse(`${today}T10:00:00+07:00`)) });
/** Every seventh has left, every fifth comes in a week, every third goes to another unit. */
const people = staff.map((person, place) => {
  const [post] = person.posts as [(typeof person.posts)[number]];
  const posts = [
    { ...post, ...(place % 7 === 0 && { to: "2025-07-02" }), ...(place % 5 === 0 && { from: "2025-07-10" }) },
    ...(place % 3 === 0 ? [{ ...post, unit: units[place % units.length]!.code, from: "2025-07-05" }] : []),
  ];
  return { ...person, posts, lines: [] };
});
const templates: Entitlements = {
  ...noEntitlements,
  classes: { cong_chuc: { documents: {}, video: {} } },
  denials: [{ staffId: people[1]!.staffId, system: "documents", reason: "nghỉ" }],
};

it.each([
  ["without templates", noEntitlements],
  ["with them", templates],
])("tells of the same accounts as a plan would make, %s", (_name, entitlements) => {
  const request = { people, units, rules: defaultFunctionalRules, systems: citySystems, today, entitlements };
  const departments = { departments: defaultDepartments };
  const asked = { units, seen: new Map(), until: "2025-07-07" };
  const holders = listHolders({ ...request, ...departments });
  const subjects = listSubjects({ ...request, ...departments, positions: defaultPositions, template: "{given}{initials}" });
  const byKey = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  const needs = listAccountNeeds({ ...asked, holders }).sort(byKey);
  expect(needs).toEqual(listAccountNeeds({ ...asked, holders: subjects }).sort(byKey));
  expect(needs.length).toBeGreaterThan(500);
});
