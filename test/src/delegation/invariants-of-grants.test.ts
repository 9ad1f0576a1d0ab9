import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideSigning } from "../../../src/delegation/decide.ts";
import { toBit, toMask } from "../../../src/delegation/doc-types.ts";
import { createRegister } from "../../../src/delegation/facts.ts";
import type { Grant } from "../../../src/delegation/grant.ts";
import { contains } from "../../../src/delegation/interval.ts";
import { toLegalState } from "../../../src/delegation/legal.ts";
import { readGrant } from "../../../src/delegation/read-grant.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import { formatUnitName } from "../../../src/directory/unit.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import { covers } from "../../support/signing-definition.ts";
import { departments, narrowingArbitrary, partArbitrary, procedures, toPartOf } from "../../support/signing-parts.ts";
import { midnight, people, reach, types, unit, worldOfPosts } from "../../support/signing-turn.ts";
import { base, docType, makeFacts, makeGrant, makePerson } from "../../support/signing-world.ts";

/** Any grant may name any other as the one it comes from, itself and circles included, as an import might bring. */
const tangled = fc
  .tuple(worldOfPosts, fc.array(fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }), { minLength: 5, maxLength: 5 }))
  .map(([facts, parents]) => ({
    ...facts,
    grants: facts.grants.map((grant, at): Grant => {
      const parent = parents[at];
      return { ...grant, parent: parent === undefined ? grant.parent : `g${parent}` };
    }),
  }));
const question = fc
  .record({
    staffId: fc.constantFrom(...people),
    docType: fc.constantFrom(...types).map(docType),
    part: partArbitrary,
    at: fc.integer({ min: -reach, max: reach }).map((shift) => midnight + shift),
  })
  .map(({ part, ...asked }) => ({ ...asked, ...toPartOf(asked.docType.key, part), unit, asOf: midnight }));

function goesRound(grants: readonly Grant[], start: Grant): boolean {
  const seen = new Set<string>();
  for (let grant: Grant | undefined = start; grant; grant = grants.find(({ id }) => id === grant?.parent)) {
    if (seen.has(grant.id)) return true;
    seen.add(grant.id);
  }
  return false;
}

