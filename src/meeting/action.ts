import type { Instant } from "../platform/clock.ts";
import { Failure } from "../platform/failure.ts";
import { toToneKey } from "../platform/text.ts";
import { meetingFaults as faults } from "./meeting-faults.ts";

export const actionStates = ["open", "done", "dropped"] as const;
export type ActionState = (typeof actionStates)[number];

/** What a meeting gave somebody to do. */
export interface Action {
  /** Counted from 1; people say `VC-3` (*việc cần làm*). */
  readonly number: number;
  readonly text: string;
  readonly owner: string;
  readonly support: string | undefined;
  /** The first instant at which it is overdue. */
  readonly due: Instant | undefined;
  /** Number of the difficulty it is about. */
  readonly incident: number | undefined;
  /** Id of the session that gave it. */
  readonly session: string;
  readonly state: ActionState;
  readonly givenAt: Instant;
  readonly givenBy: string;
  readonly changedAt: Instant;
  readonly events: number;
  readonly notes: readonly { readonly at: Instant; readonly by: string; readonly text: string }[];
  readonly ended: { readonly at: Instant; readonly by: string; readonly result: string | undefined } | undefined;
}

export interface Giving {
  readonly text: string;
  readonly owner: string;
  readonly support?: string | undefined;
  readonly due?: Instant | undefined;
  readonly incident?: number | undefined;
  readonly session: string;
}

export type ActionChanges = Partial<Pick<Giving, "owner" | "support" | "due">>;

export type ActionEvent =
  | ({ readonly kind: "given" } & Giving)
  | ({ readonly kind: "updated" } & ActionChanges)
  | { readonly kind: "noted"; readonly text: string }
  | { readonly kind: "done"; readonly result?: string | undefined }
  | { readonly kind: "dropped"; readonly result: string };

/** The action after one more event. Pure. */
export function applyActionEvent(
  before: Action | undefined,
  event: ActionEvent,
  { number, at, by }: { readonly number: number; readonly at: Instant; readonly by: string },
): Action {
  if (event.kind === "given") {
    const { text, owner, support, due, incident, session } = event;
    return {
      ...{ number, text, owner, support, due, incident, session },
      ...{ state: "open", givenAt: at, givenBy: by, changedAt: at, events: 1, notes: [], ended: undefined },
    };
  }
  if (!before) throw new Error(`the first event of action ${number} is '${event.kind}'`);
  const after = { ...before, changedAt: at, events: before.events + 1 };
  switch (event.kind) {
    case "updated": {
      const { owner = before.owner, support = before.support, due = before.due } = event;
      return { ...after, owner, support, due };
    }
    case "noted":
      return { ...after, notes: [...before.notes, { at, by, text: event.text }] };
    case "done":
    case "dropped":
      return { ...after, state: event.kind, ended: { at, by, result: event.result } };
  }
}

/** The same words to the same owner in the same session are no second action, as after a command that was run twice. Pure. */
export function findSameAction(known: readonly Action[], { text, owner, session }: Giving): Action | undefined {
  return known.find(
    (one) => one.session === session && toToneKey(one.text) === toToneKey(text) && toToneKey(one.owner) === toToneKey(owner),
  );
}

/** Undefined: it is so already. Failure kind: unsafe (it ended, and otherwise). */
export function decideEnd(action: Action, kind: "done" | "dropped", result: string | undefined): ActionEvent | undefined {
  if (action.state === "open") return kind === "done" ? { kind, result } : { kind, result: result ?? "" };
  if (action.state === kind && action.ended?.result === result) return undefined;
  throw new Failure("unsafe", faults.actionEnded(formatActionNumber(action.number), action));
}

/** Undefined: it is so already. Failure kind: unsafe (it ended). */
export function decideActionUpdate(action: Action, changes: ActionChanges): ActionEvent | undefined {
  if (action.state !== "open") throw new Failure("unsafe", faults.actionEnded(formatActionNumber(action.number), action));
  const given = (["owner", "support", "due"] as const).filter(
    (key) => changes[key] !== undefined && changes[key] !== action[key],
  );
  if (given.length === 0) return undefined;
  return { kind: "updated", ...(Object.fromEntries(given.map((key) => [key, changes[key]])) as ActionChanges) };
}

export function isActionOverdue({ state, due }: Pick<Action, "state" | "due">, at: Instant): boolean {
  return state === "open" && due !== undefined && at >= due;
}

/** Open before ended; of the open ones overdue first, then by deadline. */
export function compareActions(a: Action, b: Action): number {
  const rank = ({ state }: Action): number => (state === "open" ? 0 : 1);
  const due = (one: Action): number => (one.state === "open" ? (one.due ?? Number.MAX_SAFE_INTEGER) : -(one.ended?.at ?? 0));
  return rank(a) - rank(b) || due(a) - due(b) || a.number - b.number;
}

export function formatActionNumber(number: number): string {
  return `VC-${number}`;
}

/** `VC-3`, `vc3`, `3`. */
export function readActionNumber(text: string): number | undefined {
  const digits = /^(?:VC-?)?0*([1-9]\d{0,8})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
