import { expect, it } from "vitest";
import { listConflicts } from "../../../src/delegation/conflicts.ts";
import { allDocTypes, toMask } from "../../../src/delegation/doc-types.ts";
import { createRegister, type SigningFacts } from "../../../src/delegation/facts.ts";
import { base, makeFacts, makeGrant, people, posts, unit } from "../../support/signing-world.ts";

const found = (change: Partial<SigningFacts>) =>
  listConflicts(createRegister(makeFacts(change), base, base), [unit], base).map(({ code, severity, grants }) =>
    [code, severity, ...grants].join(" "),
  );
const decision = { kind: "quyet-dinh", number: "5", date: base - 1000 } as const;
const end = base + 100;

it("finds nothing in lawful grants that stand beside each other", () => {
  const tl = makeGrant({ id: "a" });
  const next = makeGrant({ id: "b", docTypes: toMask(["thong-bao"]) });
  // An extension touches what it extends.
  const extension = [makeGrant({ id: "c", validTo: end }), makeGrant({ id: "d", validFrom: end })];
  expect(found({ grants: [tl, next] })).toEqual([]);
  expect(found({ grants: extension })).toEqual([]);
});

it("C1: one person with two capacities for one type, only while both are alive", () => {
  const tl = makeGrant({ id: "a", validTo: end });
  const tuq = makeGrant({ id: "b", capacity: "TUQ", basis: decision, validFrom: base - 10, validTo: end });
  expect(found({ grants: [tl, tuq] })).toEqual(["C1 warning a b"]);
  expect(found({ grants: [tl, { ...tuq, docTypes: toMask(["thong-bao"]) }] })).toEqual([]);
  expect(found({ grants: [tl, { ...tuq, validFrom: end, validTo: end + 5 }] })).toEqual([]);
  const limits = [{ departments: ["van-phong"] }, { departments: ["kinh-te"] }, { departments: ["to-tin"] }] as const;
  const both = (a: number, b: number) => ({
    grants: [
      { ...tl, narrowing: limits[a] },
      { ...tuq, narrowing: limits[b] },
    ],
  });
  expect(found(both(0, 1))).toEqual([]);
  // One lies below the other.
  expect(found(both(0, 2))).toEqual(["C1 warning a b"]);
});

it("C2: two people acting as head at once", () => {
  const acting = (id: string, person: string) =>
    makeGrant({ id, capacity: "Q", person, to: { position: "pho-chu-tich" }, docTypes: allDocTypes, basis: decision });
  const second = { staffId: "CB22", unit, position: "pho-chu-tich", from: "2025-07-01" };
  expect(found({ posts: [...posts, second], grants: [acting("a", people.deputy), acting("b", "CB22")] })).toEqual([
    "C2 warning a b",
  ]);
  expect(found({ posts: [...posts, second], grants: [acting("a", people.deputy)] })).toEqual([]);
});

it("C3: a grant that lies inside another like it", () => {
  const wide = makeGrant({ id: "a", docTypes: toMask(["cong-van", "thong-bao"]) });
  expect(found({ grants: [wide, makeGrant({ id: "b", validTo: end })] })).toEqual(["C3 warning a b"]);
  expect(found({ grants: [wide, makeGrant({ id: "b", docTypes: toMask(["cong-van", "giay-moi"]) })] })).toEqual([]);
  const limited = makeGrant({ id: "b", narrowing: { exceptProcedures: ["ho-tich"] } });
  expect(found({ grants: [wide, limited] })).toEqual(["C3 warning a b"]);
  expect(found({ grants: [{ ...wide, narrowing: { departments: ["kinh-te"] } }, limited] })).toEqual([]);
});

it("C4: passed on wider than the right it comes from, or from one that may not be passed on", () => {
  const to = { position: "pho-chanh-van-phong", department: "van-phong" };
  const basis = { kind: "phan-cong", number: "2", date: base - 1000 } as const;
  const child = makeGrant({ id: "c", capacity: "KT", from: makeGrant().to, to, parent: "g1", basis });
  expect(found({ grants: [makeGrant(), child] })).toEqual([]);
  expect(found({ grants: [makeGrant(), { ...child, docTypes: toMask(["cong-van", "thong-bao"]) }] })).toEqual([
    "C4 unlawful g1 c",
  ]);
  expect(found({ grants: [makeGrant({ validTo: end }), child] })).toEqual(["C4 unlawful g1 c"]);
  const limited = makeGrant({ narrowing: { departments: ["van-phong"], procedures: ["ho-tich"] } });
  expect(found({ grants: [limited, child] })).toEqual(["C4 unlawful g1 c"]);
  const narrower = { ...child, narrowing: { departments: ["to-tin"], procedures: ["ho-tich"] } };
  expect(found({ grants: [limited, narrower] })).toEqual([]);
  expect(found({ grants: [limited, { ...narrower, narrowing: { departments: ["to-tin"] } }] })).toEqual(["C4 unlawful g1 c"]);
  expect(found({ grants: [makeGrant(), { ...child, parent: "c" }] })).toEqual(["C4 unlawful c c"]);
});

it("C5: a TUQ. for a deputy", () => {
  const grant = makeGrant({ id: "a", capacity: "TUQ", to: { position: "pho-chu-tich" }, basis: decision, validTo: end });
  expect(found({ grants: [grant] })).toEqual(["C5 unlawful a"]);
});

it("C6: a window that is over before its paper, or begins before it", () => {
  const late = { ...makeGrant().basis, date: base + 50 };
  expect(found({ grants: [makeGrant({ id: "a", validTo: base + 50, basis: late })] })).toEqual(["C6 unlawful a"]);
  expect(found({ grants: [makeGrant({ id: "a", basis: late })] })).toEqual(["C6 warning a"]);
});

it("C7: whoever gave it was not in office on the day of the paper, where the register reaches back", () => {
  const head = posts.filter(({ position }) => position === "chu-tich");
  const others = posts.filter(({ position }) => position !== "chu-tich");
  const left = { ...head[0]!, to: "2025-11-01" };
  expect(found({ posts: [...others, left], grants: [makeGrant()] })).toEqual(["C7 unlawful g1"]);
  // Somebody took over in time; or nobody is known to have held the post before.
  const next = { ...head[0]!, staffId: "CB77", from: "2025-11-01" };
  expect(found({ posts: [...others, left, next], grants: [makeGrant()] })).toEqual([]);
  expect(found({ posts: others, grants: [makeGrant()] })).toEqual([]);
  const acting = makeGrant({
    id: "q",
    capacity: "Q",
    person: people.deputy,
    to: { position: "pho-chu-tich" },
    docTypes: allDocTypes,
  });
  const q = { ...acting, basis: { ...decision, date: base - 5000 }, validFrom: base - 5000, recordedAt: base - 5000 };
  expect(found({ posts: [...others, left], grants: [makeGrant(), q] })).toEqual([]);
});

it("C8: a unit in which nobody has an account, where that is known of everybody", () => {
  const without = makeFacts().people.map((person) => ({ ...person, account: undefined }));
  expect(found({ people: without })).toEqual(["C8 warning"]);
  expect(found({ people: without.slice(1) })).toEqual([]);
  expect(found({ people: [...without.slice(1), makeFacts().people[0]!] })).toEqual([]);
});
