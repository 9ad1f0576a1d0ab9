import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/platform/random.ts";
import type { Account } from "../../../src/provision/account.ts";
import { listFreedNames } from "../../../src/provision/freed-names.ts";
import { assignUsernames, type RegisteredName } from "../../../src/provision/name-register.ts";
import type { Subject } from "../../../src/provision/subject.ts";
import { toUsernameBase } from "../../../src/provision/username.ts";

const families = ["Nguyễn", "Trần", "Lê", "Phạm", "Đặng"];
const middles = ["Thị", "Văn", "Thanh", "Đình"];
const givens = ["Phương", "Phượng", "Đức", "Lan", "Hòa"];

interface Year {
  readonly year: number;
  /** New names of this year, and whose. */
  readonly given: ReadonlyMap<string, string>;
}

/** Twelve years of a city of 400: a sixth leaves each year and as many come, namesakes among them. Accounts of leavers are removed after four years. */
function live(reuseAfterYears: number | undefined): readonly Year[] {
  const random = createRandom("years");
  const pick = (list: readonly string[]): string => list[random.integer(list.length)] as string;
  let hired = 0;
  const hire = (year: number): Subject => {
    hired += 1;
    const staffId = `CB${String(hired).padStart(5, "0")}`;
    const name = [pick(families), pick(middles), pick(givens)].join(" ");
    const usernameBase = toUsernameBase({ staffId, fullName: name, unit: "27004" }, "{given}{initials}");
    return {
      key: `person/${staffId}`,
      kind: "person",
      externalId: staffId,
      name,
      unit: "27004",
      attributes: {},
      systems: ["documents"],
      entitled: true,
      usernameBase,
      since: `${year}-01-01`,
    };
  };
  let staff = Array.from({ length: 400 }, () => hire(2025));
  let register: RegisteredName[] = [];
  let accounts: (Account & { readonly left?: number })[] = [];
  const years: Year[] = [];
  for (let year = 2025; year < 2037; year++) {
    const today = `${year}-07-01`;
    const freed = listFreedNames({
      register,
      accounts,
      wanted: new Set(staff.map(({ key }) => key)),
      today,
      years: reuseAfterYears,
    });
    const names = assignUsernames({
      subjects: staff,
      register: register.filter(({ name }) => !freed.has(name)),
      accounts,
      seen: [],
      denied: new Set(),
    });
    const given = new Map([...names].filter(([, { source }]) => source === "new").map(([owner, { name }]) => [name, owner]));
    register = [
      ...register.filter(({ name }) => !given.has(name)),
      ...[...given].map(([name, owner]): RegisteredName => ({ name, owner, state: "issued", since: `${today}T00:00:00+07:00` })),
    ];
    accounts.push(
      ...[...given].map(([userName, owner]) => ({
        id: `${owner} ${year}`,
        externalId: owner.slice(7),
        userName,
        active: true,
        attributes: {},
      })),
    );
    years.push({ year, given });
    const leaving = new Set(staff.filter(() => random.integer(6) === 0).map(({ key }) => key));
    staff = [...staff.filter(({ key }) => !leaving.has(key)), ...[...leaving].map(() => hire(year + 1))];
    register = register.map((entry) =>
      leaving.has(entry.owner) ? { ...entry, state: "retired", since: `${year}-12-31T00:00:00+07:00` } : entry,
    );
    accounts = accounts
      .map((account) => (leaving.has(`person/${account.externalId}`) ? { ...account, left: year } : account))
      .filter(({ left }) => left === undefined || year - left < 4);
  }
  return years;
}

describe("user names over twelve years of people who come and go", () => {
  it("are never given a second time, by default", () => {
    const all = live(undefined).flatMap(({ given }) => [...given.keys()]);
    expect(all.length).toBeGreaterThan(1_000);
    expect(new Set(all).size).toBe(all.length);
  });

  it("are given again only after the years that a workspace sets, and only where no account has them", () => {
    const years = live(6);
    const first = new Map<string, number>();
    let again = 0;
    for (const { year, given } of years) {
      for (const name of given.keys()) {
        const before = first.get(name);
        if (before !== undefined) {
          again += 1;
          expect(year - before).toBeGreaterThan(6);
        }
        first.set(name, year);
      }
    }
    expect(again).toBeGreaterThan(0);
  });

  it("are not given again while any account has them, nor to another while their owner is wanted back", () => {
    const register: RegisteredName[] = [
      { name: "lantt", owner: "person/CB1", state: "retired", since: "2025-01-01T00:00:00+07:00" },
    ];
    const account: Account = { id: "a", externalId: "CB1", userName: "LanTT", active: false, attributes: {} };
    const freed = (accounts: readonly Account[], wanted: readonly string[]): number =>
      listFreedNames({ register, accounts, wanted: new Set(wanted), today: "2035-01-01", years: 5 }).size;
    expect([freed([], []), freed([account], []), freed([], ["person/CB1"])]).toEqual([1, 0, 0]);
  });
});
