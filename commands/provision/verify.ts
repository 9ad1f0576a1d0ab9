import type { Command } from "commander";
import { Failure } from "../../src/platform/failure.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { describeMove } from "../../src/provision/attribute-words.ts";
import { describeFailed } from "../../src/provision/failed-words.ts";
import { toSubjectId } from "../../src/provision/operation.ts";
import type { VerifiedState } from "../../src/provision/verify-plan.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openRoom, readPlanFile } from "./open.ts";
import { verifiedWords } from "./operation-words.ts";
import { provisionWords as words } from "./words.ts";

export function declareVerify(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "verify", about: words.verify, example: "wardctl provision verify plan.json" }))
    .argument("<plan>", cli.say(words.planFile))
    .option("--all", cli.say(words.all))
    .action((plan: string, options: VerifyOptions, command: Command) =>
      cli.run(command, (context) => verifyAccounts(plan, options, context)),
    );
}

interface VerifyOptions {
  readonly format: ListFormat;
  readonly all?: boolean;
}

async function verifyAccounts(
  file: string,
  { format, all = false }: VerifyOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out" | "cwd" | "signal">,
): Promise<Outcome> {
  const { out, cwd, signal } = context;
  const room = await openRoom(context);
  const { rows, failed } = await room.verify(await readPlanFile(file, cwd), signal);
  if (failed.length > 0 && rows.every(({ state }) => state === "unknown")) {
    throw new Failure(failed[0]?.kind ?? "unavailable", failed[0]?.message ?? words.unknownPlan(file));
  }
  const counts: Record<VerifiedState, number> = { "as-planned": 0, "not-applied": 0, differs: 0, unknown: 0 };
  for (const { state } of rows) counts[state] += 1;
  const items = all || out.json ? rows : rows.filter(({ state }) => state !== "as-planned");
  await out.list({
    schema: "wardctl.provision-verify/1",
    name: "operations",
    items,
    extra: { totals: counts },
    columns: [
      { key: "id", title: words.id, value: ({ operation }) => operation.id },
      { key: "system", title: words.systemColumn, value: ({ operation }) => operation.system },
      { key: "subject", title: words.subject, value: ({ operation: { subject } }) => toSubjectId(subject) },
      { key: "username", title: words.username, value: ({ operation }) => operation.username },
      { key: "state", title: words.state, value: ({ state }) => state, text: ({ state }, lang) => verifiedWords[state][lang] },
      {
        key: "differences",
        title: words.message,
        value: ({ moves }) => moves.map(({ attribute, from, to }) => `${attribute}: ${from} → ${to}`),
        text: ({ moves }, lang) => moves.map((move) => describeMove(move)[lang]).join(", "),
      },
    ],
    format,
    empty: words.verified(counts),
  });
  for (const said of describeFailed(failed)) out.warn(said);
  if (items.length > 0 || failed.length > 0) out.note(words.verified(counts));
  if (failed.length > 0) return "partial";
  return counts.differs + counts["not-applied"] > 0 ? "attention" : "ok";
}
