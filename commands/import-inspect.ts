import { join, resolve } from "node:path";
import { createDirectory, type Directory } from "../src/directory/directory.ts";
import { Failure } from "../src/platform/failure.ts";
import { readText, writeWhole } from "../src/platform/files.ts";
import { formatCount } from "../src/platform/format.ts";
import { toIsoDate, vietnamZone } from "../src/platform/time.ts";
import { verbatim } from "../src/platform/words.ts";
import { parseYaml } from "../src/platform/yaml.ts";
import { addToYaml, formatYaml } from "../src/platform/yaml-edit.ts";
import { type ColumnFinding, describeColumns, looksPersonal } from "../src/records/inspect/describe-columns.ts";
import { isKnownHeading } from "../src/records/inspect/field-words.ts";
import { type Proposal, proposeProfile, toProfile } from "../src/records/inspect/propose-profile.ts";
import { type FileSample, sampleFile } from "../src/records/inspect/sample.ts";
import { settingsSchema } from "../src/workspace/settings.ts";
import { workspaceFile } from "../src/workspace/workspace-names.ts";
import type { Context } from "./context.ts";
import type { Outcome } from "./exit-codes.ts";
import { completeProposal } from "./import-inspect-questions.ts";
import { inspectWords as words } from "./import-inspect-words.ts";

export interface InspectOptions {
  readonly source?: string;
  readonly sheet?: string;
  readonly yes?: boolean;
}

type InspectContext = Pick<Context, "findWorkspace" | "out" | "clock" | "cwd" | "prompts">;

/**
 * Drafts a source from a file nobody has described yet. Shows headings and the codes of code columns, never a cell of any other column.
 * On a terminal what is missing is asked for, and the draft goes into wardctl.yaml when it is confirmed.
 */
export async function inspectFile(file: string, options: InspectOptions, context: InspectContext): Promise<Outcome> {
  const { out, cwd, clock } = context;
  const directory = createDirectory(toIsoDate(clock.now(), vietnamZone)) as Directory;
  const sample = await sampleFile(resolve(cwd, file), file, options.sheet);
  if (!sample.headings.some(isKnownHeading)) throw new Failure("invalid", words.noHeadings(file), { hint: words.firstRow });
  const findings = describeColumns(sample, directory);
  let proposal = proposeProfile(sample, findings);
  out.note(words.sampled(sample.rows.length, sample.whole));
  if (out.interactive) {
    out.note(verbatim(`${formatFindings(sample, findings, proposal, out)}\n`));
    proposal = await completeProposal(proposal, findings, context);
  }
  const profile = toProfile(sample, proposal);
  const draft = await formatYaml({ records: { sources: { [options.source ?? toSourceName(file)]: profile } } });
  await out.emit({
    document: toDocument(file, sample, findings, proposal, profile, draft, out),
    render: () =>
      [
        ...(out.interactive ? [] : [formatFindings(sample, findings, proposal, out), ""]),
        ...listOpen(proposal, out),
        draft.trimEnd(),
      ].join("\n"),
  });
  if (out.interactive || options.yes) await keep(file, profile, proposal, options, context);
  else if (proposal.missing.length === 0) out.note(words.howToKeep(options.source ?? toSourceName(file)));
  return isWhole(proposal) ? "ok" : "attention";
}

function isWhole({ missing, unknown }: Proposal): boolean {
  return missing.length === 0 && unknown.status.length === 0 && unknown.channels.length === 0;
}

async function keep(
  file: string,
  profile: Record<string, unknown>,
  proposal: Proposal,
  options: InspectOptions,
  { findWorkspace, out, prompts }: InspectContext,
): Promise<void> {
  const workspace = await findWorkspace();
  if (!workspace || proposal.missing.length > 0) {
    const reason = workspace ? words.notWhole : words.noWorkspace;
    if (options.yes) throw new Failure("usage", reason);
    out.note(reason);
    return;
  }
  const taken = workspace.settings.records.sources;
  const shape = /^[a-z0-9][a-z0-9-]*$/;
  const check = (name: string) => (!shape.test(name) ? words.badName : name in taken ? words.taken(name) : undefined);
  const name =
    options.source ??
    (options.yes
      ? toSourceName(file)
      : await prompts.input(words.askName, { flag: "--source", initial: toSourceName(file), check }));
  const refused = check(name);
  if (refused) throw new Failure("usage", refused);
  if (!options.yes && !(await prompts.confirm(words.confirm(workspace.file, name), "--yes"))) return;
  const path = join(workspace.root, workspaceFile);
  const text = await addToYaml(await readText(path), ["records", "sources", name], profile);
  await parseYaml(text, workspace.file, settingsSchema);
  await writeWhole(path, text);
  const audit = await workspace.audit();
  await audit.append({ actor: workspace.actor, action: "records.profile", subject: name, detail: { file } });
  out.note(words.kept(workspace.file, name));
}

