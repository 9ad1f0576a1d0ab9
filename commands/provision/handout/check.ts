import type { Command } from "commander";
import { formatDateTime } from "../../../src/platform/format.ts";
import type { ListFormat } from "../../../src/platform/output.ts";
import { toIso } from "../../../src/platform/time.ts";
import { describeFailed } from "../../../src/provision/failed-words.ts";
import { slipStateWords } from "../../../src/provision/handout-words.ts";
import type { Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import type { Outcome } from "../../exit-codes.ts";
import { collect, readWholeNumber } from "../../options.ts";
import { openClaimsRoom } from "../open.ts";
import { claimWords as own, signedInWords } from "./claim-words.ts";
import { formatOwner } from "./format-owner.ts";
import { handoutWords as words } from "./words.ts";

export function declareCheck(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "check", about: own.check, example: "wardctl provision handout check --unit 27004" }))
    .option("--unit <code>", cli.say(words.unit), collect)
    .option("--days <n>", cli.say(own.days), readWholeNumber)
    .action((options: CheckOptions, command: Command) => cli.run(command, (context) => checkClaims(options, context)));
}

interface CheckOptions {
  readonly unit?: readonly string[];
  readonly days?: number;
  readonly format: ListFormat;
}

async function checkClaims(
  { unit, days, format }: CheckOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out" | "signal">,
): Promise<Outcome> {
  const { out, signal } = context;
  const { zone } = await context.workspace();
  const room = await openClaimsRoom(context);
  const { claims, failed, days: allowed } = await room.check({ units: unit, days, signal });
  const overdue = claims.filter((claim) => claim.overdue && claim.signedIn !== "yes");
  await out.list({
    schema: "wardctl.handout-check/1",
    name: "slips",
    items: claims,
    extra: { days: allowed, unreadable: failed.map(({ system, message }) => ({ system, reason: out.say(message) })) },
    columns: [
      { key: "slip", title: words.slipColumn, value: ({ line }) => line.id },
      { key: "unit", title: words.unitColumn, value: ({ line }) => line.unit, machineOnly: true },
      { key: "subject", title: words.subject, value: ({ line }) => line.subject, text: ({ line }) => formatOwner(line.subject) },
      { key: "system", title: words.system, value: ({ line }) => line.system },
      { key: "username", title: words.username, value: ({ line }) => line.username },
      {
        key: "state",
        title: words.stateColumn,
        value: ({ line }) => line.state,
        text: ({ line }, lang) => slipStateWords[line.state][lang],
      },
      { key: "sealedAt", title: words.since, value: ({ line }) => line.sealedAt, machineOnly: true },
      {
        key: "signedIn",
        title: own.signedIn,
        value: ({ signedIn }) => signedIn,
        text: ({ signedIn, lastSignInAt }, lang) =>
          signedIn === "yes" && lastSignInAt !== undefined
            ? formatDateTime(lastSignInAt, zone, lang)
            : signedInWords[signedIn][lang],
      },
      {
        key: "lastSignInAt",
        title: own.signedIn,
        value: ({ lastSignInAt }) => (lastSignInAt === undefined ? undefined : toIso(lastSignInAt, zone)),
        machineOnly: true,
      },
      {
        key: "overdue",
        title: own.overdue,
        value: ({ overdue: late }) => late,
        text: ({ overdue: late }, lang) => (late ? own.late[lang] : ""),
      },
    ],
    format,
    empty: own.nobodyWaits,
  });
  for (const said of describeFailed(failed)) out.warn(said);
  if (overdue.length > 0) out.note(own.planThem(overdue.length, allowed));
  if (failed.length > 0) return "partial";
  return overdue.length > 0 ? "attention" : "ok";
}
