import type { Command } from "commander";
import { Failure } from "../../src/platform/failure.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { ListColumn, ListFormat, Output } from "../../src/platform/output.ts";
import { readInstant, vietnamZone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import type { Provision } from "../../src/provision/open-provision.ts";
import { toSubjectId } from "../../src/provision/operation.ts";
import type { OperationState } from "../../src/provision/outcome.ts";
import {
  isOpen,
  judgePlans,
  listSubjectStandings,
  type PlanStanding,
  type StandingPart,
} from "../../src/provision/plan-standing.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openRoom } from "./open.ts";
import { kindWords } from "./operation-words.ts";
import { listNextSteps, renderOpenPlan } from "./status-text.ts";
import { statusWords as own, progressWords } from "./status-words.ts";
import { provisionWords as words } from "./words.ts";

export function declareStatus(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "status", about: words.status, example: "wardctl provision status" }))
    .argument("[plan-id]", cli.say(words.planId))
    .option("--all", cli.say(words.all))
    .action((planId: string | undefined, options: StatusOptions, command: Command) =>
      cli.run(command, (context) => showStatus(planId, options, context)),
    );
}

interface StatusOptions {
  readonly format: ListFormat;
  readonly all?: boolean;
}

async function showStatus(
  planId: string | undefined,
  options: StatusOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out">,
): Promise<Outcome> {
  const room = await openRoom(context);
  const standings = await readStandings(room);
  if (planId === undefined) return listPlans(standings, options, context.out);
  const standing = standings.find(({ stored }) => stored.id === planId);
  if (!standing) throw new Failure("usage", words.unknownPlan(planId));
  return listOperations(standing, standings, options, context.out);
}

async function readStandings(room: Provision): Promise<PlanStanding[]> {
  const plans = await room.listPlans();
  return judgePlans(await Promise.all(plans.map(async (stored) => ({ stored, events: await room.listEvents(stored.id) }))));
}

async function listPlans(
  standings: readonly PlanStanding[],
  { format, all = false }: StatusOptions,
  out: Output,
): Promise<Outcome> {
  const open = standings.filter((standing) => standing.open.length > 0);
  const resumable = findResumable(standings);
  await out.list({
    schema: "wardctl.provision-plans/1",
    name: "plans",
    items: standings,
    extra: { open: open.map((standing) => toOpenDocument(standing, resumable)) },
    columns: planColumns,
    format,
    empty: words.noPlans,
    below: open.flatMap((standing) => ["", ...renderOpenPlan(standing, { out, all, resumable })]),
  });
  return open.length > 0 ? "attention" : "ok";
}

const planColumns: readonly ListColumn<PlanStanding>[] = [
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
    machineOnly: true,
  },
  { key: "operations", title: words.operations, align: "right", value: ({ parts }) => parts.length },
  { key: "done", title: words.doneColumn, align: "right", value: ({ parts }) => count(parts, "done") },
  { key: "failed", title: words.failedColumn, align: "right", value: ({ parts }) => count(parts.filter(isOpen), "failed") },
  {
    key: "open",
    title: words.openColumn,
    align: "right",
    value: ({ parts }) => parts.filter(isOpen).length - count(parts.filter(isOpen), "failed"),
  },
  {
    key: "overtaken",
    title: own.overtaken,
    align: "right",
    value: ({ parts }) => parts.filter(({ overtaken }) => overtaken).length,
  },
];

function count(parts: readonly StandingPart[], wanted: OperationState): number {
  return parts.filter(({ state }) => state === wanted).length;
}

function toShownTime(iso: string, lang: Lang): string {
  const at = readInstant(iso, vietnamZone);
  return at === undefined ? iso : formatDateTime(at, vietnamZone, lang);
}

/** `apply --resume` alone goes on with the newest that is not finished. */
function findResumable(standings: readonly PlanStanding[]): string | undefined {
  return standings.find(({ stored }) => stored.finishedAt === undefined)?.stored.id;
}

function toOpenDocument(standing: PlanStanding, resumable: string | undefined): Record<string, unknown> {
  return {
    planId: standing.stored.id,
    next: listNextSteps(standing, resumable).map(({ command }) => command),
    subjects: standing.open.map(({ subject, state, parts }) => ({
      subject: toSubjectId(subject),
      name: subject.name,
      unit: subject.unit,
      state,
      systems: parts.map(({ operation, state: part, overtaken, detail }) => ({
        system: operation.system,
        kind: operation.kind,
        state: part,
        overtaken,
        detail: detail ?? null,
      })),
    })),
  };
}

async function listOperations(
  standing: PlanStanding,
  standings: readonly PlanStanding[],
  { format }: StatusOptions,
  out: Output,
): Promise<Outcome> {
  const { stored, parts, open } = standing;
  const resumable = findResumable(standings);
  await out.list({
    schema: "wardctl.provision-status/1",
    name: "operations",
    items: parts,
    extra: {
      planId: stored.id,
      startedAt: stored.startedAt,
      finishedAt: stored.finishedAt ?? null,
      next: open.length === 0 ? [] : listNextSteps(standing, resumable).map(({ command }) => command),
      subjects: listSubjectStandings(parts).map(({ subject, state }) => ({
        subject: toSubjectId(subject),
        name: subject.name,
        state,
      })),
    },
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
        value: ({ state }) => state,
        text: ({ state, overtaken }, lang) => (overtaken ? own.overtaken : progressWords[state])[lang],
      },
      { key: "overtaken", title: own.overtaken, value: ({ overtaken }) => overtaken, machineOnly: true },
      { key: "targetId", title: words.id, value: ({ targetId }) => targetId, machineOnly: true },
      { key: "detail", title: words.message, value: ({ detail }) => detail, text: ({ detail }) => detail ?? "" },
    ],
    format,
    empty: words.nothingToDo,
    below: open.length === 0 ? [] : ["", ...listNextSteps(standing, resumable).map(({ text }) => out.say(text))],
  });
  return open.length > 0 ? "attention" : "ok";
}
