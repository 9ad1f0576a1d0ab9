import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { defaultDepartments } from "../../../src/directory/department.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import { defaultPositions } from "../../../src/directory/position.ts";
import type { Membership } from "../../../src/provision/account.ts";
import type { Entitlements } from "../../../src/provision/entitlements.ts";
import type { RosterPerson } from "../../../src/provision/roster.ts";
import { listSubjects } from "../../../src/provision/subject.ts";
import { listWantedMemberships } from "../../../src/provision/wanted-memberships.ts";
import { createMembershipWorld, listAssigned, type MembershipWorld, makePerson } from "../../support/membership-world.ts";
import { createMemorySystem } from "../../support/memory-system.ts";

const roles = ["a", "b", "c", "d"];
const positions = ["van-thu", "chuyen-vien", "truong-phong"];
const units = ["27004", "19777"].map((code) => createDirectory("2025-07-03")!.findUnit(code)!);

const names = fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 3 });
const groups = fc.uniqueArray(fc.constantFrom("unit:${unit_code}", "dep:${unit_code}:${department}", "all"), { maxLength: 2 });
const template = fc.record({ roles: names, groups });
const personal = fc.record({
  staffId: fc.constantFrom("CB0", "CB1", "CB2"),
  system: fc.constant("documents"),
  role: fc.constantFrom(...roles),
  reason: fc.constantFrom("x", "y"),
  until: fc.constantFrom("2025-07-02", "2025-07-03", "2025-07-09"),
});
const rules = fc.record({
  classes: fc.option(fc.record({ cong_chuc: fc.record({ documents: template }) }), { nil: {} }),
  positions: fc.dictionary(
    fc.constantFrom(...positions),
    fc.record({ systems: fc.record({ documents: template }), forbidWith: fc.constant([]) }),
  ),
  additions: fc.array(personal, { maxLength: 3 }),
  denials: fc.array(personal, { maxLength: 2 }),
});
const post = fc.record({
  unit: fc.constantFrom("27004", "19777"),
  department: fc.constantFrom("van-phong", "van-hoa-xa-hoi", undefined),
  position: fc.constantFrom(...positions),
  to: fc.constantFrom(undefined, undefined, "2025-07-03", "2025-07-10"),
});
const people = fc.array(fc.uniqueArray(post, { minLength: 1, maxLength: 2, selector: ({ position }) => position }), {
  minLength: 1,
  maxLength: 3,
});

type DrawnPost = Pick<RosterPerson["posts"][number], "unit" | "department" | "position" | "to">;

function toPeople(list: readonly (readonly DrawnPost[])[]): RosterPerson[] {
  return list.map((posts, n) => ({
    ...makePerson(n),
    posts: posts.map((one) => makePerson(n, one.position, one as never).posts[0]!),
  }));
}

