import type { Instant } from "../platform/clock.ts";
import { readInstant, type Zone } from "../platform/time.ts";
import type { LedgerLine } from "./handout.ts";
import type { SystemReading } from "./read-systems.ts";
import { toFunctionalKey, toPersonKey } from "./roster.ts";
import type { SlipState } from "./slip.ts";
import type { Link } from "./subject-facts.ts";

/** Whether somebody signed in since the slip was made. `unknown`: the system cannot tell, could not be read, or shows it of nobody. */
export type SignedIn = "yes" | "no" | "unknown";

export interface Claim {
  readonly line: LedgerLine;
  readonly signedIn: SignedIn;
  readonly lastSignInAt: Instant | undefined;
  /** Run out, or older than the days that somebody has to collect it. */
  readonly overdue: boolean;
}

/** States of which it is not known yet whether anybody signed in. */
const waiting: readonly SlipState[] = ["issued", "handed", "link-sent", "expired"];

const dayMs = 86_400_000;

export function isWaiting({ state }: Pick<LedgerLine, "state">): boolean {
  return waiting.includes(state);
}

/** A first password that ran out is no longer to open anything, and most systems go on taking it: then the days do not matter. */
export function isOverdue(
  { sealedAt, state }: Pick<LedgerLine, "sealedAt" | "state">,
  days: number,
  now: Instant,
  zone: Zone,
): boolean {
  const since = readInstant(sealedAt, zone);
  return state === "expired" || (since !== undefined && now - since >= days * dayMs);
}

/**
 * What the systems say of slips that wait for their owners. Pure. A system of which no account at all shows a sign-in says nothing: more likely the
 * attribute is not filled there than that nobody ever came.
 */
export function judgeClaims(
  lines: readonly LedgerLine[],
  {
    readings,
    links,
    days,
    now,
    zone,
  }: {
    readonly readings: readonly SystemReading[];
    readonly links: readonly Link[];
    readonly days: number;
    readonly now: Instant;
    readonly zone: Zone;
  },
): Claim[] {
  const accounts = new Map(
    readings.flatMap((reading) =>
      reading.state === "read" && reading.accounts.some(({ lastSignInAt }) => typeof lastSignInAt === "number")
        ? reading.accounts.map((account) => [`${reading.system} ${account.id}`, account] as const)
        : [],
    ),
  );
  const targets = new Map(links.map(({ system, subject, targetId }) => [`${system} ${subject}`, targetId]));
  return lines.filter(isWaiting).map((line): Claim => {
    const target = [toPersonKey(line.subject), toFunctionalKey(line.subject)]
      .map((key) => targets.get(`${line.system} ${key}`))
      .find((id) => id !== undefined);
    const lastSignInAt = accounts.get(`${line.system} ${target}`)?.lastSignInAt;
    const sealed = readInstant(line.sealedAt, zone);
    // Instants of another machine's clock: the same second may stand for just before.
    const came = typeof lastSignInAt === "number" && sealed !== undefined && lastSignInAt >= sealed;
    return {
      line,
      signedIn: lastSignInAt === undefined ? "unknown" : came ? "yes" : "no",
      lastSignInAt: lastSignInAt ?? undefined,
      overdue: isOverdue(line, days, now, zone),
    };
  });
}
