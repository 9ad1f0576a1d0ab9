import type { ActOutcome } from "../duties/duties.ts";
import { type Finding, fail, type Layer, type Probe, pass } from "../layer.ts";
import type { Reason } from "../reason.ts";
import { judgeSignIn } from "./sign-in.ts";

const reasonOfService: Readonly<Record<string, Reason>> = { queue: "rt.queue", fee: "rt.fee" };

/** Does the system do its work: do its services serve, and does a test document reach the ward and come back? */
export const functionLayer: Layer = {
  name: "function",
  late: "rt.fail",
  share: 1,
  ownLimitMs: ({ duties }) => duties?.limitsMs.act ?? 0,
  applies: ({ duties }) => duties?.act !== undefined,
  async examine({ target, trail, progress }) {
    const outcome = await target.duties!.act!();
    progress();
    return judge(outcome, trail);
  },
};

function judge(outcome: ActOutcome, trail: Probe["trail"]): Finding {
  switch (outcome.kind) {
    case "no-pass":
      return judgeSignIn(outcome.outcome, trail);
    case "service": {
      trail.service = outcome.name;
      const { outcome: call } = outcome;
      if (call.kind === "open-line") return fail("auth.open");
      if (call.kind === "proxy") return fail(call.reason);
      if (call.kind === "wrong" && call.answer.status === 429) return fail("rt.limited");
      return fail(reasonOfService[outcome.name] ?? "rt.service");
    }
    default: {
      const { canary } = outcome;
      if (!canary) return pass;
      const { id, failedAt, stagesMs, recalled } = canary;
      trail.canary = { id, failedAt, stagesMs, recalled };
      if (!recalled) trail.notes.add("rt.unrecalled");
      if (failedAt === undefined) return pass;
      return fail(canary.outcome === "open-line" ? "auth.open" : "rt.fail");
    }
  }
}
