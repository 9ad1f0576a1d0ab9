import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { Grant } from "../../src/delegation/grant.ts";
import { type GrantColumn, type GrantText, readGrantRows, toFlagText } from "../../src/delegation/grant-columns.ts";
import { readGrant } from "../../src/delegation/read-grant.ts";
import { recordGrants } from "../../src/delegation/record-grants.ts";
import { readCsv } from "../../src/platform/csv.ts";
import { Failure, type Fault } from "../../src/platform/failure.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { askGrant } from "./ask-grant.ts";
import { toGrantDocument } from "./grant-document.ts";
import { openDesk } from "./room.ts";
import { delegateWords as words } from "./words.ts";

const example =
  "wardctl delegate grant --unit 27004 --to-position chanh-van-phong --capacity TL --doc-types cong-van,thong-bao --basis-kind quy-che-lam-viec --basis-number 01/QĐ-UBND --basis-date 2025-07-01 --clause 'khoản 2 Điều 7'";

export function declareGrant(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "grant", about: words.grant, example })
    .addOption(new Option("--file <csv>", cli.say(words.file)).conflicts(["unit", "toPosition", "capacity", "docTypes"]))
    .option("--unit <unit>", cli.say(words.oneUnit))
    .option("--from-position <post>", cli.say(words.fromPosition))
    .option("--to-position <post>", cli.say(words.toPosition))
    .option("--capacity <capacity>", cli.say(words.capacity))
    .option("--doc-types <types>", cli.say(words.docTypes))
    .option("--from <date>", cli.say(words.from))
    .option("--to <date>", cli.say(words.to))
    .option("--basis-kind <kind>", cli.say(words.basisKind))
    .option("--basis-number <number>", cli.say(words.basisNumber))
    .option("--basis-date <date>", cli.say(words.basisDate))
    .option("--clause <clause>", cli.say(words.clause))
    .option("--person <staffId>", cli.say(words.person))
    .option("--legal-basis <text>", cli.say(words.legalBasis))
    .option("--parent <id>", cli.say(words.parent))
    .action((options: GrantOptions, command: Command) => cli.run(command, (context) => recordGrant(options, context)));
}

export interface GrantOptions {
  readonly file?: string;
  readonly unit?: string;
  readonly fromPosition?: string;
  readonly toPosition?: string;
  readonly capacity?: string;
  readonly docTypes?: string;
  readonly from?: string;
  readonly to?: string;
  readonly basisKind?: string;
  readonly basisNumber?: string;
  readonly basisDate?: string;
  readonly clause?: string;
  readonly person?: string;
  readonly legalBasis?: string;
  readonly parent?: string;
}

type Needs = Pick<Context, "workspace" | "out" | "clock" | "ids" | "prompts" | "cwd">;

async function recordGrant(options: GrantOptions, context: Needs): Promise<Outcome> {
  const { out, clock, cwd } = context;
  const workspace = await context.workspace();
  const desk = await openDesk(context);
  const guided = out.interactive && options.file === undefined && (!options.unit || !options.toPosition || !options.capacity);
  const given = guided ? await askGrant(options, context.prompts, workspace) : options;
  const { rows, faults } =
    given.file === undefined
      ? { rows: [toFlagText(toCells(given))], faults: [] }
      : readGrantRows(await readCsv(resolve(cwd, given.file)), given.file);
  const named = [...new Set(rows.flatMap(({ cells }) => cells.person || []))];
  const people = await Promise.all(named.map((staffId) => desk.people.findPerson(staffId)));
  const needs = {
    directory: await workspace.directory(),
    province: workspace.settings.province,
    zone: workspace.zone,
    grants: await desk.store.listGrants(),
    staffIds: new Set(people.flatMap((person) => person?.staffId ?? [])),
  };
  const read = faults.length > 0 ? [] : rows.map((row) => readGrant(row, needs));
  assertSound([...faults, ...read.flatMap((one) => one.faults)]);
  const drafts = read.flatMap(({ grant }) => grant ?? []);
  if (guided && !(await context.prompts.confirm(words.recordIt, "--unit"))) return "cancelled";
  const { recorded, same } = await recordGrants(desk, drafts);
  const pending = recorded.filter((grant) => grant.needsApproval);
  const late = recorded.filter((grant) => grant.validFrom < clock.now() - dayMs).length;
  await out.emit({
    document: {
      schema: "wardctl.delegate-grant/1",
      recorded: recorded.map((grant) => toGrantDocument(grant, workspace.zone)),
      same: same.map((grant) => grant.id),
    },
    render: () => [out.say(words.recorded(recorded.length, same.length)), ...formatFew(recorded)].join("\n"),
  });
  if (pending.length > 0) out.note(words.pendingCount(pending.length));
  if (late > 0) out.note(words.lateRecorded(late));
  return pending.length > 0 ? "attention" : "ok";
}

const dayMs = 86_400_000;

/** Ids are for going on with one; a file of hundreds has its list. */
function formatFew(grants: readonly Grant[]): string[] {
  return grants.length > 5 ? [] : grants.map((grant) => `  ${grant.id}  ${grant.unit}  ${grant.capacity}.`);
}

function assertSound(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new Failure("invalid", words.faulty(faults.length), { faults });
}

/** What a flag leaves out and can be known: the head gives, from the day of the paper. */
function toCells(options: GrantOptions): GrantText["cells"] {
  const cells: Partial<Record<GrantColumn, string | undefined>> = {
    unit: options.unit,
    from_position: options.fromPosition ?? "chu-tich",
    to_position: options.toPosition,
    capacity: options.capacity,
    doc_types: options.docTypes,
    from: options.from ?? options.basisDate,
    to: options.to,
    basis_kind: options.basisKind,
    basis_number: options.basisNumber,
    basis_date: options.basisDate,
    clause: options.clause,
    person: options.person,
    legal_basis: options.legalBasis,
    parent: options.parent,
  };
  return cells as GrantText["cells"];
}
