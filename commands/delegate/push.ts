import type { Command } from "commander";
import { listKeys } from "../../src/delegation/doc-types.ts";
import { applyPush, preparePush, type ReadyPlan } from "../../src/delegation/push.ts";
import { type ReadBack, readBack } from "../../src/delegation/read-back.ts";
import { verbatim, type Words } from "../../src/platform/words.ts";
import { chooseUnits } from "../choose-units.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import {
  formatLoss,
  formatRight,
  isClean,
  readShown,
  renderReadBack,
  type Shown,
  toLossDocument,
  toReadBackDocument,
} from "./carriage.ts";
import { carriageWords } from "./carriage-words.ts";
import { openDesk, withSystems } from "./room.ts";
import { delegateWords as words } from "./words.ts";

export function declarePush(noun: Command, cli: Cli): void {
  cli
    .withYes(cli.verb(noun, { name: "push", about: words.push, example: "wardctl delegate push --unit 27004 --yes" }))
    .option("--unit <unit>", cli.say(words.unit), collect)
    .option("--system <name>", cli.say(words.system), collect)
    .option("--accept-wider <reason>", cli.say(carriageWords.acceptWider))
    .action((options: PushOptions, command: Command) => cli.run(command, (context) => push(options, context)));
}

interface PushOptions {
  readonly unit?: readonly string[];
  readonly system?: readonly string[];
  readonly acceptWider?: string;
  readonly yes?: boolean;
}

interface Pushed {
  readonly system: string;
  readonly plan: ReadyPlan;
  readonly writes: number;
  /** Undefined: the person said no. */
  readonly after?: ReadBack;
}

type Needs = Pick<Context, "workspace" | "out" | "clock" | "ids" | "signal" | "prompts">;

async function push(options: PushOptions, context: Needs): Promise<Outcome> {
  const { out, signal, prompts } = context;
  const workspace = await context.workspace();
  const desk = await openDesk(context);
  const units = await chooseUnits(workspace, options.unit);
  const results = await withSystems(
    workspace,
    units,
    options.system,
    async ({ carrier, ttlMs, units: served }): Promise<Pushed> => {
      const { system } = carrier;
      const reason = options.acceptWider;
      const plan = await preparePush(desk, carrier, { units: served, signal, acceptsWider: reason !== undefined });
      const isReadOnly = carrier.grade === "export";
      const writes = isReadOnly ? 0 : plan.create.length + plan.end.length;
      const asks = writes > 0 && !options.yes;
      const show = await readShown(desk, out, [...plan.end, ...plan.create, ...plan.blocked, ...plan.foreign, ...plan.losses]);
      // What somebody is asked about is shown even under --quiet.
      for (const line of formatPlan(system, plan, show)) (asks ? out.warn : out.note)(line);
      if (asks && !(await prompts.confirm(carriageWords.ask(system), "--yes"))) return { system, plan, writes: 0 };
      if (isReadOnly && plan.create.length + plan.end.length > 0) out.warn(carriageWords.byHand(system));
      if (writes > 0) await applyPush(desk, carrier, plan, { signal, reason });
      return { system, plan, writes, after: await readBack(desk, carrier, { units: served, ttlMs, signal }) };
    },
  );
  if (results.length === 0) out.warn(carriageWords.nothingAsked);
  const show = await readShown(
    desk,
    out,
    results.flatMap(({ after }) => [...(after?.differences ?? []), ...(after?.losses ?? [])]),
  );
  await out.emit({
    document: {
      schema: "wardctl.delegate-push/1",
      systems: results.map(({ system, plan, writes, after }) => ({
        system,
        writes,
        create: plan.create.map(({ key, unit, staffId, capacity, docTypes, narrowing }) => ({
          key,
          unit,
          staffId,
          capacity,
          docTypes: listKeys(docTypes),
          narrowing: narrowing ?? null,
        })),
        end: plan.end.map(({ extId, key, unit, staffId, capacity }) => ({
          extId,
          key: key ?? null,
          unit,
          staffId: staffId ?? null,
          capacity,
        })),
        losses: plan.losses.map((loss) => toLossDocument(loss, desk.zone)),
        blocked: plan.blocked.map(({ unit, staffId, capacity }) => ({ unit, staffId, capacity, code: "ACC-MISSING" })),
        readBack: after ? toReadBackDocument(after, desk.zone, out.lang) : null,
      })),
    },
    render: () => results.map(({ after }) => (after ? renderReadBack(after, show) : out.say(carriageWords.stopped))).join("\n"),
  });
  if (results.some(({ after }) => after === undefined)) return "cancelled";
  return results.every(({ after, plan }) => after && isClean(after) && plan.blocked.length === 0) ? "ok" : "attention";
}

/** What will be written, before anybody is asked. */
function formatPlan(system: string, plan: ReadyPlan, show: Shown): Words[] {
  const { lang } = show;
  const lines = [
    ...plan.end.map((right) => `  - ${carriageWords.end[lang]}  ${formatRight(right, show)}`),
    ...plan.create.map((right) => `  + ${carriageWords.create[lang]}  ${formatRight(right, show)}`),
    ...plan.blocked.map((right) => `  ! ACC-MISSING ${carriageWords.blocked[lang]}  ${formatRight(right, show)}`),
    ...plan.foreign.map((right) => `  · ${carriageWords.foreign[lang]}  ${formatRight(right, show)}`),
    ...plan.losses.map((loss) => `  ${formatLoss(loss, show)}`),
  ].map(verbatim);
  const writes = plan.create.length + plan.end.length;
  return [
    writes > 0 ? carriageWords.plan(system, plan.create.length, plan.end.length) : carriageWords.nothing(system),
    ...lines.slice(0, linesShown),
    ...(lines.length > linesShown ? [carriageWords.andMore(lines.length - linesShown)] : []),
  ];
}

const linesShown = 40;
