import type { Instant } from "../platform/clock.ts";
import { precedence } from "./capacity.ts";
import type { Carrier } from "./carrier.ts";
import { type DueRight, listGranted } from "./compare-carriage.ts";
import { allDocTypes, type DocTypeMask } from "./doc-types.ts";
import type { Register } from "./facts.ts";
import { type Interval, intersect, subtract } from "./interval.ts";

/**
 * docTypes, window: the system cannot narrow it · hours: it keeps whole days only · capacity: it knows one only · delegates: one post can give rights to one
 * person only.
 */
export type LossKind = "docTypes" | "window" | "hours" | "capacity" | "delegates";

/** What a grant loses or gains when it is put into a system's words, known before anything is written. */
export interface Loss extends Interval {
  /** over: somebody could sign what was not granted · under: somebody cannot sign what was. */
  readonly kind: "over" | "under";
  readonly what: LossKind;
  readonly grantId: string;
  readonly unit: string;
  readonly staffId: string;
  readonly capacity: DueRight["capacity"];
  /** The types it is about. */
  readonly docTypes: DocTypeMask;
  /** over: somebody took it upon themselves, with a reason. */
  readonly accepted: boolean;
}

export interface MappedDue {
  /** As the system will hold it, wider where that was accepted. */
  readonly due: readonly DueRight[];
  /** Granted, and not to be written: the system can only hold it wider, or not at all. Shown as missing. */
  readonly blocked: readonly DueRight[];
  readonly losses: readonly Loss[];
}

export function toLossKey({ grantId, what }: Pick<Loss, "grantId" | "what">): string {
  return `${grantId}/${what}`;
}

/** Pure. `accepted` holds the keys of what may be wider. */
export function mapDue(
  register: Register,
  units: Iterable<string>,
  now: Instant,
  carrier: Pick<Carrier, "toExpressible" | "expresses">,
  accepted: ReadonlySet<string>,
): MappedDue {
  const { expresses } = carrier;
  const due: DueRight[] = [];
  const blocked: DueRight[] = [];
  const losses: Loss[] = [];
  const only = new Map<string, string>();
  const granted = listGranted(register, units, now).toSorted(
    (a, b) => precedence.indexOf(a.capacity) - precedence.indexOf(b.capacity) || (a.grantId < b.grantId ? -1 : 1),
  );
  for (const { principal, ...right } of granted) {
    const { grantId, unit, staffId, capacity, docTypes } = right;
    const say = (kind: Loss["kind"], what: LossKind, span: Interval, mask = docTypes): Loss => {
      const isAccepted = kind === "over" && accepted.has(toLossKey({ grantId, what }));
      const loss = {
        kind,
        what,
        grantId,
        unit,
        staffId,
        capacity,
        docTypes: mask,
        from: span.from,
        to: span.to,
        accepted: isAccepted,
      };
      losses.push(loss);
      return loss;
    };
    if (expresses.onlyCapacity !== undefined && capacity !== expresses.onlyCapacity) {
      say("under", "capacity", right);
      blocked.push(right);
      continue;
    }
    const kept = carrier.toExpressible(right, now);
    if (!kept) {
      say("under", expresses.window ? "hours" : "window", right);
      if (!expresses.window) blocked.push(right);
      continue;
    }
    const first = only.get(principal) ?? staffId;
    only.set(principal, first);
    if (!expresses.multiDelegate && first !== staffId) {
      say("under", "delegates", right);
      blocked.push({ ...right, ...kept });
      continue;
    }
    const lost = subtract(intersect([right], [{ from: now, to: Number.POSITIVE_INFINITY }]), [kept]);
    if (lost.length > 0 && expresses.window) say("under", "hours", { from: lost[0]!.from, to: lost.at(-1)!.to });
    const extra = expresses.docTypes ? 0 : (allDocTypes & ~docTypes) >>> 0;
    const overs = [
      ...(extra === 0 ? [] : [say("over", "docTypes", kept, extra)]),
      ...(expresses.window || right.to === Number.POSITIVE_INFINITY
        ? []
        : [say("over", "window", { from: right.to, to: Number.POSITIVE_INFINITY })]),
    ];
    if (overs.some((loss) => !loss.accepted)) blocked.push(right);
    else due.push({ ...right, ...kept, docTypes: (docTypes | extra) >>> 0 });
  }
  const order = (a: DueRight, b: DueRight): number => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0);
  return { due: due.toSorted(order), blocked, losses };
}
