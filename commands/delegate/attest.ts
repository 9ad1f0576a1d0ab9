import { resolve } from "node:path";
import type { Command } from "commander";
import { type Desk, findSystem } from "../../src/delegation/desk.ts";
import { toMask } from "../../src/delegation/doc-types.ts";
import { type Attestation, confirmAttestation, recordAttestation, type Shown } from "../../src/delegation/grades/attestation.ts";
import { createAttestationStore } from "../../src/delegation/grades/attestation-store.ts";
import { readShown } from "../../src/delegation/grades/read-shown.ts";
import { Failure } from "../../src/platform/failure.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { readTableFile, type TableFile } from "../../src/platform/table-file.ts";
import { toIso } from "../../src/platform/time.ts";
import { verbatim } from "../../src/platform/words.ts";
import { needUnit } from "../choose-units.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { attestStates, attestWords as words } from "./attest-words.ts";
import { needPerson } from "./find-person.ts";
import { needInstant, openDesk } from "./room.ts";
import { formatTypes } from "./type-names.ts";
import { delegateWords } from "./words.ts";

export function declareAttest(noun: Command, cli: Cli): void {
  const example = "wardctl delegate attest --unit 27004 --person chanh-van-phong --capacity TL --doc-types cong-van --yes";
  cli
    .withFormat(cli.withYes(cli.verb(noun, { name: "attest", about: words.attest, example })))
    .option("--file <path>", cli.say(words.file))
    .option("--unit <unit>", cli.say(delegateWords.oneUnit))
    .option("--person <person>", cli.say(words.person))
    .option("--capacity <capacity>", cli.say(words.capacity))
    .option("--doc-types <types>", cli.say(words.docTypes))
    .option("--absent", cli.say(words.absent))
    .option("--at <instant>", cli.say(words.at))
    .option("--note <text>", cli.say(words.note))
    .option("--confirm <id>", cli.say(words.confirm))
    .action((options: AttestOptions, command: Command) => cli.run(command, (context) => attest(options, context)));
}

const flags: Readonly<Record<string, string>> = {
  unit: "--unit",
  staff_id: "--person",
  capacity: "--capacity",
  doc_types: "--doc-types",
};

interface AttestOptions {
  readonly file?: string;
  readonly unit?: string;
  readonly person?: string;
  readonly capacity?: string;
  readonly docTypes?: string;
  readonly absent?: boolean;
  readonly at?: string;
  readonly note?: string;
  readonly confirm?: string;
  readonly yes?: boolean;
  readonly format: ListFormat;
}

type Needs = Pick<Context, "workspace" | "out" | "clock" | "ids" | "prompts" | "cwd">;

async function attest(options: AttestOptions, context: Needs): Promise<Outcome> {
  const desk = await openDesk(context);
  if (options.confirm !== undefined) return confirm(desk, options.confirm, options, context);
  const { file, unit, person, capacity, docTypes } = options;
  if (file === undefined && unit === undefined && person === undefined) return list(desk, options, context);
  const isWhole = unit !== undefined && person !== undefined && capacity !== undefined && docTypes !== undefined;
  if (file === undefined ? !isWhole : person !== undefined) throw new Failure("usage", words.chooseOne);
  return record(desk, options, context);
}

async function record(desk: Desk, options: AttestOptions, context: Needs): Promise<Outcome> {
  const { out, clock, cwd, prompts } = context;
  const workspace = await context.workspace();
  const { systems } = workspace.settings.delegate;
  const at = options.at === undefined ? clock.now() : needInstant(options.at, "--at", workspace);
  const directory = await workspace.directory();
  const table = await readTable(
    options,
    async (unit, person) => {
      const found = needUnit(unit, directory, workspace.settings);
      return (await needPerson(desk, person, found, at)).staffId;
    },
    cwd,
  );
  const staff = new Set((await desk.people.listPosts({})).map(({ staffId }) => staffId));
  const { system, shown } = readShown(table, options.file ?? "attest", {
    directory,
    choice: workspace.settings,
    // What was typed is named by its flag.
    ...(options.file === undefined && { place: (name: string) => ({ file: flags[name] ?? "attest" }) }),
    zone: desk.zone,
    isStaff: (staffId) => staff.has(staffId),
    systemOf: (unit) => findSystem(workspace.settings.delegate, unit),
    hasScreensOnly: (name) => systems[name]?.kind === "screens",
  });
  if (!options.yes) {
    for (const line of shown) out.warn(verbatim(`  ${describe(line, out.lang)}`));
    if (!(await prompts.confirm(words.recordIt, "--yes"))) return "cancelled";
  }
  const attestation = await recordAttestation(desk, { system, at, shown, note: options.note });
  await out.emit({
    document: { schema: "wardctl.delegate-attest/1", ...toDocument(attestation, desk) },
    render: () => out.say(words.recorded(attestation.id, system, shown.length)),
  });
  return "attention";
}

