import type { Instant } from "../../platform/clock.ts";
import { readMonotonicMs } from "../../platform/clock.ts";
import { Failure } from "../../platform/failure.ts";
import { fillPath, type PlaceholderValues } from "../../platform/placeholders.ts";
import type { Words } from "../../platform/words.ts";
import type { Pass } from "./call.ts";
import type { Flow, FlowFault } from "./flow.ts";
import { type DutyMemory, guardMs } from "./memory.ts";
import { type HeldToken, openToken, sealToken } from "./sealed-token.ts";
import type { SignInSettings } from "./settings.ts";
import { requestSignIn } from "./sign-in-request.ts";

export type SignInOutcome =
  | { readonly kind: "signed-in"; readonly pass: Pass }
  | { readonly kind: "refused" | "broken" | "senseless" | "limited" }
  /** Refused twice within the hour: nothing was sent. */
  | { readonly kind: "guarded"; readonly resumeAt: Instant }
  /** Another probe host uses the account: nothing was sent. */
  | { readonly kind: "elsewhere"; readonly host: string }
  /** The account's secret cannot be read. */
  | { readonly kind: "no-secret"; readonly words: Words }
  | FlowFault;

/** The one place that signs in: each account once, whoever asks, and never past the guard. */
export interface SignInDesk {
  open(system: string, values: PlaceholderValues): Promise<SignInOutcome>;
}

export interface SignInDeskOptions {
  readonly settings: (system: string) => SignInSettings | undefined;
  readonly readSecret: (reference: string) => Promise<string>;
  readonly memory: DutyMemory;
  readonly flow: Flow;
  readonly host: string;
  readonly now: () => Instant;
}

interface SignInPlace {
  /** What the guard counts by: one user, however many instances of the system. */
  readonly account: string;
  /** What a token is for: one user at one address. */
  readonly key: string;
  readonly url: string;
}

/** A failure of the line or the server is asked about anew after so long; a refusal is not, in one run. */
const askAgainAfterMs = 1_000;
/** A token about to end is no use to a probe. */
const marginMs = 30_000;

export function createSignInDesk({ settings, readSecret, memory, flow, host, now }: SignInDeskOptions): SignInDesk {
  const shared = new Map<string, { readonly outcome: Promise<SignInOutcome>; staleAtMs: number }>();
  // One sign-in of an account at a time, so that the guard counts them all.
  const turns = new Map<string, Promise<unknown>>();

  const takeTurn = <T>(account: string, work: () => Promise<T>): Promise<T> => {
    const mine = (turns.get(account) ?? Promise.resolve()).then(work);
    turns.set(
      account,
      mine.catch(() => undefined),
    );
    return mine;
  };

  const verify = async ({ header, value }: HeldToken, url: string | undefined): Promise<"good" | "dead" | SignInOutcome> => {
    if (url === undefined) return "good";
    const answer = await flow.send({ method: "GET", url, headers: { accept: "application/json", [header]: value } });
    if (answer.kind !== "answer") return answer;
    if (answer.status === 429) return { kind: "limited" };
    if (answer.status >= 500) return { kind: "broken" };
    return answer.status < 300 ? "good" : "dead";
  };

  const signIn = async (chosen: SignInSettings, { account, key, url }: SignInPlace): Promise<SignInOutcome> => {
    const claim = await memory.claim(key, host, now(), guardMs);
    if (claim.kind === "elsewhere") return claim;
    const password = await readSecret(chosen.password).catch((error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    });
    if (password instanceof Failure) return { kind: "no-secret", words: password.words };
    const held = claim.sealed && openToken(claim.sealed, password);
    if (held && (held.until === undefined || held.until - marginMs > now())) {
      const standing = await verify(held, chosen.verify);
      if (standing === "good") return { kind: "signed-in", pass: toPass(held) };
      if (standing !== "dead") return standing;
      await memory.keepToken(key, undefined);
    }
    const attempt = await memory.beginSignIn(account, now());
    if (attempt.kind === "guarded") return attempt;
    const answer = await requestSignIn({ settings: chosen, url, password, flow, now });
    await memory.endSignIn(attempt.id, answer.kind === "refused");
    if (answer.kind !== "token") return answer;
    const standing = await verify(answer.token, chosen.verify);
    // Given and not taken: as good as refused, but not by the account's lock.
    if (standing === "dead") return { kind: "senseless" };
    if (standing !== "good") return standing;
    await memory.keepToken(key, sealToken(answer.token, password));
    return { kind: "signed-in", pass: toPass(answer.token) };
  };

  return {
    open(system, values) {
      const chosen = settings(system);
      if (!chosen) throw new Error(`${system} has no sign-in`);
      const [, origin = "", path = ""] = /^(https:\/\/[^/?]+)(.*)$/.exec(chosen.url) ?? [];
      const url = `${origin}${fillPath(path, values)}`;
      const key = `${chosen.user} ${url}`;
      const known = shared.get(key);
      if (known && readMonotonicMs() < known.staleAtMs) return known.outcome;
      const account = `${chosen.user} ${chosen.url}`;
      const entry = {
        outcome: takeTurn(account, () => signIn(chosen, { account, key, url })),
        staleAtMs: Number.POSITIVE_INFINITY,
      };
      shared.set(key, entry);
      entry.outcome.then(
        ({ kind }) => {
          if (!isLasting(kind)) entry.staleAtMs = readMonotonicMs() + askAgainAfterMs;
        },
        () => undefined,
      );
      return entry.outcome;
    },
  };
}

function isLasting(kind: SignInOutcome["kind"]): boolean {
  return ["signed-in", "refused", "guarded", "elsewhere", "no-secret"].includes(kind);
}

function toPass({ header, value }: HeldToken): Pass {
  return { name: header, value };
}
