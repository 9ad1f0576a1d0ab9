import { docTypes, findDocType } from "../../src/delegation/doc-types.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { type Gap, isIn, listGaps } from "../../src/delegation/gaps.ts";
import { findPart, type Part } from "../../src/delegation/scope.ts";
import { sweepUnit } from "../../src/delegation/sweep-parts.ts";
import { scanHourly, scanPrepared } from "../support/hourly-scan.ts";
import { type Country, makeCountry } from "../support/signing-country.ts";
import { type Bench, median } from "./bench.ts";

const hourMs = 3_600_000;
const days = 30;

function time<T>(work: () => T): { readonly ms: number; readonly result: T } {
  const start = performance.now();
  const result = work();
  return { ms: performance.now() - start, result };
}

/** Hours at which the two disagree: what is swept must say at every whole hour what the scan found there. */
function countMisses(gaps: readonly Gap[], scanned: readonly Uint8Array[], units: readonly string[], start: number): number {
  const rows = Map.groupBy(gaps, ({ unit }) => unit);
  const place = new Map(docTypes.map(({ key }, bit) => [key, bit]));
  let misses = 0;
  for (const [at, unit] of units.entries()) {
    const swept = new Uint8Array((scanned[at] as Uint8Array).length).fill(2);
    for (const gap of rows.get(unit) ?? []) {
      const first = Math.ceil((gap.from - start) / hourMs);
      const last = Math.min(Math.ceil((gap.to - start) / hourMs), days * 24);
      for (let hour = first; hour < last; hour++) {
        swept[hour * docTypes.length + (place.get(gap.docType) as number)] = gap.class === "single" ? 1 : 0;
      }
    }
    for (const [cell, count] of swept.entries()) if (count !== (scanned[at] as Uint8Array)[cell]) misses++;
  }
  return misses;
}

/** A country in which rights are limited to departments and procedures, held against the scan of some parts of some units. */
function sweepLimited(quick: boolean): { readonly ms: number; readonly rows: number; readonly misses: number } {
  const { units, facts, start } = makeCountry({ limited: 10 });
  const horizon = { from: start, to: start + days * 24 * hourMs };
  const sweepAll = (): Gap[] => listGaps(createRegister(facts, start, start), units, horizon);
  sweepAll();
  const swept = Array.from({ length: quick ? 1 : 3 }, () => time(sweepAll));
  const gaps = swept[0]?.result ?? [];
  const register = createRegister(facts, start, start);
  const scanned = units.filter((_, at) => at % (quick ? 400 : 60) === 0);
  let misses = 0;
  const asked: readonly Part[] = [
    {},
    { department: "kinh-te" },
    { procedure: "ho-tich" },
    { department: "van-phong", procedure: "dat-dai" },
  ];
  for (const part of asked) {
    for (const unit of scanned) {
      const { parts } = sweepUnit(register, unit, horizon);
      // Types that are not of procedures are asked about without one.
      const isOf = (gap: Gap): boolean => {
        const sought = findDocType(gap.docType)?.procedural ? part : { department: part.department };
        return gap.unit === unit && (!gap.part || isIn(findPart(parts, sought, register.tree), gap.part));
      };
      const scan = scanHourly(register, [unit], horizon, part)[0] as Uint8Array;
      const plain = scanHourly(register, [unit], horizon, { department: part.department })[0] as Uint8Array;
      const joined = scan.map((count, cell) => (docTypes[cell % docTypes.length]?.procedural ? count : (plain[cell] as number)));
      misses += countMisses(gaps.filter(isOf), [joined], [unit], start);
    }
  }
  if (misses > 0) throw new Error(`${misses} hours differ where rights are limited`);
  return { ms: median(swept.map(({ ms }) => ms)), rows: gaps.length, misses };
}

/**
 * The whole country against the naive scan of every hour, both from the same facts in memory. The scan cannot see what lies between
 * two hours; where it looks, both must say the same. One unit after a change of its grants against the whole country (goal 500). A second scan has everything looked up
 * beforehand, to show what is left where the rival is tuned too.
 */
export const bench: Bench = {
  name: "gaps",
  unit: "ratio",
  goal: 40,
  better: "higher",
  async run(quick) {
    const country: Country = makeCountry();
    const { units, facts, factsOf, start } = country;
    const horizon = { from: start, to: start + days * 24 * hourMs };
    const scanned = quick ? units.filter((_, at) => at % 20 === 0) : units;
    const sweepAll = (): Gap[] => listGaps(createRegister(facts, start, start), units, horizon);
    // As a server would have it after a minute: compiled.
    for (let warm = 0; warm < 3; warm++) sweepAll();
    const rounds = Array.from({ length: quick ? 3 : 5 }, () => {
      const ours = time(sweepAll);
      const naive = time(() => scanHourly(createRegister(facts, start, start), scanned, horizon));
      const prepared = time(() => scanPrepared(createRegister(facts, start, start), scanned, horizon));
      const some = units.slice(0, 200);
      const one = time(() => {
        for (const unit of some) {
          listGaps(createRegister(factsOf.get(unit) as typeof facts, start, start), [unit], horizon);
        }
      });
      const whole = units.length / scanned.length;
      const scans = { naive: naive.ms * whole, prepared: prepared.ms * whole };
      return { ours, ...scans, scan: naive.result, other: prepared.result, one: one.ms / some.length };
    });
    const [first] = rounds;
    const gaps = first?.ours.result ?? [];
    const misses = countMisses(
      gaps.filter(({ unit }) => scanned.includes(unit)),
      first?.scan ?? [],
      scanned,
      start,
    );
    const apart = first?.scan.filter((cells, at) => Buffer.compare(cells, first.other[at] as Uint8Array) !== 0).length;
    if (apart !== 0) throw new Error(`the two scans differ in ${apart} units`);
    const unseen = gaps.filter(
      (gap) => gap.class === "gap" && Math.ceil((gap.from - start) / hourMs) * hourMs + start >= gap.to,
    ).length;
    if (misses > 0) throw new Error(`${misses} hours differ`);
    const limited = sweepLimited(quick);
    const ours = median(rounds.map((round) => round.ours.ms));
    const one = median(rounds.map((round) => round.one));
    return {
      value: median(rounds.map((round) => round.naive / round.ours.ms)),
      rows: [
        ["units × types × grants × days", `${units.length} × ${docTypes.length} × ${facts.grants.length} × ${days}`],
        ["rows; of them nobody can sign", `${gaps.length}; ${gaps.filter((gap) => gap.class === "gap").length}`],
        ["whole country (goal 1000 ms)", `${ours.toFixed(0)} ms`],
        [`hourly scan${quick ? ", from every 20th unit" : ""}`, `${median(rounds.map((round) => round.naive)).toFixed(0)} ms`],
        ["the scan with everything looked up beforehand", `${median(rounds.map(({ prepared }) => prepared)).toFixed(0)} ms`],
        ["times ours, that one", median(rounds.map(({ prepared, ours: swept }) => prepared / swept.ms)).toFixed(1)],
        ["hours at which they disagree", String(misses)],
        ["gaps that hold no whole hour", String(unseen)],
        ["the same with every 10th grant limited to parts of its unit", `${limited.ms.toFixed(0)} ms`],
        ["its rows; hours at which it and the scan of 4 parts disagree", `${limited.rows}; ${limited.misses}`],
        ["one unit after a change", `${one.toFixed(3)} ms`],
        ["the country to one unit (goal 500)", median(rounds.map((round) => round.ours.ms / round.one)).toFixed(0)],
      ],
    };
  },
};
