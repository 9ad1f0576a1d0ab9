import { allDocTypes, type DocTypeMask } from "./doc-types.ts";
import type { Holding, Register } from "./facts.ts";
import type { Weighed } from "./grades/sight.ts";
import { always, type Intervals, intersect, unite } from "./interval.ts";
import { toLive } from "./legal.ts";
import { toOffice } from "./office.ts";
import { toReadiness } from "./readiness.ts";
import type { Narrowing } from "./scope.ts";
import type { Piece } from "./sweep.ts";

const none: readonly Weighed[] = [];

interface Staff {
  readonly staffId: string;
  readonly person: number;
  readonly held: Holding[];
}

/** Everything that the people of a unit may sign, as stretches of time. */
export function listPieces(register: Register, unit: string): Piece[] {
  const holdings = register.holdingsIn.get(unit) ?? [];
  const staff = new Map<string, Staff>();
  const inPost = new Map<string, Staff[]>();
  for (const holding of holdings) {
    let own = staff.get(holding.staffId);
    if (own) own.held.push(holding);
    else {
      own = { staffId: holding.staffId, person: staff.size, held: [holding] };
      staff.set(holding.staffId, own);
    }
    const post = inPost.get(holding.post.position);
    if (!post) inPost.set(holding.post.position, [own]);
    else if (!post.includes(own)) post.push(own);
  }
  const carriage = register.findCarriage(unit);
  const carriageKnown = carriage.reading !== undefined && carriage.fresh;
  const rights = carriage.rights.get(unit);
  const weighed = carriage.weighed.get(unit);
  const pieces: Piece[] = [];
  const add = (person: number, mask: DocTypeMask, intervals: Intervals, known: boolean, narrowings = unlimited): void => {
    if (mask === 0) return;
    // Objects of one shape where nothing is limited, which is nearly everywhere.
    for (const { from, to } of intervals) {
      pieces.push(narrowings ? { person, mask, from, to, known, narrowings } : { person, mask, from, to, known });
    }
  };
  const means: (Means | undefined)[] = [];
  const toMeans = ({ person, staffId }: Staff): Means => (means[person] ??= readMeans(register, unit, staffId));
  for (const member of staff.values()) {
    const heads = member.held.filter(({ rank }) => rank === "head");
    if (heads.length === 0) continue;
    const { ready, known } = toMeans(member);
    add(member.person, allDocTypes, intersect(unite(heads), ready), known);
  }
  for (const grant of register.grantsIn.get(unit) ?? []) {
    const holders = inPost.get(grant.to.position);
    if (!holders) continue;
    const live = toLive(register, grant);
    if (live.length === 0) continue;
    for (const member of holders) {
      if (grant.person !== undefined && grant.person !== member.staffId) continue;
      const { ready, known } = toMeans(member);
      const may = intersect(intersect(toOffice(register, grant, member.held), live), ready);
      if (may.length === 0) continue;
      const { person } = member;
      const own = grant.narrowing === undefined ? unlimited : [grant.narrowing];
      if (grant.capacity === "Q") {
        add(person, grant.docTypes, may, known, own);
        continue;
      }
      let listed = grant.docTypes;
      for (const word of weighed?.get(member.staffId) ?? none) {
        if (word.capacity !== grant.capacity) continue;
        listed = (listed & ~word.docTypes) >>> 0;
        const mask = (grant.docTypes & word.docTypes) >>> 0;
        if (word.state === "open") add(person, mask, may, false, own);
        else add(person, mask, intersect(may, word.holds), known, own);
      }
      if (!carriageKnown) add(person, listed, may, false, own);
      else {
        for (const right of rights?.get(member.staffId) ?? []) {
          const mask = (listed & right.docTypes) >>> 0;
          if (mask === 0 || right.capacity !== grant.capacity) continue;
          const both = right.narrowing === undefined ? own : [...(own ?? []), right.narrowing];
          add(person, mask, intersect(may, [right]), known, both);
        }
      }
    }
  }
  return pieces;
}

/** Most rights: nothing is made for them. */
const unlimited = undefined as readonly Narrowing[] | undefined;

interface Means {
  readonly known: boolean;
  readonly ready: Intervals;
}

/** What is not known does not stand in the way here: the piece says that it is not known. */
function readMeans(register: Register, unit: string, staffId: string): Means {
  const { present, account, certificate } = toReadiness(register, unit, staffId);
  const known = account.missingEvidence === undefined && certificate.missingEvidence === undefined;
  const seen = (observed: typeof account): Intervals => (observed.missingEvidence === undefined ? observed.holds : always);
  return { known, ready: intersect(present.holds, intersect(seen(account), seen(certificate))) };
}
