import { createDirectory } from "../directory/directory.ts";
import type { Unit } from "../directory/unit.ts";
import type { Instant } from "../platform/clock.ts";
import { createRandom, type Random } from "../platform/random.ts";
import { toInstant, vietnamZone } from "../platform/time.ts";
import { createLife, type DossierStep } from "./dossier-life.ts";
import { type CityProcedure, cityProcedures } from "./procedures.ts";

/** One dossier of the city with its whole life; what is seen at an instant is cut off there. */
export interface CityDossier {
  readonly code: string;
  readonly unit: string;
  readonly procedure: CityProcedure;
  /** The national codes: 1 at the desk, 2 online, 3 by post. */
  readonly channel: 1 | 2 | 3;
  readonly due: Instant;
  /** In order of time. */
  readonly steps: readonly DossierStep[];
  /** What a real system holds too, and what must never reach a cache. Made up. */
  readonly applicant: { readonly name: string; readonly id: string; readonly phone: string; readonly address: string };
}

const hourMs = 3_600_000;
export const openingDays = [3, 4, 7, 8, 9, 10, 11].map((day) => at(day, 0));

// Huế on 3 July 2025 at 10:00, as the press told it (domain.md §12): 40 centres, 1,283 received, 382 resolved; Phú Xuân and Quảng Điền
// 151 received each, the most; Quảng Điền 61 and Hương An 36 resolved, the most. Everything else about the dossiers is made up.
const publishedAt = at(3, 10);
const published = { received: 1283, resolved: 382 };
const busiest = 151;
const receivedAtTen: Readonly<Record<string, number>> = { "19753": busiest, "19867": busiest };
const resolvedAtTen: Readonly<Record<string, number>> = { "19867": 61, "19804": 36 };

/** The dossiers of Huế's units from the morning of 3 July 2025 to the day of `until`, from the seed alone. */
export function planDossiers(seed: string, until: Instant): CityDossier[] {
  const units = createDirectory("2025-07-03")?.listUnits({ province: "46" }) ?? [];
  const mornings = planFirstMorning(units, createRandom(`${seed}/dossiers/shares`));
  return units.flatMap((unit, index) => {
    const own = createRandom(`${seed}/dossiers/${unit.code}`);
    const morning = mornings.get(unit.code) as Morning;
    return openingDays
      .filter((day) => day <= until)
      .flatMap((day, dayIndex) => {
        const random = own.fork(String(day));
        const drafts =
          dayIndex === 0
            ? [...planMorning(morning, random), ...planHours(Math.round(morning.received * 0.8), day + 10 * hourMs, day, random)]
            : planHours(Math.round(morning.received * (1.4 + random.next() * 0.6)), day + 7 * hourMs, day, random);
        return number(drafts, unit, `H57.${101 + index}`, random);
      });
  });
}

interface Morning {
  readonly received: number;
  readonly resolved: number;
}

/** Shares the published totals out over the units: each a few, nobody as many as the two busiest. */
function planFirstMorning(units: readonly Unit[], random: Random): Map<string, Morning> {
  const weights = new Map(units.map((unit) => [unit.code, (unit.kind === "phuong" ? 1.6 : 1) * (0.5 + random.next())]));
  const received = shareOut(published.received, weights, receivedAtTen, (code) => ({
    // Whoever resolved 36 had received more.
    least: Math.max(6, Math.ceil((resolvedAtTen[code] ?? 0) * 1.4)),
    most: busiest - 1,
  }));
  const fewest = Math.min(...Object.values(resolvedAtTen));
  const resolved = shareOut(published.resolved, received, resolvedAtTen, (code) => ({
    least: 0,
    most: Math.min(fewest - 1, Math.floor((received.get(code) as number) * 0.45)),
  }));
  return new Map(
    units.map(({ code }) => [code, { received: received.get(code) as number, resolved: resolved.get(code) as number }]),
  );
}

