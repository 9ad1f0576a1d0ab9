import fc from "fast-check";
import { expect, it } from "vitest";
import { compareState, readState } from "../../../src/delegation/compare-state.ts";
import type { Grant } from "../../../src/delegation/grant.ts";
import { toFlagText } from "../../../src/delegation/grant-columns.ts";
import { listGrantees } from "../../../src/delegation/grantees.ts";
import { readGrants } from "../../../src/delegation/read-grants.ts";
import { recordAbsence, recordReturn } from "../../../src/delegation/record-absence.ts";
import { approveGrant, revokeGrant, suspendGrant } from "../../../src/delegation/record-events.ts";
import { type Draft, recordGrants } from "../../../src/delegation/record-grants.ts";
import { replayLog } from "../../../src/delegation/replay-log.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import type { Post } from "../../../src/directory/person.ts";
import { toCanonicalJson } from "../../../src/platform/canonical-json.ts";
import { Failure } from "../../../src/platform/failure.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import { openSigningDesk, type SigningDesk } from "../../support/signing-desk.ts";
import { narrowingArbitrary } from "../../support/signing-parts.ts";
import { base, makeGrant, people, posts, unit } from "../../support/signing-world.ts";

const shapes = {
  kt: { capacity: "KT", to: { position: "pho-chu-tich" }, kind: "phan-cong" },
  tl: { capacity: "TL", to: { position: "chanh-van-phong", department: "van-phong" }, kind: "quy-che-lam-viec" },
  tuq: { capacity: "TUQ", to: { position: "chuyen-vien", department: "van-phong" }, kind: "quyet-dinh" },
} as const;

function makeDraft(shape: keyof typeof shapes, docTypes: number, person?: string): Draft {
  const { capacity, to, kind } = shapes[shape];
  const { id: _1, needsApproval: _2, ruleset: _3, recordedAt: _4, recordedBy: _5, ...rest } = makeGrant();
  const basis = { kind, number: "7/QĐ-UBND", date: base - 1000, clause: "Điều 7", legalBasis: "Luật 72/2025/QH15" };
  return { ...rest, capacity, to, docTypes, person, validTo: base + 1_000_000, basis };
}

const step = fc.oneof(
  fc.record({
    do: fc.constant("grant" as const),
    shape: fc.constantFrom("kt" as const, "tl" as const, "tuq" as const),
    docTypes: fc.integer({ min: 1, max: 255 }),
    narrowing: narrowingArbitrary,
    signedAt: fc.option(fc.integer({ min: -500, max: 500 }), { nil: undefined }),
  }),
  fc.record({
    do: fc.constantFrom("approve" as const, "revoke" as const, "suspend" as const),
    which: fc.integer({ min: 0, max: 9 }),
  }),
  fc.record({
    do: fc.constantFrom("away" as const, "back" as const),
    who: fc.constantFrom(people.head, people.chief),
    length: fc.integer({ min: 1, max: 500 }),
    covered: fc.boolean(),
  }),
);

/** What a person would do; what is refused changes nothing, and is nothing to worry about here. */
async function play(
  world: SigningDesk,
  steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[],
): Promise<void> {
  for (const [at, each] of steps.entries()) {
    const desk = world.at(at % 2 === 0 ? "an" : "binh", at);
    const grants = await desk.store.listGrants();
    const chosen = "which" in each ? grants[each.which % Math.max(1, grants.length)] : undefined;
    try {
      if (each.do === "grant") {
        const draft = makeDraft(each.shape, each.docTypes);
        const signedAt = each.signedAt === undefined ? undefined : draft.basis.date! + each.signedAt;
        const basis = { ...draft.basis, signedAt, sha256: signedAt === undefined ? undefined : "ab".repeat(32) };
        await recordGrants(desk, [{ ...draft, narrowing: each.narrowing, basis }]);
      } else if (each.do === "approve" && chosen) await approveGrant(desk, chosen.id);
      else if (each.do === "revoke" && chosen) await revokeGrant(desk, chosen.id, base + at, "QĐ 8");
      else if (each.do === "suspend" && chosen) {
        await suspendGrant(desk, chosen.id, { from: base + at, to: at % 3 === 0 ? undefined : base + at + 50, reason: "TB 9" });
      } else if (each.do === "away") {
        const cover = each.covered
          ? { staffId: people.deputy, name: "Tên", grant: makeDraft("kt", 3, people.deputy) }
          : undefined;
        const name = `Tên ${each.who}`;
        await recordAbsence(desk, {
          staffId: each.who,
          name,
          from: base + at,
          to: base + at + each.length,
          reason: "đi họp",
          cover,
        });
      } else if (each.do === "back") await recordReturn(desk, { staffId: each.who, name: "Tên", at: base + at });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
}

it("I20: replaying the log gives the tables again, byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const world = await openSigningDesk();
      await play(world, steps);
      const { store } = world.at("an");
      const [grants, events, absences, returns] = [
        await store.listGrants(),
        await store.listEvents(),
        await store.listAbsences(),
        await store.listReturns(),
      ];
      const replayed = replayLog(await world.audit.list(), vietnamZone);
      const byId = (a: Grant, b: Grant): number => (a.unit + a.id < b.unit + b.id ? -1 : 1);
      const bytes = (state: object): Promise<string> => toCanonicalJson(JSON.parse(JSON.stringify(state)));
      expect(await bytes({ ...replayed, grants: [...replayed.grants].sort(byId) })).toBe(
        await bytes({ grants, events, absences, returns }),
      );
      const verdict = await compareState(await world.audit.list(), await readState(store), vietnamZone);
      expect(verdict).toMatchObject({ differences: [], unreadable: [], storedSha256: verdict.loggedSha256 });
      await world.database.close();
    }),
    { numRuns: 40 },
  );
});

