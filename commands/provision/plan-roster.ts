import { extname, resolve } from "node:path";
import type { Provision } from "../../src/provision/open-provision.ts";
import type { Plan } from "../../src/provision/plan.ts";
import type { Context } from "../context.ts";
import { warnOfCustodians } from "./custodian-warning.ts";
import { tellEntering } from "./handout/before-apply.ts";
import { renderPlan } from "./plan-text.ts";

type PlanRosterContext = Pick<Context, "workspace" | "clock" | "ids" | "out" | "cwd" | "signal">;

/** A plan is JSON; a roster never is. */
export function isPlanFile(file: string): boolean {
  return extname(file).toLowerCase() === ".json";
}

/**
 * Plans a roster in the same command that carries the plan out, and says what it will do. One that this roster began and that was
 * interrupted goes on instead. Failure kinds: invalid (the roster, nothing is done), unavailable, denied.
 */
export async function planRoster(room: Provision, file: string, context: PlanRosterContext): Promise<Plan> {
  const { out, cwd, signal } = context;
  const roster = await room.readRoster({ path: resolve(cwd, file), file, lang: out.lang });
  for (const note of roster.notes) out.note(note);
  const begun = await room.findUnfinished();
  if (begun?.plan.roster.sha256 === roster.sha256 && isWhole(begun.plan)) return begun.plan;
  const made = await room.plan(roster, { signal });
  await room.reserve(made);
  const home = await context.workspace();
  const directory = await home.directory();
  const text = renderPlan(made.plan, { out, directory, all: false });
  out.note({ vi: text, en: text });
  await tellEntering(made.plan, context);
  await warnOfCustodians(made.plan, room, context);
  return made.plan;
}

/** A plan of a part of the roster or of some systems is not what was asked for here. */
function isWhole({ scope, systems }: Plan): boolean {
  return scope.only.length === 0 && scope.except.length === 0 && systems.every(({ state }) => state === "read");
}