/** The flags make a table of one row, so that both ways are read alike. */
async function readTable(
  { file, unit = "", person = "", capacity = "", docTypes = "", absent }: AttestOptions,
  findStaffId: (unit: string, person: string) => Promise<string>,
  cwd: string,
): Promise<TableFile> {
  if (file !== undefined) return readTableFile(resolve(cwd, file), file);
  const cells = {
    unit,
    staff_id: await findStaffId(unit, person),
    capacity,
    doc_types: docTypes,
    carried: absent ? "no" : "yes",
  };
  return { headings: Object.keys(cells), rows: [{ line: 1, cells }] };
}

async function confirm(desk: Desk, id: string, { yes }: AttestOptions, { out, prompts }: Needs): Promise<Outcome> {
  const { zone } = desk;
  const known = await createAttestationStore(desk.database).find(id);
  if (known && !yes) {
    for (const line of known.shown) out.warn(verbatim(`  ${describe(line, out.lang)}`));
    if (!(await prompts.confirm(words.confirmIt, "--yes"))) return "cancelled";
  }
  const attestation = await confirmAttestation(desk, id);
  const until = attestation.at + desk.settings.attestedFor;
  await out.emit({
    document: { schema: "wardctl.delegate-attest/1", ...toDocument(attestation, desk) },
    render: () => out.say(words.confirmed(id, formatDateTime(until, zone, out.lang))),
  });
  return "ok";
}

async function list(desk: Desk, { format }: AttestOptions, { out }: Needs): Promise<Outcome> {
  const { zone } = desk;
  const all = await createAttestationStore(desk.database).list();
  await out.list({
    schema: "wardctl.delegate-attestations/1",
    name: "attestations",
    items: all,
    columns: [
      { key: "id", title: words.idTitle, value: ({ id }) => id },
      { key: "system", title: words.systemTitle, value: ({ system }) => system },
      {
        key: "at",
        title: words.atTitle,
        value: ({ at }) => toIso(at, zone),
        text: ({ at }, lang) => formatDateTime(at, zone, lang),
      },
      { key: "lines", title: words.linesTitle, value: ({ shown }) => shown.length },
      { key: "recordedBy", title: words.byTitle, value: ({ recordedBy }) => recordedBy },
      { key: "confirmedBy", title: words.secondTitle, value: ({ confirmedBy }) => confirmedBy },
      {
        key: "state",
        title: words.stateTitle,
        value: (attestation) => toState(attestation, desk),
        text: (attestation, lang) => attestStates[toState(attestation, desk)][lang],
      },
    ],
    format,
    empty: words.empty,
  });
  return all.some((attestation) => toState(attestation, desk) === "waiting") ? "attention" : "ok";
}

function toState({ at, confirmedBy }: Attestation, { clock, settings }: Desk): keyof typeof attestStates {
  if (clock.now() >= at + settings.attestedFor) return "over";
  return confirmedBy === undefined ? "waiting" : "counts";
}

function toDocument(attestation: Attestation, desk: Desk): Readonly<Record<string, unknown>> {
  const { id, system, at, shown, sha256, note, recordedBy, confirmedBy } = attestation;
  return {
    id,
    system,
    grade: "attested",
    at: toIso(at, desk.zone),
    until: toIso(at + desk.settings.attestedFor, desk.zone),
    state: toState(attestation, desk),
    recordedBy,
    confirmedBy: confirmedBy ?? null,
    note: note ?? null,
    sha256,
    shown: shown.map(({ unit, staffId, capacity, docTypes, carried }) => ({ unit, staffId, capacity, docTypes, carried })),
  };
}

function describe({ unit, staffId, capacity, docTypes, carried }: Shown, lang: "vi" | "en"): string {
  const state = carried ? words.shows : words.showsNot;
  return `${unit}  ${staffId}  ${capacity}.  ${formatTypes(toMask(docTypes), lang)}  ${state[lang]}`;
}
