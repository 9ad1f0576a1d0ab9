import type { Command } from "commander";
import { Failure } from "../../src/platform/failure.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { readInstant, vietnamZone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import type { OperationEvent, StoredPlan } from "../../src/provision/journal.ts";
import type { Provision } from "../../src/provision/open-provision.ts";
import { toSubjectId } from "../../src/provision/operation.ts";
import type { OperationState } from "../../src/provision/outcome.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openRoom } from "./open.ts";
import { kindWords, stateWords } from "./operation-words.ts";
import { provisionWords as words } from "./words.ts";

export function declareStatus(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "status", about: words.status, example: "wardctl provision status" }))
    .argument("[plan-id]", cli.say(words.planId))
    .action((planId: string | undefined, options: StatusOptions, command: Command) =>
      cli.run(command, (context) => showStatus(planId, options, context)),
    );
}

interface StatusOptions {
  readonly format: ListFormat;
}

async function showStatus(
  planId: string | undefined,
  { format }: StatusOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out">,
): Promise<Outcome> {
  const room = await openRoom(context);
  if (planId === undefined) return listPlans(room, format, context);
  const stored = await room.find(planId);
  if (!stored) throw new Failure("usage", words.unknownPlan(planId));
  return listOperations(stored, room, format, context);
}

async function listPlans(room: Provision, format: ListFormat, { out }: Pick<Context, "out">): Promise<Outcome> {
  const plans = await Promise.all(
    (await room.listPlans()).map(async (stored) => ({ stored, states: listStates(stored, await room.listEvents(stored.id)) })),
  );
  const count = (states: readonly OperationState[], state: OperationState): number =>
    states.filter((one) => one === state).length;
  await out.list({
    schema: "wardctl.provision-plans/1",
    name: "plans",
    items: plans,
    columns: [
      { key: "planId", title: words.planColumn, value: ({ stored }) => stored.id },
      {
        key: "startedAt",
        title: words.started,
        value: ({ stored }) => stored.startedAt,
        text: ({ stored }, lang) => toShownTime(stored.startedAt, lang),
      },
      {
        key: "finishedAt",
        title: words.finished,
        value: ({ stored }) => stored.finishedAt,
        text: ({ stored }, lang) => (stored.finishedAt === undefined ? "–" : toShownTime(stored.finishedAt, lang)),
      },
      { key: "operations", title: words.operations, align: "right", value: ({ states }) => states.length },
      { key: "done", title: words.doneColumn, align: "right", value: ({ states }) => count(states, "done") },
      { key: "failed", title: words.failedColumn, align: "right", value: ({ states }) => count(states, "failed") },
      {
        key: "open",
        title: words.openColumn,
        align: "right",
        value: ({ states }) => count(states, "unknown") + count(states, "skipped"),
      },
    ],
    format,
    empty: words.noPlans,
  });
  return plans.some(({ stored }) => stored.finishedAt === undefined) ? "attention" : "ok";
}

function toShownTime(iso: string, lang: Lang): string {
  const at = readInstant(iso, vietnamZone);
  return at === undefined ? iso : formatDateTime(at, vietnamZone, lang);
}

async function listOperations(
  stored: StoredPlan,
  room: Provision,
  format: ListFormat,
  { out }: Pick<Context, "out">,
): Promise<Outcome> {
  const events = await room.listEvents(stored.id);
  const items = stored.plan.operations.map((operation) => ({ operation, event: events.get(operation.id) }));
  await out.list({
    schema: "wardctl.provision-status/1",
    name: "operations",
    items,
    extra: { planId: stored.id, startedAt: stored.startedAt, finishedAt: stored.finishedAt ?? null },
    columns: [
      { key: "id", title: words.id, value: ({ operation }) => operation.id },
      { key: "system", title: words.systemColumn, value: ({ operation }) => operation.system },
      { key: "subject", title: words.subject, value: ({ operation }) => toSubjectId(operation.subject) },
      { key: "username", title: words.username, value: ({ operation }) => operation.username },
      {
        key: "kind",
        title: words.kind,
        value: ({ operation }) => operation.kind,
        text: ({ operation }, lang) => kindWords[operation.kind][lang],
      },
      {
        key: "state",
        title: words.state,
        value: ({ event }) => toState(event),
        text: ({ event }, lang) => stateWords[toState(event)][lang],
      },
      { key: "targetId", title: words.id, value: ({ event }) => event?.targetId },
    ],
    format,
    empty: words.nothingToDo,
  });
  return stored.finishedAt === undefined ? "attention" : "ok";
}

function listStates({ plan }: StoredPlan, events: ReadonlyMap<string, OperationEvent>): OperationState[] {
  return plan.operations.map(({ id }) => toState(events.get(id)));
}

/** Answered or adopted but not read back yet is unknown; nothing written about it is not sent, as far as is known here. */
function toState(event: OperationEvent | undefined): OperationState {
  if (!event) return "skipped";
  return event.event === "done" || event.event === "failed" ? event.event : "unknown";
}
