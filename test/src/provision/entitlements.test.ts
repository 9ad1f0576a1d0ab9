import { describe, expect, it } from "vitest";
import { defaultDepartments } from "../../../src/directory/department.ts";
import { defaultPositions } from "../../../src/directory/position.ts";
import { assertEntitlements, type KnownTerms } from "../../../src/provision/check-entitlements.ts";
import { type Entitlements, listForbidden, listGrants, noEntitlements } from "../../../src/provision/entitlements.ts";

const systems = ["documents", "dossiers", "video"];
const rules: Entitlements = {
  classes: { cong_chuc: { documents: {} } },
  positions: {
    "van-thu": { systems: { dossiers: {} }, forbidWith: ["truong-phong"] },
    "truong-phong": { systems: { video: {} }, forbidWith: [] },
  },
  additions: [{ staffId: "CB1", system: "video", reason: "trực hội nghị", until: "2025-07-10" }],
  denials: [{ staffId: "CB2", system: "documents", reason: "đang xem xét" }],
};
const known: KnownTerms = { positions: defaultPositions, departments: defaultDepartments, systems };
const clerk = { staffId: "CB0", staffClass: "cong_chuc", positions: ["van-thu"], systems, today: "2025-07-03" } as const;

const granted = (request: Parameters<typeof listGrants>[0], by = rules): string[] =>
  listGrants(request, by).flatMap((grant) => (grant.granted ? [`${grant.system} ← ${grant.source}`] : []));

describe("who gets which system", () => {
  it("is class base ∪ positions ∪ additions − denials, each with its source", () => {
    expect(granted(clerk)).toEqual(["documents ← class cong_chuc", "dossiers ← position van-thu"]);
    expect(granted({ ...clerk, positions: ["van-thu", "truong-phong"] })).toContain("video ← position truong-phong");
    expect(granted({ ...clerk, staffId: "CB1" })).toContain("video ← addition: trực hội nghị");
    expect(granted({ ...clerk, staffId: "CB2" })).toEqual(["dossiers ← position van-thu"]);
    expect(listGrants({ ...clerk, staffId: "CB2" }, rules)).toContainEqual({
      system: "documents",
      granted: false,
      source: "denial: đang xem xét",
    });
    expect(listGrants(clerk, rules)).toContainEqual({ system: "video", granted: false, source: "none" });
  });

  it("an addition holds to the end of its last day", () => {
    expect(granted({ ...clerk, staffId: "CB1", today: "2025-07-10" })).toHaveLength(3);
    expect(granted({ ...clerk, staffId: "CB1", today: "2025-07-11" })).toHaveLength(2);
  });

  it("takes nothing from those about whom no template says anything", () => {
    const other = { ...clerk, staffClass: "hop_dong", positions: ["chuyen-vien"] } as const;
    expect(granted(other)).toEqual(systems.map((system) => `${system} ← no template`));
    expect(granted(clerk, noEntitlements)).toHaveLength(3);
  });

  it("names positions that may not be held together, in whichever template it stands", () => {
    expect(listForbidden(["truong-phong", "van-thu"], rules)).toEqual(["truong-phong", "van-thu"]);
    expect(listForbidden(["van-thu"], rules)).toEqual([]);
  });

  it("refuses unknown positions and systems, all at once, with the nearest", () => {
    const bad: Entitlements = {
      ...rules,
      positions: { "van-thy": { systems: { documentz: {} }, forbidWith: ["truong-phonk"] } },
    };
    expect(() => assertEntitlements(rules, known)).not.toThrow();
    let faults: readonly { readonly value?: string; readonly message: { readonly en: string } }[] = [];
    try {
      assertEntitlements(bad, known);
    } catch (error) {
      faults = (error as { faults: typeof faults }).faults;
    }
    expect(faults.map(({ value }) => value)).toEqual(["van-thy", "documentz", "truong-phonk"]);
    expect(faults[0]?.message.en).toContain("van-thu");
  });
});
