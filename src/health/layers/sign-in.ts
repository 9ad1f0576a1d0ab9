import type { SignInOutcome } from "../duties/sign-in-desk.ts";
import { type Finding, fail, type Layer, pass, type Trail } from "../layer.ts";
import type { Reason } from "../reason.ts";

/** Why nobody is signed in; `elsewhere` is no fault of anything. */
const reasonOf: Readonly<Record<Exclude<SignInOutcome["kind"], "signed-in" | "elsewhere" | "proxy">, Reason>> = {
  refused: "auth.reject",
  broken: "auth.5xx",
  senseless: "auth.answer",
  limited: "auth.limited",
  guarded: "auth.guarded",
  "no-secret": "auth.secret",
  down: "auth.down",
  timeout: "auth.timeout",
  tls: "auth.tls",
};

/** Does the system let its probe account in? Asked once an instance, however many wards use it. */
export const signInLayer: Layer = {
  name: "sign-in",
  late: "auth.timeout",
  share: 1,
  ownLimitMs: ({ duties }) => duties?.limitsMs.signIn ?? 0,
  applies: ({ duties }) => duties?.signIn !== undefined,
  async examine({ target, trail, progress }): Promise<Finding> {
    const outcome = await target.duties!.signIn!();
    progress();
    if (outcome.kind === "signed-in") return pass;
    return judgeSignIn(outcome, trail);
  },
};

/** Also for what needs a sign-in, where that is asked for alone. */
export function judgeSignIn(outcome: Exclude<SignInOutcome, { kind: "signed-in" }>, { notes }: Pick<Trail, "notes">): Finding {
  if (outcome.kind === "elsewhere") {
    notes.add("auth.elsewhere");
    return pass;
  }
  return fail(outcome.kind === "proxy" ? outcome.reason : reasonOf[outcome.kind]);
}
