import { describe, expect, it } from "vitest";
import { defaultDepartments } from "../../../src/directory/department.ts";
import type { Post } from "../../../src/directory/person.ts";
import { defaultPositions } from "../../../src/directory/position.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { assignUsernames, type RegisteredName } from "../../../src/provision/name-register.ts";
import type { RosterPerson } from "../../../src/provision/roster.ts";
import { listSubjects } from "../../../src/provision/subject.ts";
import { defaultDenied, usernameShape } from "../../../src/provision/username.ts";

/** Frequent enough to collide, odd enough to hurt: Đ, Y and H', Ê alone, four-word names, names of one vowel. */
const families = [
  "Nguyễn",
  "Trần",
  "Lê",
  "Phạm",
  "Huỳnh",
  "Đặng",
  "Đỗ",
  "Võ",
  "Công Tằng Tôn Nữ",
  "Y",
  "H'",
  "Lý",
  "Ông",
  "Âu Dương",
];
const middles = ["Thị", "Văn", "Đình", "Ngọc Đức", "Hữu", "Thị Thu", "Quốc", "", "Moan", "Thanh"];
const givens = ["Phương", "Phượng", "Đức", "Hòa", "Hoà", "Ê", "Thủy", "Thuỷ", "Anh", "Ánh", "Dũng", "Dụng", "Êban", "Niê", "Ý"];

const people = (() => {
  const random = createRandom("names");
  const pick = (list: readonly string[]): string => list[random.integer(list.length)] as string;
  return Array.from({ length: 5_000 }, (_, at): RosterPerson => {
    const staffId = `CB${String(at).padStart(5, "0")}`;
    const post: Post = {
      staffId,
      unit: ["27004", "27007", "19777"][at % 3] as string,
      department: "van-phong",
      position: "chuyen-vien",
      from: at % 2 === 0 ? "2025-07-01" : "2025-08-01",
    };
    const fullName = [pick(families), pick(middles), pick(givens)].filter(Boolean).join(" ");
    return { staffId, fullName, staffClass: "cong_chuc", posts: [post], lines: [at + 2] };
  });
})();

interface Setting {
  readonly template: string;
  readonly expandNames: boolean;
}

function assign(roster: readonly RosterPerson[], { template, expandNames }: Setting, register: readonly RegisteredName[] = []) {
  const subjects = listSubjects({
    people: roster,
    units: [],
    departments: defaultDepartments,
    positions: defaultPositions,
    rules: [],
    systems: ["documents"],
    template,
    expandNames,
    today: "2025-09-01",
  });
  const names = assignUsernames({ subjects, register, accounts: [], seen: [], denied: new Set(defaultDenied) });
  return new Map([...names].map(([key, { name }]) => [key, name]));
}

const rename = (change: (name: string) => string): RosterPerson[] =>
  people.map((person) => ({ ...person, fullName: change(person.fullName) }));

const settings: readonly (readonly [string, Setting])[] = [
  "{given}{initials}",
  "{initials}{given}.{unit}",
  "{given}.{family}",
].flatMap((template) =>
  [true, false].map(
    (expandNames) => [`${template}${expandNames ? ", middle names first" : ""}`, { template, expandNames }] as const,
  ),
);

describe.each(settings)("usernames of 5,000 people by %s", (_, setting) => {
  const names = assign(people, setting);

  it("are one each, of the shape every system takes, and never a denied one", () => {
    expect(new Set(names.values()).size).toBe(5_000);
    for (const name of names.values()) expect(name).toMatch(usernameShape);
    for (const name of defaultDenied) expect([...names.values()]).not.toContain(name);
  });

  it.each([
    ["NFD", (name: string) => name.normalize("NFD")],
    ["Ð U+00D0", (name: string) => name.replaceAll("Đ", "\u00D0").replaceAll("đ", "\u00F0")],
    ["no-break and double spaces", (name: string) => `\u00A0${name.replaceAll(" ", "\u00A0 ")} `],
    ["capitals", (name: string) => name.toUpperCase()],
    ["typographic apostrophes", (name: string) => name.replaceAll("'", "\u2019")],
  ])("are the same with %s", (_, change) => {
    expect([...assign(rename(change), setting)]).toEqual([...names]);
  });

  it("are the same in any order of the roster", () => {
    const random = createRandom("order");
    const keyed = people.map((person) => ({ person, key: random.integer(1_000_000) })).sort((a, b) => a.key - b.key);
    const shuffled = assign(
      keyed.map(({ person }) => person),
      setting,
    );
    for (const [key, name] of names) expect(shuffled.get(key)).toBe(name);
  });

  it("of leavers are never given again, and those who stay keep theirs", () => {
    const leavers = new Set(people.filter((_, at) => at % 5 === 0).map(({ staffId }) => `person/${staffId}`));
    const register = [...names].map(
      ([owner, name]): RegisteredName => ({ owner, name, state: leavers.has(owner) ? "retired" : "issued" }),
    );
    const staying = people.filter(({ staffId }) => !leavers.has(`person/${staffId}`));
    // Namesakes of everybody who left come in their place.
    const newcomers = people
      .filter(({ staffId }) => leavers.has(`person/${staffId}`))
      .map((person) => {
        const staffId = `NV${person.staffId.slice(2)}`;
        return { ...person, staffId, posts: person.posts.map((post) => ({ ...post, staffId })) };
      });
    const after = assign([...newcomers, ...staying], setting, register);
    const retired = new Set(register.filter(({ state }) => state === "retired").map(({ name }) => name));
    expect([...after.values()].filter((name) => retired.has(name))).toEqual([]);
    for (const { staffId } of staying) expect(after.get(`person/${staffId}`)).toBe(names.get(`person/${staffId}`));
    expect(new Set(after.values()).size).toBe(5_000);
  });
});

describe("a taken name", () => {
  const three = ["Nguyễn Thị Phương", "Nguyễn Thanh Phương", "Ngô Thị Phượng"].map((fullName, at): RosterPerson => {
    const staffId = `CB${at}`;
    const post = { staffId, unit: "27004", position: "chuyen-vien", department: "van-phong", from: "2025-07-01" };
    return { staffId, fullName, staffClass: "cong_chuc", posts: [post], lines: [] };
  });

  it("is told apart by the middle name where the workspace says so, else by a number", () => {
    const template = "{given}{initials}";
    expect([...assign(three, { template, expandNames: true }).values()]).toEqual(["phuongnt", "phuongnthanh", "phuongnthi"]);
    expect([...assign(three, { template, expandNames: false }).values()]).toEqual(["phuongnt", "phuongnt2", "phuongnt3"]);
  });
});
