import { sha256 } from "../platform/canonical-json.ts";
import type { Instant } from "../platform/clock.ts";
import { readInstant, type Zone } from "../platform/time.ts";

/** What happened to a slip, in the order it may. `issued`: the system said that this secret is in force. */
export type SlipEvent = "issued" | "refused" | "unknown" | "superseded" | "handed" | "seen";

/**
 * `unknown`: whether its secret is in force is not known; so it is too while the request is under way. `link-sent`: there is no secret, the system
 * mailed a link by which its owner sets a password.
 */
export type SlipState = SlipEvent | "expired" | "link-sent";

/** Stands for the recipient of a line without a secret. */
export const linkRecipient = "link";

/** The ledger's line of one sealed secret. wardctl cannot open it. */
export interface Slip {
  readonly id: string;
  readonly plan: string;
  readonly operation: string;
  /** 1 for the first request; each further one carries a new secret. */
  readonly generation: number;
  readonly cause: "create" | "reset";
  readonly system: string;
  /** Staff id or functional key. */
  readonly subject: string;
  readonly unit: string;
  readonly username: string;
  /** The custodian's public key, or `link`. */
  readonly recipient: string;
  /** Instants with offset. */
  readonly sealedAt: string;
  readonly expiresAt: string;
  readonly lastEvent: SlipEvent | undefined;
  readonly lastEventAt: string | undefined;
}

/** What is sealed: everything the custodian needs to print the slip without this workspace. */
export interface SlipContent {
  readonly schema: "wardctl.slip/1";
  readonly slip: string;
  readonly generation: number;
  readonly unit: string;
  readonly unitName: string;
  readonly subject: string;
  readonly name: string;
  readonly system: string;
  readonly address: string | null;
  readonly username: string;
  readonly secret: string;
  readonly sealedAt: string;
  readonly expiresAt: string;
}

export function toSlipState({ lastEvent, expiresAt, recipient }: Slip, now: Instant, zone: Zone): SlipState {
  if (lastEvent === undefined) return "unknown";
  if (lastEvent !== "issued" && lastEvent !== "handed") return lastEvent;
  const expires = readInstant(expiresAt, zone);
  if (expires !== undefined && now > expires) return "expired";
  return lastEvent === "issued" && recipient === linkRecipient ? "link-sent" : lastEvent;
}

/** Short enough to be typed from paper: 48 bits. */
export function toSlipId(plan: string, operation: string, generation: number): string {
  return sha256(`${plan} ${operation} ${generation}`).slice(0, 12);
}

/** Of several slips for one account the newest: a folder may still hold what was exported before a reset. */
export function listNewest(slips: readonly SlipContent[]): SlipContent[] {
  const isNewer = (a: SlipContent, b: SlipContent): boolean =>
    a.sealedAt === b.sealedAt ? a.generation > b.generation : a.sealedAt > b.sealedAt;
  const byAccount = Map.groupBy(slips, ({ unit, system, subject }) => JSON.stringify([unit, system, subject]));
  return [...byAccount.values()].map((own) => own.reduce((newest, slip) => (isNewer(slip, newest) ? slip : newest)));
}

/** A slip of a file: undefined when it is none. */
export function readSlipContent(text: string): SlipContent | undefined {
  try {
    const value = JSON.parse(text) as Partial<Record<keyof SlipContent, unknown>>;
    if (value.schema !== "wardctl.slip/1") return undefined;
    const texts = [
      "slip",
      "unit",
      "unitName",
      "subject",
      "name",
      "system",
      "username",
      "secret",
      "sealedAt",
      "expiresAt",
    ] as const;
    return typeof value.generation === "number" && texts.every((key) => typeof value[key] === "string")
      ? (value as unknown as SlipContent)
      : undefined;
  } catch {
    return undefined;
  }
}
