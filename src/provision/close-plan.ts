import { toIso } from "../platform/time.ts";
import { saveAftermath } from "./aftermath.ts";
import type { ApplyRequest } from "./applying.ts";
import { type Operation, toSubjectKey } from "./operation.ts";
import type { OutcomeRow } from "./outcome.ts";

/** What is known now: completions, links, names; and when all is done, the people. */
export async function closePlan(request: ApplyRequest, rows: readonly OutcomeRow[], finished: boolean): Promise<void> {
  const { plan, database, store, audit, actor, clock, zone } = request;
  const at = toIso(clock.now(), zone);
  const done = rows.filter(({ state }) => state === "done");
  const toKey = ({ subject }: Operation): string => toSubjectKey(subject);
  const accounts = done.filter(({ operation }) => operation.kind !== "create-group");
  const links = accounts.map(({ operation, targetId }) => ({
    system: operation.system,
    subject: toKey(operation),
    targetId: targetId as string,
    unit: operation.subject.unit,
  }));
  const open = new Set(rows.filter(({ state }) => state !== "done").map(({ operation }) => toKey(operation)));
  await database.transaction(async (tx) => {
    const events = rows.flatMap(({ operation, state, targetId, message }) =>
      state === "skipped" ? [] : [{ operation: operation.id, event: state, targetId, detail: message?.en, at }],
    );
    await store.addEvents(plan.planId, events, tx);
    await store.saveLinks([...plan.links, ...links], at, tx);
    await store.settleNames(
      plan.usernames.filter(({ subject }) => !open.has(subject)),
      at,
      tx,
    );
    await saveAftermath(request, rows, { open, finished, tx });
    if (!finished) return;
    if (plan.people.people.length > 0 && plan.roster.skippedRows === 0) {
      await request.savePeople(plan.people, clock.now(), tx);
      const detail = { plan: plan.planId, people: plan.people.people.length, posts: plan.people.posts.length };
      await audit.append({ actor, action: "provision.people", subject: plan.roster.file, detail }, tx);
    }
    await store.finish(plan.planId, at, tx);
  });
}