it("I7: nobody records, approves or extends a right of their own, by staff id or by name", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("kt" as const, "tl" as const, "tuq" as const),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      fc.boolean(),
      async (shape, docTypes, byName, narrowed) => {
        const world = await openSigningDesk();
        const holder = { kt: people.deputy, tl: people.chief, tuq: people.officer }[shape];
        const own = byName ? `Tên ${holder}` : holder;
        const draft = makeDraft(shape, docTypes, narrowed ? holder : undefined);
        expect(await listGrantees(world.at("an"), draft)).toContain(own);
        await expect(recordGrants(world.at(own), [draft])).rejects.toMatchObject({ kind: "unsafe" });
        const { recorded } = await recordGrants(world.at("an"), [draft]);
        // Extending is a new grant that begins where the old one ends.
        const longer = { ...draft, validFrom: draft.validTo!, validTo: draft.validTo! + 1000 };
        await expect(recordGrants(world.at(own), [longer])).rejects.toMatchObject({ kind: "unsafe" });
        if (shape === "tuq") await expect(approveGrant(world.at(own), recorded[0]!.id)).rejects.toMatchObject({ kind: "unsafe" });
        expect(await world.at("an").store.listGrants()).toHaveLength(1);
        await world.database.close();
      },
    ),
    { numRuns: 12 },
  );
});

it("records an absence with who stands in, both names in one record, and ends the cover when somebody is back", async () => {
  const world = await openSigningDesk();
  const cover = { staffId: people.deputy, name: "Tên CB02", grant: makeDraft("kt", 3, people.deputy) };
  const request = { staffId: people.head, name: "Tên CB01", from: base, to: base + 1000, cover };
  const { absence, grant } = await recordAbsence(world.at("an"), request);
  expect(absence.cover).toEqual({ staffId: people.deputy, grantId: grant!.id });
  expect((await recordAbsence(world.at("an"), request)).isSame).toBe(true);
  const records = await world.audit.list();
  expect(records.filter(({ action }) => action === "delegate.absence")).toMatchObject([
    { subject: people.head, detail: { name: "Tên CB01", cover: people.deputy, coverName: "Tên CB02", grant: grant!.id } },
  ]);
  await recordReturn(world.at("an", 500), { staffId: people.head, name: "Tên CB01", at: base + 500 });
  const { store } = world.at("an");
  expect(await store.listEvents()).toMatchObject([{ grantId: grant!.id, kind: "revoked", at: base + 500 }]);
  await expect(recordReturn(world.at("an", 600), { staffId: people.head, name: "x", at: base + 600 })).rejects.toMatchObject({
    kind: "invalid",
  });
  await expect(recordAbsence(world.at(people.deputy), { ...request, from: base + 2000, to: base + 3000 })).rejects.toMatchObject({
    kind: "unsafe",
  });
  await world.database.close();
});

it("C7: refuses a paper of a day on which nobody held the post that gives, and takes it where that is not known", async () => {
  const others = posts.filter(({ position }) => position !== "chu-tich");
  const left = { staffId: people.head, unit, position: "chu-tich", from: "2025-07-01", to: "2025-11-01" };
  const read = async (known: readonly Post[], date: string) => {
    const world = await openSigningDesk(known);
    const cells = {
      unit,
      from_position: "chu-tich",
      to_position: "chanh-van-phong",
      capacity: "TL",
      doc_types: "cong-van",
      from: date,
      basis_kind: "quy-che-lam-viec",
      basis_number: "01/QĐ-UBND",
      basis_date: date,
      clause: "Điều 7",
    };
    const place = { directory: createDirectory("2025-12-02")!, choice: { province: "79", alsoUnits: [] } };
    const [one] = await readGrants(world.at("an"), [toFlagText(cells)], place);
    await world.database.close();
    return one!.faults.map(({ file, message }) => [file, message.vi]);
  };
  expect(await read([...others, left], "2025-10-31")).toEqual([]);
  expect(await read([...others, left], "2025-11-01")).toEqual([
    ["--basis-date", expect.stringContaining("ngày 01/11/2025 không có ai giữ chức vụ Chủ tịch UBND")],
  ]);
  expect(await read(others, "2025-11-01")).toEqual([]);
});

it("keeps absences and returns insert-only in the engine itself", async () => {
  const world = await openSigningDesk();
  await recordAbsence(world.at("an"), { staffId: people.head, name: "Tên", from: base, to: base + 1 });
  for (const statement of ["UPDATE delegation_absence SET away_to = 0", "DELETE FROM delegation_absence"]) {
    await expect(world.database.run(statement)).rejects.toThrow("insert-only");
  }
  await world.database.close();
});
