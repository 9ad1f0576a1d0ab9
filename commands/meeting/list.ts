import type { Command } from "commander";
import { listActions, listSessions } from "../../src/meeting/session-store.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { toIso } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { meetingWords as words } from "./words.ts";

export function declareList(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "list", about: words.list, example: "wardctl meeting list" }))
    .action((options: { readonly format: ListFormat }, command: Command) =>
      cli.run(command, (context) => list(options, context)),
    );
}

async function list(
  { format }: { readonly format: ListFormat },
  { workspace: open, out }: Pick<Context, "workspace" | "out">,
): Promise<Outcome> {
  const workspace = await open();
  const { zone } = workspace;
  const database = await workspace.database();
  const actions = await listActions(database);
  await out.list({
    schema: "wardctl.meetings/1",
    name: "meetings",
    items: [...(await listSessions(database))].reverse(),
    format,
    empty: words.noSession,
    columns: [
      { key: "id", title: words.idTitle, value: ({ id }) => id },
      { key: "kind", title: words.kind, value: ({ kind }) => kind, machineOnly: true },
      {
        key: "openedAt",
        title: words.openedTitle,
        value: ({ openedAt }) => toIso(openedAt, zone),
        text: ({ openedAt }, lang) => formatDateTime(openedAt, zone, lang),
      },
      {
        key: "closedAt",
        title: words.closedTitle,
        value: ({ closed }) => (closed ? toIso(closed.at, zone) : undefined),
        text: ({ closed }, lang) => (closed ? formatDateTime(closed.at, zone, lang) : words.running[lang]),
      },
      { key: "decisions", title: words.decisionsTitle, align: "right", value: ({ decisions }) => decisions.length },
      {
        key: "actions",
        title: words.actionsTitle,
        align: "right",
        value: ({ id }) => actions.filter(({ session }) => session === id).length,
      },
      { key: "lessons", title: words.lessonsTitle, align: "right", value: ({ lessons }) => lessons.length },
      { key: "report", title: words.reportTitle, value: ({ report }) => report },
    ],
  });
  return "ok";
}
