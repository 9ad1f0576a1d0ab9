import { describe, expect, it } from "vitest";
import { type Attestation, judgeAttestations, type KeptAccount, toNextYear } from "../../../src/provision/attestation.ts";

const kept = (key: string, since = "2025-07-03", unit = key.slice(0, 5)): KeptAccount => ({
  key,
  name: key,
  unit,
  owner: "CB1",
  systems: ["documents"],
  since,
});
const attested = (key: string, at: string): [string, Attestation] => [
  key,
  { key, at: `${at}T10:00:00+07:00`, owner: "CB1", actor: "Lan", note: undefined },
];
const judge = (
  today: string,
  { last = [], merged = [] }: { last?: [string, Attestation][]; merged?: [string, string][] } = {},
): string[] =>
  judgeAttestations({
    accounts: [kept("27004/van-phong/unit"), kept("19777/van-phong/unit")],
    attested: new Map(last),
    merged: new Map(merged),
    today,
  })
    .filter(({ due }) => due)
    .map(({ key, why, reattestBy }) => `${key.slice(0, 5)} ${why} ${reattestBy}`);

describe("a functional account", () => {
  it("is due a year after wardctl first knew it, on the day itself and not before", () => {
    expect(judge("2026-07-02")).toEqual([]);
    expect(judge("2026-07-03")).toEqual(["19777 yearly 2026-07-03", "27004 yearly 2026-07-03"]);
  });

  it("is due a year after it was last attested", () => {
    expect(judge("2026-07-03", { last: [attested("27004/van-phong/unit", "2026-01-15")] })).toEqual(["19777 yearly 2026-07-03"]);
    expect(judge("2027-01-15", { last: [attested("27004/van-phong/unit", "2026-01-15")] })).toContain("27004 yearly 2027-01-15");
  });

  it("is due when another unit merged into its own, until it was attested after that day", () => {
    const merged: [string, string][] = [["27004", "2026-01-01"]];
    expect(judge("2025-12-31", { merged })).toEqual([]);
    expect(judge("2026-01-01", { merged })).toEqual(["27004 merged 2026-01-01"]);
    expect(judge("2026-01-05", { merged, last: [attested("27004/van-phong/unit", "2026-01-04")] })).toEqual([]);
    // Attested before the merger: that was another account's word.
    expect(judge("2026-01-05", { merged, last: [attested("27004/van-phong/unit", "2025-12-04")] })).toHaveLength(1);
    // Known only since the merger turned it into the new unit's.
    expect(judge("2025-07-05", { merged: [["27004", "2025-07-01"]] })).toEqual(["27004 merged 2025-07-01"]);
  });

  it("whose day is 29 February is due on 28 February", () => {
    expect([toNextYear("2028-02-29"), toNextYear("2027-02-28"), toNextYear("2025-12-31")]).toEqual([
      "2029-02-28",
      "2028-02-28",
      "2026-12-31",
    ]);
  });
});
