import type { Instant } from "../platform/clock.ts";
import { toOffice } from "./candidates.ts";
import { allDocTypes, type DocTypeMask, docTypes } from "./doc-types.ts";
import { type Holding, isPost, type Register, toRightKey } from "./facts.ts";
import { always, type Interval, type Intervals, intersect, unite } from "./interval.ts";
import { toLegalState } from "./legal.ts";
import { toReadiness } from "./readiness.ts";

/** gap: nobody can sign · single: one person only · unknown: somebody may, but what is known is too old to say. */
export type GapClass = "gap" | "single" | "unknown";

export interface Gap {
  readonly unit: string;
  /** Key of the document type. */
  readonly docType: string;
  readonly from: Instant;
  /** Infinity: no end in sight. */
  readonly to: Instant;
  readonly class: GapClass;
}

/** A stretch of time in which one person may sign some types; not `known` where only stale or missing evidence stands in the way. */
interface Piece extends Interval {
  readonly person: number;
  readonly mask: DocTypeMask;
  readonly known: boolean;
}

/**
 * Where and when nobody, or one person only, can sign. One sweep a unit over the edges of what its people may sign, in order of
 * unit, type, time. The register must be made for the start of the horizon. Persons are counted, not grants; a stretch that is
 * not known to be covered never counts as covered (I16).
 */
export function listGaps(register: Register, units: Iterable<string>, horizon: Interval): Gap[] {
  return [...units].sort().flatMap((unit) => sweepUnit(unit, listPieces(register, unit), horizon));
}

function listPieces(register: Register, unit: string): Piece[] {
  const holdings = register.holdingsIn.get(unit) ?? [];
  const heldBy = new Map<string, Holding[]>();
  for (const holding of holdings) {
    const held = heldBy.get(holding.staffId);
    if (held) held.push(holding);
    else heldBy.set(holding.staffId, [holding]);
  }
  const carriage = register.findCarriage(unit);
  const carriageKnown = carriage.reading !== undefined && carriage.fresh;
  const staff = [...heldBy].map(([staffId, held], person) => {
    const { account, certificate } = toReadiness(register, unit, staffId);
    const known = account.missingEvidence === undefined;
    return { staffId, held, person, known, ready: known ? intersect(account.holds, certificate.holds) : always };
  });
  const pieces: Piece[] = [];
  const add = (person: number, mask: DocTypeMask, intervals: Intervals, known: boolean): void => {
    if (mask === 0) return;
    for (const { from, to } of intervals) pieces.push({ person, mask, from, to, known });
  };
  for (const { held, person, ready, known } of staff) {
    add(person, allDocTypes, intersect(unite(held.filter(({ rank }) => rank === "head")), ready), known);
  }
  for (const grant of register.grantsIn.get(unit) ?? []) {
    const holders = staff.filter(
      ({ staffId, held }) =>
        (grant.person === undefined || grant.person === staffId) && held.some((holding) => isPost(holding, grant.to)),
    );
    if (holders.length === 0) continue;
    const { live } = toLegalState(register, grant);
    if (live.length === 0) continue;
    for (const { staffId, held, person, ready, known } of holders) {
      const may = intersect(intersect(toOffice(register, grant, held), live), ready);
      if (may.length === 0) continue;
      if (grant.capacity === "Q") add(person, grant.docTypes, may, known);
      else if (!carriageKnown) add(person, grant.docTypes, may, false);
      else {
        for (const right of carriage.rights.get(toRightKey(staffId, unit, grant.capacity)) ?? []) {
          add(person, (grant.docTypes & right.docTypes) >>> 0, intersect(may, [right]), known);
        }
      }
    }
  }
  return pieces;
}

interface Edge {
  readonly at: Instant;
  readonly piece: Piece;
  readonly step: 1 | -1;
}

function sweepUnit(unit: string, pieces: readonly Piece[], horizon: Interval): Gap[] {
  const inside = pieces.filter(({ from, to }) => from < horizon.to && horizon.from < to);
  const edges = inside
    .flatMap((piece): Edge[] => [
      { at: Math.max(piece.from, horizon.from), piece, step: 1 },
      ...(piece.to < horizon.to ? [{ at: piece.to, piece, step: -1 as const }] : []),
    ])
    .sort((a, b) => a.at - b.at);
  const counts = createCounts(inside);
  const open: (Gap | undefined)[] = docTypes.map(() => undefined);
  const rows: Gap[][] = docTypes.map(() => []);
  const settle = (at: Instant): void => {
    docTypes.forEach(({ key }, bit) => {
      const now = counts.classify(bit);
      const before = open[bit];
      if (before?.class === now) return;
      if (before && before.from < at) rows[bit]?.push({ ...before, to: at });
      open[bit] = now && { unit, docType: key, from: at, to: horizon.to, class: now };
    });
  };
  // All edges of one instant before a look, so that touching windows [a,b) [b,c) leave no phantom gap.
  let next = 0;
  for (let at = horizon.from; ; at = (edges[next] as Edge).at) {
    for (; next < edges.length && (edges[next] as Edge).at === at; next++) counts.apply(edges[next] as Edge);
    settle(at);
    if (next === edges.length) break;
  }
  open.forEach((row, bit) => {
    if (row && row.from < horizon.to) rows[bit]?.push(row);
  });
  return rows.flat();
}

/** How many pieces each person has open for each type, and from that how many persons. */
function createCounts(pieces: readonly Piece[]) {
  const width = docTypes.length;
  const people = pieces.reduce((most, { person }) => Math.max(most, person + 1), 0);
  const open = { known: new Uint32Array(people * width), maybe: new Uint32Array(people * width) };
  const persons = { known: new Uint32Array(width), maybe: new Uint32Array(width) };
  return {
    apply({ piece, step }: Edge): void {
      const kind = piece.known ? "known" : "maybe";
      for (let bit = 0; bit < width; bit++) {
        if ((piece.mask & (1 << bit)) === 0) continue;
        const cell = piece.person * width + bit;
        const before = open[kind][cell] as number;
        open[kind][cell] = before + step;
        if (before === 0 && step === 1) persons[kind][bit]!++;
        if (before === 1 && step === -1) persons[kind][bit]!--;
      }
    },
    classify(bit: number): GapClass | undefined {
      const known = persons.known[bit] as number;
      if (known > 1) return undefined;
      if (known === 1) return "single";
      return persons.maybe[bit] === 0 ? "gap" : "unknown";
    },
  };
}
