import { describe, expect, it } from "vitest";
import type { Endpoint } from "../../../src/health/endpoint.ts";
import type { Episode } from "../../../src/health/episodes.ts";
import { explainResults } from "../../../src/health/explain-results.ts";
import { gatherPack } from "../../../src/health/pack/evidence-pack.ts";
import { findSubject, listSubjects } from "../../../src/health/pack/find-subject.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { type Reason, reasons } from "../../../src/health/reason.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { verbatim } from "../../../src/platform/words.ts";
import { makeEndpoints } from "./scenarios.ts";

const at = Date.UTC(2025, 6, 3, 9, 30);
const names = { unit: verbatim, province: (label: string) => label };
const endpoints = makeEndpoints(createRandom("pack"), 2, 12);
const isBad = ({ carrier, province }: Endpoint): boolean => carrier === "VNPT" && province === "P0";
const phases = { nameMs: 3, connectMs: 20, tlsMs: 30, firstByteMs: 40 };

function probe({ id, unit, system }: Endpoint, reason?: Reason, changes: Partial<ProbeResult> = {}): ProbeResult {
  const verdict = reason ? { state: "fail" as const, reason, layer: reasons[reason].layer } : { state: "pass" as const };
  const rest = { hard: reason !== undefined, attempts: reason ? 3 : 1, totalMs: 90, phases, loopLagMs: 2, comparable: true };
  return { at, endpoint: id, unit, system, ...verdict, ...rest, ...changes };
}

const worked = endpoints.find(({ province, carrier }) => province === "P1" && carrier === "Viettel") as Endpoint;
const results = endpoints.map((one) => {
  if (isBad(one)) return probe(one, "net.timeout", { phases: { nameMs: 3, connectMs: 3_000 }, loopLagMs: 7.5 });
  if (one === worked) return probe(one, "net.refused", { maintenance: true });
  // Another cause above the network: the line to it is open.
  return one.system === "dossiers" ? probe(one, "tls.expired") : probe(one);
});
const head = { at, scope: "all", skewMs: 120, local: [] } as const;
const scene = { head, results, endpoints, explained: explainResults(endpoints, results, names) };
const subject = findSubject("carprov:VNPT/P0", { ...scene, episodes: [] });
const pack = gatherPack(subject as NonNullable<typeof subject>, scene);
const bad = endpoints.filter(isBad);

/** Counted again from the inventory alone. */
function count(test: (one: Endpoint) => boolean) {
  const own = endpoints.filter((one) => test(one) && !isBad(one) && one !== worked);
  return { through: own.length, stopped: 0 };
}

describe("a pack of evidence", () => {
  it("holds every endpoint that the cause explains, and how far each came", () => {
    expect(pack.affected.map(({ endpoint }) => endpoint.id).sort()).toEqual(bad.map(({ id }) => id).sort());
    expect(pack.layers).toEqual([
      { layer: "name", passed: bad.length, failed: 0, reasons: [], medianMs: 3 },
      { layer: "network", passed: 0, failed: bad.length, reasons: [["net.timeout", bad.length]], medianMs: undefined },
    ]);
    expect(pack).toMatchObject({ layer: "network", carriers: ["VNPT"], provinces: ["P0"], longestLagMs: 7.5 });
  });

  it("counts as controls what came through the failing layer elsewhere, planned work left out", () => {
    const controls = Object.fromEntries(pack.controls.map(({ kind, through, stopped }) => [kind, { through, stopped }]));
    expect(controls).toEqual({
      "same-carrier": count(({ carrier }) => carrier === "VNPT"),
      "other-carriers": count(({ carrier, province }) => carrier !== "VNPT" && province === "P0"),
      "same-systems": count(() => true),
    });
    for (const { examples } of pack.controls) {
      expect(new Set(examples.map((id) => id.split("/")[0])).size).toBe(3);
      expect(examples.every((id) => results.find(({ endpoint }) => endpoint === id)?.state === "pass")).toBe(true);
    }
  });

  it("does not hide a control that fails in the same way", () => {
    const other = endpoints.find(({ carrier, province }) => carrier === "Viettel" && province === "P0") as Endpoint;
    const changed = results.map((result) => (result.endpoint === other.id ? probe(other, "net.timeout") : result));
    const found = gatherPack(pack.subject, { ...scene, results: changed }).controls.find(({ kind }) => kind === "other-carriers");
    expect(found?.stopped).toBe(1);
  });

  it("has for its raw lines what it speaks of and nothing else", () => {
    const spoken = new Set(endpoints.filter((one) => one !== worked).map(({ id }) => id));
    expect(pack.lines.every(({ endpoint }) => spoken.has(endpoint))).toBe(true);
    expect(bad.every(({ id }) => pack.lines.some(({ endpoint }) => endpoint === id))).toBe(true);
  });
});

describe("what a pack is asked for by", () => {
  const episode: Episode = {
    key: 7,
    kind: "carprov",
    id: "VNPT/P0",
    names: ["carprov VNPT/P0"],
    reason: "net.timeout",
    openedAt: at - 600_000,
    confirmedAt: at,
    reopened: 0,
    endpoints: new Map(bad.map(({ id }) => [id, { from: at - 600_000 }])),
    inWords: verbatim("x"),
    owner: verbatim("VNPT"),
  };
  const asked = { ...scene, episodes: [episode] };

  it.each([
    ["carprov:VNPT/P0", "cause"],
    ["VNPT/P0", "cause"],
    ["#7", "incident"],
    ["7", "incident"],
  ])("%s is the same cause", (text, kind) => {
    const found = findSubject(text, asked);
    expect(found).toMatchObject({ kind, incident: { key: 7 } });
    expect([...(found?.affected ?? [])].sort()).toEqual(bad.map(({ id }) => id).sort());
    expect(found?.cause?.cause.id).toBe("VNPT/P0");
  });

  it("a unit's code is that unit alone, and an unknown name gets what is near", () => {
    const { unit } = bad[0] as Endpoint;
    expect(findSubject(unit, asked)).toMatchObject({ kind: "unit", name: unit, cause: { cause: { id: "VNPT/P0" } } });
    expect(findSubject(unit, asked)?.affected).toHaveLength(5);
    expect(findSubject("VNPT/P9", asked)).toBeUndefined();
    expect(listSubjects("VNPT/P9", asked)[0]).toBe("VNPT/P0");
    expect(listSubjects("nobody", asked)).toEqual(expect.arrayContaining(["carprov:VNPT/P0", "#7"]));
  });
});
