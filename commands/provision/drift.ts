import type { Command } from "commander";
import { Failure } from "../../src/platform/failure.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { describeMove } from "../../src/provision/attribute-words.ts";
import { type DriftFinding, type DriftKind, driftKinds } from "../../src/provision/drift.ts";
import { describeFailed } from "../../src/provision/failed-words.ts";
import { provisionFaults } from "../../src/provision/words.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { driftWords, lifecycleWords as own } from "./lifecycle-words.ts";
import { openLifecycleRoom } from "./open.ts";
import { provisionWords as words } from "./words.ts";

export function declareDrift(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "drift", about: own.drift, example: "wardctl provision drift --system documents" }))
    .option("--system <name...>", cli.say(words.system))
    .action((options: DriftOptions, command: Command) => cli.run(command, (context) => showDrift(options, context)));
}

interface DriftOptions {
  readonly format: ListFormat;
  readonly system?: readonly string[];
}

async function showDrift(
  { format, system }: DriftOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out" | "signal">,
): Promise<Outcome> {
  const { out, signal } = context;
  const room = await openLifecycleRoom(context);
  const { findings, compared, withoutBaseline, failed, systems } = await room.drift({ systems: system, signal });
  if (systems.length === 0) {
    throw new Failure(failed[0]?.kind ?? "unavailable", failed.length > 0 ? provisionFaults.noSystemRead(failed) : own.noneRead);
  }
  const count = (kind: DriftKind): number => findings.filter((finding) => finding.kind === kind).length;
  const totals = Object.fromEntries(driftKinds.map((kind) => [kind, count(kind)]).filter(([, found]) => found !== 0));
  await out.list<DriftFinding>({
    schema: "wardctl.provision-drift/1",
    name: "findings",
    items: findings,
    extra: { systems, compared, withoutBaseline, failed: failed.map((reading) => reading.system), totals },
    columns: [
      { key: "system", title: words.systemColumn, value: (finding) => finding.system },
      { key: "subject", title: words.subject, value: ({ subject }) => subject.slice(subject.indexOf("/") + 1) },
      { key: "username", title: words.username, value: ({ username }) => username || undefined },
      { key: "kind", title: own.finding, value: ({ kind }) => kind, text: ({ kind }, lang) => driftWords[kind][lang] },
      { key: "targetId", title: words.id, value: ({ targetId }) => targetId, machineOnly: true },
      {
        key: "differences",
        title: words.message,
        value: ({ moves }) => moves.map(({ attribute, from, to }) => `${attribute}: ${from} → ${to}`),
        text: ({ moves }, lang) => moves.map((move) => describeMove(move)[lang]).join(", "),
      },
    ],
    format,
    empty: compared === 0 ? own.noneManaged : own.noDrift(compared),
  });
  for (const said of describeFailed(failed)) out.warn(said);
  if (withoutBaseline > 0) out.note(own.withoutBaseline(withoutBaseline));
  if (findings.length > 0) out.note(own.drifted(findings.length, compared));
  if (failed.length > 0) return "partial";
  return findings.length > 0 ? "attention" : "ok";
}
