import { dirname, resolve } from "node:path";
import { type Command, Option } from "commander";
import type { Grant } from "../../src/delegation/grant.ts";
import { type GrantColumn, type GrantText, readGrantRows, toFlagText } from "../../src/delegation/grant-columns.ts";
import { type ReadText, readGrants } from "../../src/delegation/read-grants.ts";
import { type Recorded, recordGrants } from "../../src/delegation/record-grants.ts";
import { formatCsv, readCsv } from "../../src/platform/csv.ts";
import { Failure, type Fault, formatFault } from "../../src/platform/failure.ts";
import { writeWhole } from "../../src/platform/files.ts";
import type { Zone } from "../../src/platform/time.ts";
import { verbatim } from "../../src/platform/words.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { describeGrant } from "./agree.ts";
import { askGrant } from "./ask-grant.ts";
import { toGrantDocument } from "./grant-document.ts";
import { hashPapers } from "./hash-papers.ts";
import { openDesk } from "./room.ts";
import { scopeWords } from "./scope-words.ts";
import { delegateWords as words } from "./words.ts";

const example =
  "wardctl delegate grant --unit 27004 --to-position chanh-van-phong --capacity TL --doc-types cong-van,thong-bao --basis-kind quy-che-lam-viec --basis-number 01/QĐ-UBND --basis-date 2025-07-01 --clause 'khoản 2 Điều 7'";

export function declareGrant(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "grant", about: words.grant, example })
    .addOption(new Option("--file <csv>", cli.say(words.file)).conflicts(["unit", "toPosition", "capacity", "docTypes"]))
    .option("--skip-invalid", cli.say(words.skipInvalid))
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
    .option("--except-types <types>", cli.say(scopeWords.exceptTypesFlag))
    .option("--departments <departments>", cli.say(scopeWords.departmentsFlag))
    .option("--except-departments <departments>", cli.say(scopeWords.exceptDepartmentsFlag))
    .option("--procedures <groups>", cli.say(scopeWords.proceduresFlag))
    .option("--except-procedures <groups>", cli.say(scopeWords.exceptProceduresFlag))
    .option("--basis-signed-at <instant>", cli.say(scopeWords.signedAtFlag))
    .option("--basis-sha256 <hash|file>", cli.say(scopeWords.sha256Flag))
    .action((options: GrantOptions, command: Command) => cli.run(command, (context) => recordGrant(options, context)));
}

export interface GrantOptions {
  readonly file?: string;
  readonly skipInvalid?: boolean;
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
  readonly exceptTypes?: string;
  readonly departments?: string;
  readonly exceptDepartments?: string;
  readonly procedures?: string;
  readonly exceptProcedures?: string;
  readonly basisSignedAt?: string;
  readonly basisSha256?: string;
}

type Needs = Pick<Context, "workspace" | "out" | "clock" | "ids" | "prompts" | "cwd">;

async function recordGrant(options: GrantOptions, context: Needs): Promise<Outcome> {
  const { out, cwd, prompts } = context;
  const workspace = await context.workspace();
  const desk = await openDesk(context);
  const guided = out.interactive && options.file === undefined && (!options.unit || !options.toPosition || !options.capacity);
  const given = guided ? await askGrant(options, prompts, workspace, out.lang, cwd) : options;
  const file = given.file === undefined ? undefined : resolve(cwd, given.file);
  const records = file === undefined ? [] : await readCsv(file);
  const { rows, faults } =
    given.file === undefined ? { rows: [toFlagText(toCells(given))], faults: [] } : readGrantRows(records, given.file);
  assertSound(faults);
  const texts = await hashPapers(rows, file === undefined ? cwd : dirname(file));
  const place = { directory: await workspace.directory(), choice: workspace.settings };
  const read = await readGrants(desk, texts, place);
  const faulty = read.filter((one) => one.faults.length > 0);
  const skips = options.skipInvalid === true && file !== undefined;
  if (!skips) assertSound(faulty.flatMap((one) => one.faults));
  for (const { grant } of guided ? read : []) {
    if (grant) out.warn(verbatim(describeGrant(grant, desk, out.lang)));
  }
  if (guided && !(await prompts.confirm(words.recordIt, "--unit"))) return "cancelled";
  const recorded = await recordGrants(
    desk,
    read.flatMap(({ grant }) => grant ?? []),
  );
  const skippedFile = skips && faulty.length > 0 ? await writeSkipped(file, records[0]?.cells ?? [], faulty, context) : undefined;
  await showRecorded(recorded, skippedFile, context, workspace.zone);
  if (skippedFile !== undefined) return "partial";
  return recorded.recorded.some((grant) => grant.needsApproval) ? "attention" : "ok";
}

/** The rows that were left out, as they stood, beside the file they came from: mend them and give that file. */
async function writeSkipped(
  file: string,
  head: readonly string[],
  faulty: readonly ReadText[],
  { out }: Pick<Context, "out">,
): Promise<string> {
  const path = `${file.replace(/\.csv$/i, "")}.skipped.csv`;
  await writeWhole(path, formatCsv([head, ...faulty.map(({ text }) => text.raw ?? [])]));
  for (const fault of faulty.flatMap((one) => one.faults)) out.warn(verbatim(formatFault(fault, out.lang)));
  out.warn(words.skipped(faulty.length, path));
  return path;
}

async function showRecorded(
  { recorded, same }: Recorded,
  skippedFile: string | undefined,
  { out, clock }: Pick<Context, "out" | "clock">,
  zone: Zone,
): Promise<void> {
  await out.emit({
    document: {
      schema: "wardctl.delegate-grant/1",
      recorded: recorded.map((grant) => toGrantDocument(grant, zone)),
      same: same.map((grant) => grant.id),
      skippedFile: skippedFile ?? null,
    },
    render: () => [out.say(words.recorded(recorded.length, same.length)), ...formatFew(recorded)].join("\n"),
  });
  const pending = recorded.filter((grant) => grant.needsApproval).length;
  if (pending > 0) out.note(words.pendingCount(pending));
  const late = recorded.filter((grant) => grant.validFrom < clock.now() - dayMs).length;
  if (late > 0) out.note(words.lateRecorded(late));
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
    except_types: options.exceptTypes,
    departments: options.departments,
    except_departments: options.exceptDepartments,
    procedures: options.procedures,
    except_procedures: options.exceptProcedures,
    basis_signed_at: options.basisSignedAt,
    basis_sha256: options.basisSha256,
  };
  return cells as GrantText["cells"];
}