/** Whole shares in proportion to the weights that come to the total exactly (Sainte-Laguë), within each one's bounds. */
function shareOut(
  total: number,
  weights: ReadonlyMap<string, number>,
  fixed: Readonly<Record<string, number>>,
  bounds: (code: string) => { readonly least: number; readonly most: number },
): Map<string, number> {
  const shares = new Map([...weights.keys()].map((code) => [code, fixed[code] ?? bounds(code).least]));
  let left = total - [...shares.values()].reduce((sum, share) => sum + share, 0);
  for (; left > 0; left--) {
    let best: string | undefined;
    let bestClaim = -1;
    for (const [code, share] of shares) {
      const claim = (weights.get(code) as number) / (2 * share + 1);
      if (code in fixed || share >= bounds(code).most || claim <= bestClaim) continue;
      best = code;
      bestClaim = claim;
    }
    if (best === undefined) throw new Error("the bounds leave no room for the total");
    shares.set(best, (shares.get(best) as number) + 1);
  }
  return shares;
}

type Draft = Omit<CityDossier, "code" | "unit" | "applicant">;

function planMorning({ received, resolved }: Morning, random: Random): Draft[] {
  const day = at(3, 0);
  return Array.from({ length: received }, (_, index) => {
    const quick = index < resolved;
    const procedure = pickProcedure(random, quick);
    const receivedAt = day + 7 * hourMs + random.integer(quick ? 2.2 * 3600 : 2.9 * 3600) * 1000;
    return draft(procedure, receivedAt, day, random, quick ? { resolvedBefore: publishedAt } : { openUntil: publishedAt });
  });
}

/** Dossiers received between an hour and a quarter to five, with the noon break left out, and some that never got past intake. */
function planHours(count: number, from: Instant, day: Instant, random: Random): Draft[] {
  return Array.from({ length: count }, () => {
    const hours: [Instant, Instant][] = [
      [from, day + 11.5 * hourMs],
      [day + 13.5 * hourMs, day + 16.75 * hourMs],
    ];
    const [start, end] = hours[random.next() < 0.45 ? 0 : 1] as [Instant, Instant];
    const receivedAt = start + 1000 + random.integer((end - start) / 1000 - 2) * 1000;
    return draft(pickProcedure(random, false), receivedAt, day, random, {});
  });
}

function draft(
  procedure: CityProcedure,
  receivedAt: Instant,
  day: Instant,
  random: Random,
  bounds: { readonly resolvedBefore?: Instant; readonly openUntil?: Instant },
): Draft {
  const online = random.integer(100) < procedure.online;
  const channel = online ? 2 : random.integer(100) < 4 ? 3 : 1;
  return { procedure, channel, ...createLife({ procedure, channel, receivedAt, day, days: openingDays, random, ...bounds }) };
}

function pickProcedure(random: Random, sameDay: boolean): CityProcedure {
  const open = cityProcedures.filter(({ days }) => !sameDay || days === 0);
  let draw = random.integer(open.reduce((sum, { share }) => sum + share, 0));
  return open.find(({ share }) => {
    draw -= share;
    return draw < 0;
  }) as CityProcedure;
}

const surnames = ["Nguyễn", "Trần", "Lê", "Hoàng", "Phan", "Hồ", "Tôn Nữ", "Đặng"];
const givenNames = ["Văn Hòa", "Thị Mai", "Quốc Bảo", "Thị Hạnh", "Minh Tâm", "Ngọc Ánh", "Đình Lộc", "Thị Diệu"];
const streets = ["Lê Lợi", "Nguyễn Huệ", "Trần Hưng Đạo", "Bà Triệu", "Chi Lăng"];

/** Numbers a unit's day in the order in which its dossiers came in, as the counter does. */
function number(drafts: readonly Draft[], unit: Unit, agency: string, random: Random): CityDossier[] {
  return [...drafts]
    .sort((a, b) => (a.steps[0] as DossierStep).at - (b.steps[0] as DossierStep).at)
    .map((draft, index) => {
      const local = new Date((draft.steps[0] as DossierStep).at + vietnamZone.offsetMinutes * 60_000).toISOString();
      return {
        ...draft,
        code: `${agency}-${local.slice(2, 10).replaceAll("-", "")}-${String(index + 1).padStart(4, "0")}`,
        unit: unit.code,
        applicant: {
          name: `${random.pick(surnames)} ${random.pick(givenNames)}`,
          id: `046${String(random.integer(1_000_000_000)).padStart(9, "0")}`,
          phone: `09${String(random.integer(100_000_000)).padStart(8, "0")}`,
          address: `${1 + random.integer(200)} ${random.pick(streets)}, ${unit.name}`,
        },
      };
    });
}

function at(day: number, hour: number): Instant {
  return toInstant({ year: 2025, month: 7, day, hour }, vietnamZone) as Instant;
}