describe("invariants of grants", () => {
  it("I4: a TUQ is never passed on, a TL once and to the own deputy; circles end and give nothing", () => {
    let circles = 0;
    fc.assert(
      fc.property(tangled, question, (facts, asked) => {
        if (facts.grants.some((grant) => goesRound(facts.grants, grant))) circles++;
        const { answer, candidate } = decideSigning(facts, asked);
        const { grant } = candidate;
        if (answer !== "ALLOW" || grant?.parent === undefined) return;
        const parent = facts.grants.find(({ id }) => id === grant.parent);
        expect(parent).toMatchObject({ capacity: "TL", parent: undefined });
        expect(grant).toMatchObject({ capacity: "KT", from: parent?.to, to: { position: "pho-chanh-van-phong" } });
      }),
      { numRuns: 6_000 },
    );
    expect(circles).toBeGreaterThan(500);
  });

  it("I5: whoever signs by a right that was passed on signs inside the right it comes from", () => {
    const inReach = fc.integer({ min: -reach, max: reach }).map((shift) => midnight + shift);
    const drawn = fc.record({
      a: inReach,
      b: inReach,
      types: fc.subarray([...types.slice(0, 2)], { minLength: 1 }),
      narrowing: narrowingArbitrary,
      isAlike: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
    });
    const seen = { inside: 0, refused: 0 };
    fc.assert(
      fc.property(worldOfPosts, drawn, drawn, question, (world, outer, inner, { at, docType: type, department, procedure }) => {
        const toGrant = (id: string, { a, b, types: keys, narrowing }: typeof outer): Grant => ({
          ...makeGrant({ id, unit, narrowing, docTypes: toMask(keys), validFrom: Math.min(a, b), validTo: Math.max(a, b) + 1 }),
          basis: { kind: "quy-che-lam-viec", number: "1", date: midnight - 1000, clause: "Điều 7" },
          recordedAt: midnight - 1000,
        });
        const parent = toGrant("g0", outer);
        const to = { position: "pho-chanh-van-phong", department: "van-phong" };
        const limit = inner.isAlike ? outer.narrowing : inner.narrowing;
        const child: Grant = {
          ...toGrant("g1", { ...inner, narrowing: limit }),
          capacity: "KT",
          from: parent.to,
          to,
          parent: "g0",
        };
        const right = { extId: "r", unit, staffId: "vice-chief", capacity: "KT" as const, docTypes: toMask(types), active: true };
        const reading = { system: "documents", at: midnight - 20, ttlMs: 1000, hash: "h", recordedAt: midnight - 20 };
        const facts = {
          ...world,
          posts: [
            { staffId: "old-head", unit, position: "chu-tich", from: "2025-07-01" },
            { staffId: "chief", unit, ...parent.to, from: "2025-07-01" },
            { staffId: "vice-chief", unit, ...to, from: "2025-07-01" },
          ],
          grants: [child, parent],
          absences: [],
          carriage: [{ ...reading, rights: [{ ...right, from: midnight - 100, to: midnight + 100 }] }],
          people: [makePerson("vice-chief", { userName: "u", active: true, certificate: { serial: "1", bound: true } }, reading)],
        };
        const asked = { staffId: "vice-chief", unit, docType: type, department, procedure, at, asOf: midnight };
        const { answer } = decideSigning(facts, asked);
        if (answer !== "ALLOW") {
          seen.refused++;
          return;
        }
        seen.inside++;
        const register = createRegister(facts, at, midnight);
        expect(parent.docTypes & toBit(type.key)).not.toBe(0);
        expect(child.docTypes & ~parent.docTypes).toBe(0);
        for (const when of [at, midnight, midnight + 1]) {
          for (const department of departments) {
            for (const procedure of procedures) {
              const part = { department, procedure, at: when };
              if (covers(facts, child.narrowing, part)) expect(covers(facts, parent.narrowing, part)).toBe(true);
            }
          }
        }
        expect(parent.validFrom).toBeLessThanOrEqual(child.validFrom);
        expect(child.validTo).toBeLessThanOrEqual(parent.validTo!);
        expect(contains(toLegalState(register, parent).live, at)).toBe(true);
      }),
      // A fixed draw: how many of them are inside is part of what is claimed below.
      { numRuns: 6_000, seed: 30 },
    );
    expect(seen.inside).toBeGreaterThan(50);
    expect(seen.refused).toBeGreaterThan(500);
  });

  it("I10: the machine's time zone and language change no answer", () => {
    const script = fileURLToPath(new URL("../../support/answers-digest.ts", import.meta.url));
    const run = (TZ: string, LANG: string) =>
      execFileSync(process.execPath, [script], { encoding: "utf8", env: { ...process.env, TZ, LANG, LC_ALL: LANG } });
    const here = run("UTC", "C");
    expect(here.length).toBeGreaterThan(60);
    expect(run("Asia/Ho_Chi_Minh", "vi_VN.UTF-8")).toBe(here);
    expect(run("America/Los_Angeles", "tr_TR.UTF-8")).toBe(here);
  });

  it("I14: a unit by its old name or its new one, however it is spelt, is the same unit with the same answer", () => {
    const [before, after] = [createDirectory("2026-04-29")!, createDirectory("2026-05-01")!];
    const changed = before.listUnits({ province: "75" }).filter(({ code, kind }) => after.findUnit(code)?.kind !== kind);
    expect(changed.length).toBe(10);
    const read = (name: string, directory: typeof before) =>
      readGrant(
        {
          cells: {
            unit: name,
            from_position: "chu-tich",
            to_position: "chanh-van-phong",
            capacity: "TL",
            doc_types: "cong-van",
            from: "2025-07-10",
            basis_kind: "quy-che-lam-viec",
            basis_number: "01/QĐ-UBND",
            basis_date: "2025-07-10",
            clause: "Điều 7",
          },
          place: () => ({ file: "grants.csv" }),
        },
        { directory, choice: { province: "75", alsoUnits: [] }, zone: vietnamZone, grants: [], staffIds: new Set() },
      );
    fc.assert(
      fc.property(fc.constantFrom(...changed), fc.boolean(), fc.constantFrom("NFC", "NFD"), (old, isNew, form) => {
        const directory = isNew ? after : before;
        const now = directory.findUnit(old.code)!;
        const { grant, faults } = read(formatUnitName(now).normalize(form), directory);
        expect(faults).toEqual([]);
        expect(grant?.unit).toBe(old.code);
        const posts = makeFacts().posts.map((post) => ({ ...post, unit: old.code }));
        const facts = makeFacts({
          posts,
          grants: [{ ...makeGrant(), ...grant!, id: "g1" }],
          carriage: [],
          people: posts.map(({ staffId }) => makePerson(staffId)),
        });
        const asked = { staffId: "CB03", unit: old.code, docType: docType("cong-van"), at: base, asOf: base };
        expect(decideSigning(facts, asked)).toMatchObject({
          answer: "UNKNOWN",
          codes: ["EVID-NONE"],
          candidate: { capacity: "TL" },
        });
      }),
      { numRuns: 100 },
    );
  });
});
