import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateUsernames, toUsernameBase, usernameShape } from "../../../src/provision/username.ts";

const template = "{given}{initials}";
const base = (fullName: string, givenName?: string): string =>
  toUsernameBase({ staffId: "CB1", fullName, ...(givenName === undefined ? {} : { givenName }), unit: "27004" }, template);

const families = ["Nguyễn", "Đặng", "Đỗ", "Võ", "Công Tằng Tôn Nữ", "Lý"];
const middles = ["Thị", "Đình", "Ngọc Đức", "Văn", ""];
const givens = ["Phương", "Phượng", "Đức", "Hòa", "Ê", "Thủy"];
const anyName = fc
  .tuple(fc.constantFrom(...families), fc.constantFrom(...middles), fc.constantFrom(...givens))
  .map((parts) => parts.filter((part) => part !== "").join(" "));

describe("a username", () => {
  it.each([
    ["Đặng Đình Đức", "ducdd"],
    ["Ðặng Ðình Ðức", "ducdd"],
    ["Nguyễn Thị Phương", "phuongnt"],
    ["Nguyễn Thị Phượng", "phuongnt"],
    ["Trần\u00A0Thị  Lan", "lantt"],
    ["H’ Hen Niê", "niehh"],
  ])("of %s is %s", (name, username) => {
    expect(base(name)).toBe(username);
  });

  it.each([
    ["Nguyễn Lô", "longuyen"],
    ["Trần Đị", "ditran"],
    ["Kpă", "kpa"],
    ["Ê", "ecb1"],
    ["Jean-Pierre O’Brien", "obrienj"],
  ])("of %s is %s: never a word nobody is to be called by, never a letter alone", (name, username) => {
    expect(base(name)).toBe(username);
  });

  it("with the unit's code at its end has its number before the code, and is cut before it too", () => {
    const own = { staffId: "CB1", fullName: "Công Tằng Tôn Nữ Thị Thanh Nguyệt Hằng", unit: "27004" };
    expect(toUsernameBase(own, "{given}{initials}{family}.{unit}")).toMatch(/^.{14}\.27004$/);
    const two = ["person/CB1", "person/CB2"].map((owner) => ({ owner, base: "nvhung.27004", since: "2025-07-01" }));
    expect([...allocateUsernames(two, () => false).values()]).toEqual(["nvhung.27004", "nvhung2.27004"]);
  });

  it("honours a given name that is not the last word", () => {
    expect(base("Y Moan Êban", "Moan")).toBe("moanye");
  });

  it("follows the workspace's template", () => {
    const person = { staffId: "CB-01", fullName: "Trần Thị Lan", unit: "27004" };
    expect(toUsernameBase(person, "{initials}{given}.{unit}")).toBe("ttlan.27004");
    expect(toUsernameBase({ ...person, fullName: "李" }, template)).toBe("cb01");
  });

  it("is the same for NFC and NFD, Ð and Đ, NBSP and blank", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const expected = base(name);
        expect(base(name.normalize("NFD"))).toBe(expected);
        expect(base(name.replaceAll("Đ", "\u00D0").replaceAll("đ", "\u00F0"))).toBe(expected);
        expect(base(` ${name.replaceAll(" ", "\u00A0 ")}\u200B`)).toBe(expected);
      }),
    );
  });

  it("does not depend on the order of the roster, is unique, never denied and at most 20 long", () => {
    const people = fc.uniqueArray(
      fc.record({
        owner: fc.integer({ min: 1, max: 9999 }).map((n) => `person/CB${n}`),
        name: anyName,
        since: fc.constantFrom("2025-07-01", "2025-08-01"),
      }),
      { minLength: 1, maxLength: 60, selector: ({ owner }) => owner },
    );
    fc.assert(
      fc.property(people, fc.infiniteStream(fc.nat()), (list, order) => {
        const taken = new Set(["phuongnt", "ducdd"]);
        const requests = list.map(({ owner, name, since }) => ({ owner, base: base(name), since }));
        const keyed = requests.map((request) => ({ request, key: order.next().value as number }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ request }) => request);
        const names = allocateUsernames(requests, (name) => taken.has(name));
        expect([...allocateUsernames(shuffled, (name) => taken.has(name))].sort()).toEqual([...names].sort());
        expect(new Set(names.values()).size).toBe(list.length);
        for (const name of names.values()) {
          expect(name).toMatch(usernameShape);
          expect(taken.has(name)).toBe(false);
        }
      }),
    );
  });

  it("gives suffixes by start date, then staff id", () => {
    const names = allocateUsernames(
      [
        { owner: "person/CB1", base: "phuongnt", since: "2025-08-01" },
        { owner: "person/CB9", base: "phuongnt", since: "2025-07-01" },
        { owner: "person/CB2", base: "phuongnt", since: "2025-07-01" },
      ],
      (name) => name === "phuongnt2",
    );
    expect(Object.fromEntries(names)).toEqual({ "person/CB2": "phuongnt", "person/CB9": "phuongnt3", "person/CB1": "phuongnt4" });
  });

  it("cuts a long name so that the suffix fits", () => {
    const long = "abcdefghijklmnopqrst";
    const names = allocateUsernames([{ owner: "a", base: long, since: "" }], (name) => name === long);
    expect(names.get("a")).toBe("abcdefghijklmnopqrs2");
  });
});
