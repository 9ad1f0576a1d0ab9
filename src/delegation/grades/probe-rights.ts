import { Failure } from "../../platform/failure.ts";
import type { Carrier } from "../carrier.ts";
import type { DueRight } from "../compare-carriage.ts";
import type { Desk } from "../desk.ts";
import { listKeys, toMask } from "../doc-types.ts";
import type { CarriedRight, PersonReading } from "../evidence.ts";
import type { Sight } from "./sight.ts";

export interface Probed {
  readonly sights: readonly Sight[];
  readonly asked: number;
  /** Trials that had no answer to believe. */
  readonly unanswered: number;
  /** False: it said yes to somebody who cannot exist, so nothing it said is believed. */
  readonly believed: boolean;
}

export interface ProbeRequest {
  readonly due: readonly DueRight[];
  readonly people: readonly PersonReading[];
  readonly ttlMs: number;
  readonly signal?: AbortSignal;
}

const atOnce = 8;

/**
 * Asks the system to sign on trial, once for each type of each right that is due now. Before that comes a question whose answer is known: an account that
 * nobody has. Failure kinds: those of the carrier but unavailable, which leaves that right without an answer.
 */
export async function probeRights(desk: Desk, carrier: Carrier, { due, people, ttlMs, signal }: ProbeRequest): Promise<Probed> {
  const { clock, ids } = desk;
  const at = clock.now();
  const names = new Map(people.flatMap(({ staffId, account }) => (account ? [[staffId, account.userName] as const] : [])));
  const questions = due
    .filter(({ from, to }) => from <= at && at < to)
    .flatMap((right) => {
      const userName = names.get(right.staffId);
      return userName === undefined ? [] : listKeys(right.docTypes).map((docType) => ({ ...right, userName, docType }));
    });
  const [first] = questions;
  if (!carrier.probeRight || !first) return { sights: [], asked: 0, unanswered: 0, believed: true };
  const ask = async (question: typeof first): Promise<boolean | undefined> => {
    const { unit, staffId, userName, capacity, docType } = question;
    try {
      return await carrier.probeRight?.({ unit, staffId, userName, capacity, docType, nonce: ids.next() }, signal);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== "unavailable") throw error;
      return undefined;
    }
  };
  const nobody = `wardctl-${ids.next()}`;
  if ((await ask({ ...first, staffId: nobody, userName: nobody })) === true) {
    return { sights: [], asked: 1, unanswered: 0, believed: false };
  }
  const sights: Sight[] = [];
  let unanswered = 0;
  const waiting = [...questions];
  const work = async (): Promise<void> => {
    for (let question = waiting.shift(); question; question = waiting.shift()) {
      const carried = await ask(question);
      if (carried === undefined) {
        unanswered += 1;
        continue;
      }
      const { unit, staffId, capacity, docType } = question;
      const span = { from: at, to: Number.POSITIVE_INFINITY };
      const right = { system: carrier.system, unit, staffId, capacity, docTypes: toMask([docType]), ...span };
      sights.push({ ...right, grade: "probe", carried, at, ttlMs, recordedAt: at });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, questions.length) }, work));
  return {
    sights: sights.toSorted((a, b) => (toKey(a) < toKey(b) ? -1 : 1)),
    asked: questions.length,
    unanswered,
    believed: true,
  };
}

/** Where the trial and the listing of the same run say otherwise: one of them lies, and neither is believed. */
export function listDisagreements(sights: readonly Sight[], rights: readonly CarriedRight[], at: number): Sight[] {
  return sights.filter((sight) => {
    const isListed = rights.some(
      ({ active, unit, staffId, capacity, docTypes, from, to }) =>
        active &&
        unit === sight.unit &&
        staffId === sight.staffId &&
        capacity === sight.capacity &&
        (docTypes & sight.docTypes) !== 0 &&
        from <= at &&
        at < to,
    );
    return isListed !== sight.carried;
  });
}

function toKey({ unit, staffId, capacity, docTypes }: Sight): string {
  return `${unit}/${staffId}/${capacity}/${docTypes}`;
}
