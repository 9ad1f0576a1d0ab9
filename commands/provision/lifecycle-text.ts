import type { Output } from "../../src/platform/output.ts";
import type { Plan } from "../../src/provision/plan.ts";
import type { Merger } from "../../src/provision/subject-facts.ts";
import { lifecycleWords as words } from "./lifecycle-words.ts";

/** What a plan about leavers, movers and merged units tells beside its changes. */
export function renderLifecycle(plan: Plan, out: Output): string[] {
  const { say } = out;
  const retired = plan.usernames.filter(({ state }) => state === "retired").map(({ name }) => name);
  return [
    ...(plan.merger ? ["", ...renderMerger(plan.merger, plan, out)] : []),
    ...renderOwnerless(plan, out),
    ...(retired.length > 0 ? ["", say(words.retired(retired))] : []),
    ...(plan.notBefore === undefined ? [] : ["", say(words.notBefore(plan.notBefore))]),
  ];
}

const ownerlessShown = 20;

/** Functional accounts stay open when their accountable person goes; somebody must be named. */
export function renderOwnerless({ ownerless = [] }: Plan, { say, paint }: Output): string[] {
  if (ownerless.length === 0) return [];
  const lines = ownerless.map(({ name, owner, successor }) => {
    const next = successor ? words.successor(successor.name, successor.staffId) : words.noSuccessor;
    return `  ${name} · ${owner} → ${say(next)}`;
  });
  const cut = lines.slice(0, ownerlessShown);
  const more = lines.length > cut.length ? [`  ${say(words.moreOwnerless(lines.length - cut.length))}`] : [];
  return ["", paint.bold(say(words.ownerless)), ...cut, ...more];
}

function renderMerger(merger: Merger, { questions }: Plan, { say, paint }: Output): string[] {
  const sources = merger.sources.map(({ code, partial }) => (partial ? `${code} (${say(words.partOf)})` : code));
  const collisions = questions.filter(({ code }) => code === "name-taken").length;
  const functional = merger.functional.map(({ key, username, merged }) => {
    const head = username === null ? words.closes(key) : words.goesOn(username, key);
    const names = merged.map((one) => one.username);
    return `  ${say(head)}${names.length > 0 ? ` · ${say(words.mergedAway(names))}` : ""}`;
  });
  return [
    paint.bold(say(words.merger(merger.unit, sources, merger.effective))),
    `${say(words.moving(merger.people.length))} · ${say(words.collisions(collisions))}`,
    ...(functional.length > 0 ? [paint.bold(say(words.functionalAccounts)), ...functional] : []),
    ...(merger.functional.some(({ merged }) => merged.length > 0) ? [say(words.noAlias)] : []),
  ];
}
