import type { Board, BoardCell, BoardReason, BoardUnit } from "../../src/board/board.ts";
import { createDirectory } from "../../src/directory/directory.ts";
import type { Unit } from "../../src/directory/unit.ts";
import { readInstant, toIsoDate, vietnamZone } from "../../src/platform/time.ts";
import { dimensions, type Verdict } from "../../src/readiness/readiness.ts";
import { toUnitWords } from "../../src/reports/place-name.ts";

export const sampleAt = readInstant("2025-07-03T16:30", vietnamZone) as number;
const at = (text: string): number => readInstant(text, vietnamZone) as number;

export function reason(overrides: Partial<BoardReason> = {}): BoardReason {
  return {
    code: "DEL-NOT-CARRIED",
    inWords: {
      vi: "phần mềm văn bản chưa mang quyền ký của Chánh Văn phòng",
      en: "the document system does not carry the Chief of Office's right to sign",
    },
    owner: { vi: "quản trị phần mềm văn bản", en: "administrator of the document system" },
    weight: "obstacle",
    commands: ["wardctl delegate push --unit 19777"],
    article: { id: "quyen-ky-chua-co", title: { vi: "Phần mềm chưa mang quyền ký", en: "The system does not carry the right" } },
    ...overrides,
  };
}

const good: BoardCell = { verdict: "go", reasons: [] };

/** A unit with these cells; everything else is in order. */
export function sampleUnit(unit: Unit, cells: Partial<BoardUnit["cells"]> = {}): BoardUnit {
  const all = Object.fromEntries(dimensions.map((dimension) => [dimension, cells[dimension] ?? good])) as BoardUnit["cells"];
  const verdicts: readonly Verdict[] = dimensions.map((dimension) => all[dimension].verdict);
  const dimension =
    dimensions.find((name) => all[name].verdict === "no-go") ?? dimensions.find((name) => all[name].verdict !== "go");
  const first = dimension && all[dimension].reasons[0];
  return {
    code: unit.code,
    name: toUnitWords(unit),
    verdict: verdicts.includes("no-go") ? "no-go" : verdicts.includes("unknown") ? "unknown" : "go",
    since: at("2025-07-02T08:00"),
    cells: all,
    first: first && dimension ? { ...first, dimension } : undefined,
  };
}

/** Units of a province, of which so many are not ready and so many not known. */
export function sampleUnits(province: string, notReady: number, unknown: number): readonly BoardUnit[] {
  const units = createDirectory("2025-07-03")?.listUnits({ province }) ?? [];
  return units.map((unit, index) => {
    if (index < notReady) {
      return sampleUnit(unit, {
        signing: { verdict: "no-go", reasons: [reason({ commands: [`wardctl delegate push --unit ${unit.code}`] })] },
        ...(index % 2 === 1
          ? {
              departments: {
                verdict: "no-go",
                reasons: [
                  reason({
                    code: "ACC-UNIT-MISSING",
                    inWords: { vi: "3 phòng ban chưa có tài khoản văn bản", en: "3 departments have no document account" },
                    commands: ["wardctl provision plan roster.csv --save plan.json", "wardctl provision apply plan.json"],
                  }),
                ],
              },
            }
          : {}),
      });
    }
    if (index < notReady + unknown) {
      return sampleUnit(unit, {
        records: {
          verdict: "unknown",
          reasons: [
            reason({
              code: "SYNC-LAG",
              weight: "unknown",
              inWords: { vi: "chưa gửi số liệu lần nào", en: "never sent any figures" },
              owner: { vi: "đơn vị", en: "the unit" },
              commands: ["wardctl sync"],
            }),
          ],
        },
      });
    }
    return sampleUnit(unit);
  });
}

export function sampleBoard(overrides: Partial<Board> = {}): Board {
  const units = overrides.units ?? sampleUnits("46", 2, 2);
  const start = at("2025-07-03");
  const perHour = [0, 0, 0, 0, 0, 0, 2, 96, 310, 421, 402, 180, 90, 233, 301, 190, 31];
  const hours = perHour.map((received, hour) => ({
    start: start + hour * 3_600_000,
    received,
    resolved: Math.round(received * 0.42),
  }));
  let [received, resolved] = [0, 0];
  return {
    city: "Thành phố Huế",
    at: sampleAt,
    units,
    counts: {
      state: "known",
      value: {
        total: {
          carriedOver: 120,
          received: { total: 2256, online: 1800, direct: 400, post: 56 },
          reopened: 0,
          resolved: { total: 947, early: 900, onTime: 40, late: 7 },
          inProgress: { total: 1300, within: 1288, overdue: 12 },
          paused: { total: 20, supplement: 10, fee: 8, stopped: 2, overdue: 1 },
          returned: { total: 5, withdrawn: 2, rejectedInBase: 3 },
          pendingIntake: 30,
          refusedAtIntake: 4,
          resultHandedOver: 800,
        },
        reporting: units.length - 2,
        expected: units.length,
        hours: hours.map((hour) => {
          received += hour.received;
          resolved += hour.resolved;
          return { start: hour.start, received, resolved };
        }),
        silent: units.slice(2, 4).map(({ code, name }, index) => ({
          code,
          name,
          state: index === 0 ? "silent" : "stale",
          lastDeliveryAt: index === 0 ? undefined : at("2025-07-02T16:20"),
        })),
        expectsDossiers: true,
      },
    },
    health: {
      state: "known",
      value: {
        at: at("2025-07-03T16:21"),
        endpoints: { pass: 196, fail: 4, unknown: 0, untested: 0 },
        failing: units.slice(0, 4).map(({ name }) => ({ unit: name, systems: ["documents"] })),
        causes: [
          {
            inWords: { vi: "đường truyền VNPT ở 4 đơn vị không thông", en: "VNPT's lines to 4 units are down" },
            affected: 4,
            owner: { vi: "nhà mạng VNPT", en: "carrier VNPT" },
          },
        ],
      },
    },
    difficulties: {
      state: "known",
      value: [
        {
          id: "VM-3",
          title: { vi: "Chưa thu được phí trực tuyến", en: "Fees cannot be collected online" },
          units: units.slice(0, 5).map(({ name }) => name),
          owner: { vi: "Sở KH&CN", en: "Department of Science and Technology" },
          deadline: at("2025-07-03T12:00"),
          isOverdue: true,
        },
        {
          id: "VM-4",
          title: { vi: "Máy quét hồ sơ hỏng", en: "The scanner is broken" },
          units: [],
          owner: undefined,
          deadline: undefined,
          isOverdue: false,
        },
      ],
    },
    trend: {
      opening: undefined,
      daysLeft: undefined,
      days: [8, 14, 19, 25, 30, 36, 36].map((go, index) => ({
        date: toIsoDate(start - (6 - index) * 86_400_000, vietnamZone),
        go,
        noGo: units.length - go,
        unknown: 0,
      })),
    },
    ...overrides,
  };
}
