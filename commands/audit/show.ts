import type { Command } from "commander";
import { formatDateTime } from "../../src/platform/format.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { readInstant } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { readWholeNumber } from "../options.ts";
import { auditWords as words } from "./words.ts";

export function declareShow(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "show", about: words.show, example: "wardctl audit show --limit 20" }))
    .option("--limit <n>", cli.say(words.limit), readWholeNumber, 50)
    .option("--action <prefix>", cli.say(words.action))
    .action((options: ShowOptions, command: Command) => cli.run(command, (context) => showAudit(options, context)));
}

interface ShowOptions {
  readonly limit: number;
  readonly action?: string;
  readonly format: ListFormat;
}

async function showAudit(options: ShowOptions, context: Pick<Context, "workspace" | "out">): Promise<Outcome> {
  const { out } = context;
  const { zone, ...workspace } = await context.workspace();
  const log = await workspace.audit();
  await out.list({
    schema: "wardctl.audit/1",
    name: "records",
    items: await log.list({ limit: options.limit, actionPrefix: options.action }),
    columns: [
      { key: "seq", title: words.seq, align: "right", value: (record) => record.seq },
      {
        key: "at",
        title: words.at,
        value: (record) => record.at,
        text: ({ at }, lang) => formatDateTime(readInstant(at, zone) ?? 0, zone, lang),
      },
      { key: "actor", title: words.actor, value: (record) => record.actor },
      { key: "action", title: words.actionTitle, value: (record) => record.action },
      { key: "subject", title: words.subject, value: (record) => record.subject },
      {
        key: "detail",
        title: words.detail,
        value: (record) => JSON.stringify(record.detail),
        json: (record) => record.detail,
        text: (record) => formatDetail(record.detail),
      },
    ],
    format: options.format,
    empty: words.empty,
  });
  return "ok";
}

const detailShown = 60;

/** `plan=0mcn6prk0 system=video`, cut: the whole is in the machine formats. */
function formatDetail(detail: Readonly<Record<string, unknown>>): string {
  const text = Object.entries(detail)
    .map(([key, value]) => `${key}=${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join(" ");
  return text.length > detailShown ? `${text.slice(0, detailShown - 1)}…` : text;
}
