import type { CheckRun } from "../../src/health/check-run.ts";
import type { Hindrance } from "../../src/health/duties/duties.ts";
import type { Endpoint } from "../../src/health/endpoint.ts";
import { Failure } from "../../src/platform/failure.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { Output } from "../../src/platform/output.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import { both, type Words } from "../../src/platform/words.ts";
import type { Context } from "../context.ts";
import { canaryWords as words } from "./canary-words.ts";
import type { ChoiceFlags } from "./start-sweep.ts";

/** At once by hand; more is what scheduled runs spread over the day. */
const unitsAtMost = 50;

/** Failure kinds: usage (no units are named), unsafe (no chosen system allows it, or too many units). */
export async function assertCanaryAllowed(
  chosen: readonly Endpoint[],
  { unit }: ChoiceFlags,
  { findWorkspace }: Pick<Context, "findWorkspace">,
): Promise<void> {
  if (unit === undefined) throw new Failure("usage", words.needUnit);
  const systems = (await findWorkspace())?.settings.check.systems ?? {};
  const asked = [...new Set(chosen.map(({ system }) => system))];
  if (!asked.some((system) => systems[system]?.canary)) {
    throw new Failure("unsafe", words.notAllowed(asked), { hint: words.howAllowed });
  }
  const units = new Set(chosen.map((endpoint) => endpoint.unit)).size;
  if (units > unitsAtMost) throw new Failure("unsafe", words.tooMany(units, unitsAtMost));
}

export function toHindranceDocument(one: Hindrance, out: Output): object {
  const { kind, system } = one;
  const resumeAt = one.kind === "guarded" ? toIso(one.resumeAt, vietnamZone) : null;
  return { kind, system, resumeAt, inWords: out.say(describeHindrance(one)) };
}

export function tellHindrances({ hindrances, canariesLeft }: Pick<CheckRun, "hindrances" | "canariesLeft">, out: Output): void {
  for (const one of hindrances) out.warn(describeHindrance(one));
  if (canariesLeft.length > 0) out.warn(words.left(canariesLeft.length));
}

export function describeHindrance(one: Hindrance): Words {
  switch (one.kind) {
    case "guarded": {
      const { system, resumeAt } = one;
      return both((lang) => words.guarded(system, formatDateTime(resumeAt, vietnamZone, lang))[lang]);
    }
    case "no-secret":
      return words.noSecret(one.system, one.words);
    case "pinned":
      return words.pinned(one.system);
  }
}