function listWanted(roster: readonly RosterPerson[], entitlements: Entitlements): unknown {
  const today = "2025-07-03";
  const subjects = listSubjects({
    people: roster,
    units,
    departments: defaultDepartments,
    positions: defaultPositions,
    rules: [],
    systems: ["documents"],
    template: "{given}{initials}",
    entitlements,
    today,
  });
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const wanted = listWantedMemberships({
    subjects,
    names: new Map(),
    units: byCode,
    departments: defaultDepartments,
    entitlements,
    today,
  });
  return Object.fromEntries([...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The rule as a table: what a person is to have, told without any of the code under test. */
function tellWanted(
  { staffId, posts }: RosterPerson,
  { classes, positions: templates, additions, denials }: Entitlements,
): string[] {
  const held = posts.filter(({ to }) => to === undefined || to > "2025-07-03");
  const found = new Set<string>();
  for (const { unit, department, position } of held) {
    for (const one of [classes.cong_chuc?.["documents"], templates[position]?.systems["documents"]]) {
      for (const name of one?.roles ?? []) found.add(`role:${name}`);
      for (const name of one?.groups ?? []) {
        const short = { "van-phong": "vp", "van-hoa-xa-hoi": "vhxh" }[department ?? ""];
        if (name.includes("department") && !short) continue;
        found.add(`group:${name.replace("${unit_code}", unit).replace("${department}", short ?? "")}`);
      }
    }
  }
  const own = additions.filter((one) => one.staffId === staffId && one.until! >= "2025-07-03");
  if (held.length > 0) for (const { role } of own) found.add(`role:${role}`);
  for (const { role } of denials.filter((one) => one.staffId === staffId && one.until! >= "2025-07-03"))
    found.delete(`role:${role}`);
  return [...found].sort();
}

describe("what templates come to", () => {
  it("is class ∪ positions ∪ additions − denials, each told with a source", () => {
    fc.assert(
      fc.property(people, rules, (list, own) => {
        const roster = toPeople(list);
        const wanted = listWanted(roster, own) as Record<
          string,
          readonly { readonly membership: string; readonly sources: readonly string[] }[]
        >;
        for (const person of roster) {
          const got = wanted[`person/${person.staffId}`] ?? [];
          expect(got.map(({ membership }) => membership)).toEqual(tellWanted(person, own));
          expect(got.every(({ sources }) => sources.length > 0)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("does not hang on the order of rows, posts or settings", () => {
    const turn = <T>(list: readonly T[]): T[] => list.toReversed();
    const turnKeys = <T extends object>(value: T): T => Object.fromEntries(turn(Object.entries(value))) as T;
    fc.assert(
      fc.property(people, rules, (list, own) => {
        const roster = toPeople(list);
        const turned: Entitlements = {
          ...own,
          positions: turnKeys(
            Object.fromEntries(
              Object.entries(own.positions).map(([key, one]) => {
                const { roles: r, groups: g } = one.systems.documents;
                return [key, { ...one, systems: { documents: { groups: turn(g), roles: turn(r) } } }];
              }),
            ),
          ),
          additions: turn(own.additions),
          denials: turn(own.denials),
        };
        const moved = turn(roster).map((person) => ({ ...person, posts: turn(person.posts) }));
        expect(listWanted(moved, turned)).toEqual(listWanted(roster, own));
      }),
      { numRuns: 200 },
    );
  });
});

describe("plan, apply, plan", () => {
  let world: MembershipWorld;
  afterEach(() => world?.close());

  it("comes to rest, wherever it began, and touches nothing that is not named", async () => {
    const held = fc.array(fc.tuple(fc.constantFrom("CB0", "CB1", "CB2"), fc.constantFrom(...roles, "by-hand")), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(people, rules, rules, held, async (list, first, second, before) => {
        const system = createMemorySystem("documents", { roles: [...roles, "by-hand"] });
        world = await createMembershipWorld([system], first);
        const roster = toPeople(list);
        const byHand = (): readonly string[] => system.holdersOf("role:by-hand");
        const settle = async (): Promise<void> => {
          const plan = await world.plan(roster);
          const { count: removals } = plan.guards
            .filter(({ code }) => code === "taken-from-many")
            .reduce((sum, { count }) => ({ count: sum.count + count }), { count: 0 });
          expect((await world.apply(plan, { removals, disables: plan.totals.disable })).finished).toBe(true);
        };
        await settle();
        for (const [staffId, role] of before) {
          const id = `documents-${staffId}`;
          if (system.accounts.has(id)) system.members.get(`role:${role}` as Membership)?.add(id);
        }
        const untouched = byHand();
        for (const templates of [first, second]) {
          world.setTemplates(templates);
          await settle();
          const rest = await world.plan(roster);
          expect([listAssigned(rest), rest.operations, rest.memberships]).toEqual([[], [], []]);
          expect(byHand()).toEqual(untouched);
        }
        await world.close();
      }),
      { numRuns: 25 },
    );
  });
});