function toSourceName(file: string): string {
  const base = (file.split(/[\\/]/).at(-1) ?? "").replace(/\.[^.]*$/, "");
  const plain = base
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  // Of an export of one day the next day's is the same source.
  const dateless = plain.filter((part) => !/^\d{2,}$/.test(part));
  return (dateless.length > 0 ? dateless : plain).join("-") || "nguon";
}

/** A heading that looks like somebody's is not one. */
function toShownHeading(heading: string, out: InspectContext["out"]): string {
  return looksPersonal(heading) ? out.say(words.masked) : heading;
}

function formatFindings(
  sample: FileSample,
  findings: readonly ColumnFinding[],
  { content, columns }: Proposal,
  out: InspectContext["out"],
): string {
  const chosen = new Map(content === "counts" ? Object.entries(columns).map(([field, heading]) => [heading, field]) : []);
  const lines = [out.say(words.format(sample)), ""];
  for (const finding of findings) {
    if (finding.heading === "" && finding.filled === 0) continue;
    lines.push(
      `${toShownHeading(finding.heading, out) || out.say(words.noHeading)}: ${describe(finding, chosen.get(finding.heading), out)}`,
    );
    for (const { value, count } of listShownValues(finding).slice(0, 30))
      lines.push(`    ${value}  ${formatCount(count, out.lang)}`);
  }
  return lines.join("\n");
}

function describe(finding: ColumnFinding, chosen: string | undefined, out: InspectContext["out"]): string {
  const { personal, candidates, metric, headedAs, filled, distinct, datePatterns, realDates } = finding;
  if (personal) return out.say(words.personal);
  if (chosen) return [chosen, out.say(words.filled(filled)), ...datePatterns].join(" · ");
  if (headedAs && metric === undefined) return out.say(words.namesNotCodes(headedAs));
  if (candidates.length === 0 && metric === undefined) return out.say(words.dropped);
  const parts = [
    candidates.length > 0 ? candidates.map(({ field }) => field).join(" | ") : metric,
    out.say(words.filled(filled)),
  ];
  if (realDates) parts.push(out.say(words.realDates));
  if (datePatterns.length > 0) parts.push(datePatterns.join(" | "));
  else if (distinct !== undefined && !realDates && metric === undefined) parts.push(out.say(words.distinct(distinct)));
  return parts.join(" · ");
}

/** Codes that a person must map. Units and procedures are in the directory and the law already; a name is nobody's code. */
function listShownValues({ candidates, values }: ColumnFinding): readonly { readonly value: string; readonly count: number }[] {
  const first = candidates[0]?.field;
  if (first !== "status" && first !== "channel" && first !== "unit" && first !== "competentUnit") return [];
  const isCode = (value: string): boolean =>
    first === "status" || first === "channel" ? value.length <= 60 && !looksPersonal(value) : /^\d{1,5}$/.test(value);
  return (values ?? []).filter(({ value }) => isCode(value));
}

function listOpen({ missing, unknown }: Proposal, out: InspectContext["out"]): string[] {
  return [
    ...missing.map((field) => `# ${out.say(words.missing(field))}`),
    ...unknown.status.map(({ value, count }) => `# ${out.say(words.unknownStatus(value, count))}`),
    ...unknown.channels.map(({ value, count }) => `# ${out.say(words.unknownChannel(value, count))}`),
  ];
}

function toDocument(
  file: string,
  sample: FileSample,
  findings: readonly ColumnFinding[],
  proposal: Proposal,
  profile: unknown,
  yaml: string,
  out: InspectContext["out"],
): Record<string, unknown> & { schema: string } {
  return {
    schema: "wardctl.inspect/1",
    file,
    format: sample.format,
    encoding: sample.encoding ?? null,
    delimiter: sample.delimiter ?? null,
    sheet: sample.sheet ?? null,
    headerRows: sample.headerRows ?? null,
    rowsSampled: sample.rows.length,
    whole: sample.whole,
    columns: findings.map((finding) => ({
      heading: toShownHeading(finding.heading, out),
      personal: finding.personal,
      candidates: finding.candidates.map(({ field }) => field),
      metric: finding.metric ?? null,
      filled: finding.personal ? null : finding.filled,
      distinct: finding.personal ? null : (finding.distinct ?? null),
      datePatterns: finding.datePatterns,
      realDates: finding.realDates,
      values: listShownValues(finding),
    })),
    missing: proposal.missing,
    unknownStatus: proposal.unknown.status,
    unknownChannels: proposal.unknown.channels,
    profile,
    yaml,
  };
}
