import { join, resolve } from "node:path";
import type { Command } from "commander";
import type { Episode } from "../../src/health/episodes.ts";
import { type EvidencePack, gatherPack, type PackSubject } from "../../src/health/pack/evidence-pack.ts";
import { findIncident, findSubject, listSubjects } from "../../src/health/pack/find-subject.ts";
import { formatRunFile, toIncidentFile } from "../../src/health/run-file.ts";
import { sha256 } from "../../src/platform/canonical-json.ts";
import { Failure } from "../../src/platform/failure.ts";
import { writeFolder, writeWhole } from "../../src/platform/files.ts";
import { formatPage } from "../../src/platform/page.ts";
import { formatPdf } from "../../src/platform/pdf.ts";
import { toFold } from "../../src/platform/text.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { describeTitle, toPage } from "./evidence-page.ts";
import { evidenceWords as words } from "./evidence-words.ts";
import { listEpisodes } from "./list-episodes.ts";
import { explainRun, type OpenedRun, openRun, type RunFlags, readKept } from "./open-run.ts";
import { checkWords } from "./words.ts";

export function declareEvidence(noun: Command, cli: Cli): void {
  cli
    .verb(noun, {
      name: "evidence",
      about: words.evidence,
      example: "wardctl check evidence carprov:VNPT/46 --lang vi",
    })
    .argument("<subject>", cli.say(words.subject))
    .option("--out <folder>", cli.say(words.out))
    .option("--replay <file>", cli.say(words.replay))
    .option("--inventory <file>", cli.say(checkWords.inventory))
    .action((subject: string, options: EvidenceOptions, command: Command) =>
      cli.run(command, (context) => writeEvidence(subject, options, context)),
    );
}

interface EvidenceOptions extends RunFlags {
  readonly out?: string;
}

type EvidenceContext = Pick<Context, "workspace" | "findWorkspace" | "cwd" | "clock" | "out" | "version">;

const probesName = "probes.jsonl";

async function writeEvidence(text: string, options: EvidenceOptions, context: EvidenceContext): Promise<Outcome> {
  const { cwd, out, clock, version } = context;
  const { run, subject } = await findPack(text, options, context);
  const pack = gatherPack(subject, run);
  const folder = options.out ?? `evidence-${toSlug(subject.name)}-${toStamp(run.head.at)}`;
  const probes = [...formatRunFile(run.head, pack.lines, vietnamZone)].join("");
  const view = {
    pack,
    head: run.head,
    suspects: run.explained.suspects,
    names: run.names,
    lang: out.lang,
    desk: (await context.findWorkspace())?.settings.name,
    tool: `wardctl ${version}`,
    pinned: clock.pinned,
    probes: { name: probesName, lines: pack.lines.length, sha256: sha256(probes) },
  };
  const title = `${out.say(words.title)}: ${describeTitle(view)}`;
  const blocks = toPage(view);
  const footer = (page: number, pages: number): string => `${title} · ${out.say(words.page(page, pages))}`;
  const files: readonly (readonly [name: string, content: string | Uint8Array])[] = [
    ["evidence.pdf", await formatPdf({ title, lang: out.lang, madeAt: clock.now(), footer, pages: [blocks] })],
    ["evidence.html", formatPage({ title, lang: out.lang, blocks })],
    [probesName, probes],
  ];
  const sums = files.map(([name, content]) => ({ name, sha256: sha256(content), bytes: Buffer.byteLength(content) }));
  await writeFolder(resolve(cwd, folder), async (at) => {
    for (const [name, content] of files) await writeWhole(join(at, name), content);
    await writeWhole(join(at, "SHA256SUMS"), sums.map(({ name, sha256: sum }) => `${sum}  ${name}\n`).join(""));
  });
  await out.emit({
    document: toDocument(folder, { pack, run, sums, lang: out.lang }),
    render: () =>
      [
        out.say(words.written(folder)),
        ...sums.map(({ name }) => `  ${name}`),
        "  SHA256SUMS",
        out.say(words.checkSums(folder)),
      ].join("\n"),
  });
  return "ok";
}

interface FoundPack {
  readonly run: OpenedRun;
  readonly subject: PackSubject;
}

/** Failure kinds: usage (no such thing, or nothing of it fails), as of openRun. */
async function findPack(text: string, options: EvidenceOptions, context: EvidenceContext): Promise<FoundPack> {
  const run = await openRun(options, context);
  const episodes = options.replay === undefined ? await listEpisodes(context) : [];
  const scene = { results: run.results, explained: run.explained, episodes, isLast: true };
  const subject = findSubject(text, scene);
  if (!subject) throw new Failure("usage", words.unknown(text), { hint: words.known(listSubjects(text, scene)) });
  if (subject.affected.length > 0) return { run, subject };
  const incident = findIncident(text, episodes);
  const kept = incident && (await findKeptPack(text, incident, { run, episodes }, context));
  if (kept) return kept;
  if (incident) throw new Failure("usage", words.notKept(subject.name), { hint: words.howReplay });
  const failing = [...new Set(run.results.filter(({ state }) => state === "fail").map(({ unit }) => unit))];
  throw new Failure("usage", words.nothingFails(subject.name), { hint: words.known(failing) });
}

/** An incident that the last run no longer shows, from the run that confirmed it. */
async function findKeptPack(
  text: string,
  { key }: Episode,
  { run, episodes }: { readonly run: OpenedRun; readonly episodes: readonly Episode[] },
  { workspace }: EvidenceContext,
): Promise<FoundPack | undefined> {
  const listed = new Set(run.endpoints.map(({ id }) => id));
  const folder = (await workspace()).cachePath("check-runs");
  const record = await readKept(toIncidentFile(folder, key as number), (id) => listed.has(id));
  if (!record?.head || record.results.length === 0) return undefined;
  const then = explainRun({ endpoints: run.endpoints, head: record.head, results: record.results }, run.names);
  const subject = findSubject(text, { results: then.results, explained: then.explained, episodes });
  return subject && subject.affected.length > 0 ? { run: then, subject } : undefined;
}

function toDocument(
  folder: string,
  {
    pack,
    run,
    sums,
    lang,
  }: {
    readonly pack: EvidencePack;
    readonly run: OpenedRun;
    readonly sums: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[];
    readonly lang: "vi" | "en";
  },
): Readonly<Record<string, unknown>> {
  const { subject, affected, controls, longestLagMs } = pack;
  return {
    schema: "wardctl.check-evidence/1",
    folder,
    files: sums,
    at: toIso(run.head.at, vietnamZone),
    subject: subject.name,
    incident: subject.incident?.key ?? null,
    cause: subject.cause ? { kind: subject.cause.cause.kind, id: subject.cause.cause.id } : null,
    odds: subject.cause ? Math.round(subject.cause.cause.odds * 1000) / 1000 : null,
    inWords: (subject.cause ?? subject.incident)?.inWords[lang] ?? null,
    owner: (subject.cause ?? subject.incident)?.owner[lang] ?? null,
    affected: affected.map(({ endpoint }) => endpoint.id),
    layer: pack.layer,
    controls: controls.map(({ kind, through, stopped }) => ({ kind, through, stopped })),
    skewMs: run.head.skewMs ?? null,
    loopLagMs: longestLagMs,
  };
}

/** `20250703-163000`. */
function toStamp(at: number): string {
  return toIso(at, vietnamZone).slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
}

function toSlug(name: string): string {
  return toFold(name)
    .replaceAll(/[^a-z0-9]+/gi, "-")
    .replaceAll(/^-|-$/g, "");
}
