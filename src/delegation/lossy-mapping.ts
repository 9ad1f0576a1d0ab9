import type { Instant } from "../platform/clock.ts";
import { precedence } from "./capacity.ts";
import type { Carrier } from "./carrier.ts";
import { type DueRight, listGranted } from "./compare-carriage.ts";
import { allDocTypes, type DocTypeMask } from "./doc-types.ts";
import type { Register } from "./facts.ts";
import { type Interval, intersect, subtract } from "./interval.ts";
import { type Narrowing, toNarrowing } from "./scope.ts";

/**
 * docTypes, units, procedures, window: the system cannot narrow it · hours: it keeps whole days only · capacity: it knows one only · delegates: one post can give rights to one
 * person only.
 */
export type LossKind = "docTypes" | "units" | "procedures" | "window" | "hours" | "capacity" | "delegates";

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
  /** What the grant is limited to. */
  readonly narrowing?: Narrowing;
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
    const { grantId, unit, staffId, capacity, docTypes, narrowing } = right;
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
        narrowing,
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
    const kinds = listUnsaid(narrowing, expresses);
    const overs = [
      ...kinds.map((what) => say("over", what, kept)),
      ...(extra === 0 ? [] : [say("over", "docTypes", kept, extra)]),
      ...(expresses.window || right.to === Number.POSITIVE_INFINITY
        ? []
        : [say("over", "window", { from: right.to, to: Number.POSITIVE_INFINITY })]),
    ];
    if (overs.some((loss) => !loss.accepted)) blocked.push(right);
    else
      due.push({
        ...right,
        ...kept,
        docTypes: (docTypes | extra) >>> 0,
        narrowing: withoutKinds(narrowing, { lost: kinds, expresses }),
      });
  }
  const order = (a: DueRight, b: DueRight): number => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0);
  return { due: due.toSorted(order), blocked, losses };
}

/** Which limits of a grant a system cannot hold: departments, procedures, or what is left out of either. */
function listUnsaid(
  narrowing: Narrowing | undefined,
  { units, procedures, exclusions }: Carrier["expresses"],
): readonly ("units" | "procedures")[] {
  if (narrowing === undefined) return [];
  const isLost = (says: boolean, taken: unknown, left: unknown): boolean =>
    (taken !== undefined && !says) || (left !== undefined && !(says && exclusions));
  return [
    ...(isLost(units, narrowing.departments, narrowing.exceptDepartments) ? ["units" as const] : []),
    ...(isLost(procedures, narrowing.procedures, narrowing.exceptProcedures) ? ["procedures" as const] : []),
  ];
}

/** As the system will hold it: what it can say of a limit it still says. */
function withoutKinds(
  narrowing: Narrowing | undefined,
  { lost, expresses }: { readonly lost: readonly string[]; readonly expresses: Carrier["expresses"] },
): Narrowing | undefined {
  if (narrowing === undefined || lost.length === 0) return narrowing;
  const { departments, exceptDepartments, procedures, exceptProcedures } = narrowing;
  const isLeftOut = { units: lost.includes("units"), procedures: lost.includes("procedures") };
  return toNarrowing({
    departments: isLeftOut.units && !expresses.units ? undefined : departments,
    exceptDepartments: isLeftOut.units ? undefined : exceptDepartments,
    procedures: isLeftOut.procedures && !expresses.procedures ? undefined : procedures,
    exceptProcedures: isLeftOut.procedures ? undefined : exceptProcedures,
  });
}
