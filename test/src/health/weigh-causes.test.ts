import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passed } from "../../../src/health/observation.ts";
import { signatures } from "../../../src/health/reason.ts";
import { toRiskGroups } from "../../../src/health/risk-groups.ts";
import { weighCauses } from "../../../src/health/weigh-causes.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { makeEndpoints } from "./scenarios.ts";

const desk = makeEndpoints(createRandom("desk"), 1, 6);
const groups = toRiskGroups(desk);
const refused = signatures.indexOf("tcp_refused");
const unit = desk[0]!.unit;
const observed = Int8Array.from(desk, (endpoint) => (endpoint.unit === unit ? refused : passed));

describe("the weighing of causes", () => {
  it("puts the line of the one unit that fails first", () => {
    const { causes, none, marginNats } = weighCauses(observed, groups);
    expect(causes[0]).toMatchObject({ kind: "ward", id: unit });
    expect(causes.reduce((sum, { odds }) => sum + odds, none)).toBeCloseTo(1, 9);
    expect(marginNats).toBeGreaterThan(0);
  });

  it("lets extra evidence tell apart what no probe can", () => {
    const all = desk.map(() => refused);
    const province = { kind: "province", id: "P0" } as const;
    const before = weighCauses(Int8Array.from(all), groups);
    const after = weighCauses(Int8Array.from(all), groups, [{ cause: province, logLikelihood: 6 }]);
    const oddsOf = ({ causes }: typeof before): number => causes.find(({ kind }) => kind === "province")!.odds;
    expect(after.causes[0]).toMatchObject(province);
    expect(oddsOf(after)).toBeGreaterThan(oddsOf(before));
  });

  it("moves the odds of two causes against each other by just what the evidence says", () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (logLikelihood) => {
        const all = Int8Array.from(desk, () => refused);
        const ratio = ({ causes }: ReturnType<typeof weighCauses>): number =>
          Math.log(causes.find(({ kind }) => kind === "province")!.odds / causes.find(({ kind }) => kind === "local")!.odds);
        const extra = [{ cause: { kind: "province", id: "P0" } as const, logLikelihood }];
        expect(ratio(weighCauses(all, groups, extra))).toBeCloseTo(ratio(weighCauses(all, groups)) + logLikelihood, 6);
      }),
    );
  });

  it("weighs a cause that no probe speaks for where something else does", () => {
    const healthy = Int8Array.from(desk, () => passed);
    const cause = { kind: "ward", id: unit } as const;
    expect(weighCauses(healthy, groups).causes).toEqual([]);
    const [only] = weighCauses(healthy, groups, [{ cause, logLikelihood: 2 }]).causes;
    expect(only).toMatchObject(cause);
  });
});
