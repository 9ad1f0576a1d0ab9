import { resolve } from "node:path";
import { type Names, nameEndpoint } from "../../src/health/cause-words.ts";
import { runCheck } from "../../src/health/check-run.ts";
import { withoutLocalBlame } from "../../src/health/local/blame.ts";
import type { LocalFinding } from "../../src/health/local/finding.ts";
import { rankCauses } from "../../src/health/on-site.ts";
import { walkToCause } from "../../src/health/on-site-walk.ts";
import { describeNextStep } from "../../src/health/on-site-words.ts";
import { toProbeLine } from "../../src/health/probe-line.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { type Question, questions } from "../../src/health/questions.ts";
import { reasons } from "../../src/health/reason.ts";
import { formatVantageFile, type VantageAnswer } from "../../src/health/vantage-file.ts";
import { Failure } from "../../src/platform/failure.ts";
import { writeWhole } from "../../src/platform/files.ts";
import { formatDateTime, formatPercent } from "../../src/platform/format.ts";
import type { Output } from "../../src/platform/output.ts";
import { createRandom } from "../../src/platform/random.ts";
import { wrapWords } from "../../src/platform/table.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import { both, verbatim, type Words } from "../../src/platform/words.ts";
import { listArticleLines, toArticleMember } from "../article-link.ts";
import type { Outcome } from "../exit-codes.ts";
import { localWords as words } from "./local-words.ts";
import { type LocalContext, type LocalOptions, lookLocally, type Place } from "./place.ts";
import { renderChecks, toCheckMembers } from "./render-local.ts";
import { cellWords, checkWords } from "./words.ts";

const rivalsShown = 2;
const leastRival = 0.05;

/** A technician in the unit: local checks, every system of the unit, the questions that are left, a cause and a next step, a file for the desk. */
export async function checkOnSite(unit: string, place: Place, options: LocalOptions, context: LocalContext): Promise<Outcome> {
  const { out, clock, cwd, signal, version } = context;
  const names = place.names as Names;
  const endpoints = place.endpoints.filter((endpoint) => endpoint.unit === unit);
  if (endpoints.length === 0) {
    const known = [...new Set(place.endpoints.map((endpoint) => endpoint.unit))];
    throw new Failure("usage", words.unitNotListed(unit), { hint: checkWords.listed(known, [unit]) });
  }
  const given = readAnswers(options.answer ?? []);
  const at = clock.now();
  out.note(words.looking);
  const local = await lookLocally({ ...place, endpoints }, context);
  const progress = out.progress(words.trying, endpoints.length);
  const run = await runCheck({
    endpoints,
    scope: "selected",
    options: place.settings,
    ...(place.ca ? { ca: place.ca } : {}),
    environment: context.environment,
    clock,
    zone: vietnamZone,
    random: createRandom(`on-site/${at}`),
    signal,
    onProgress: (done, { endpoint }) => progress.step(done, endpoint),
  });
  progress.end();
  if (run.cancelled) return "cancelled";
  const findings = joinFindings(local.findings, run.localFindings);
  const results = withoutLocalBlame(
    run.results,
    findings.filter(({ id }) => id !== "clock"),
    endpoints,
  );
  if (!out.json) out.note(verbatim(renderSeen(unit, findings, results, names, out)));
  const walk = await walkToCause(
    { results, findings },
    given,
    out.interactive ? (question) => ask(question, context) : undefined,
  );
  const [best, ...others] = rankCauses(walk.posterior);
  const { cause, odds } = best as NonNullable<typeof best>;
  const carrier = place.contact?.carrier ?? endpoints.find((endpoint) => endpoint.carrier)?.carrier;
  const scene = {
    unit: names.unit(unit),
    carrier,
    at: both((lang) => formatDateTime(at, vietnamZone, lang)),
    failing: results.filter(({ state }) => state === "fail"),
  };
  const step = describeNextStep(cause, scene);
  const rivals = others
    .filter((one) => one.odds >= leastRival)
    .slice(0, rivalsShown)
    .map((one) => ({ ...one, title: describeNextStep(one.cause, scene).title }));
  const skewMs = run.skewMs ?? local.skewMs;
  const file =
    options.out ?? `onsite-${unit}-${toIso(at, vietnamZone).slice(0, 19).replace(/[-:]/g, "").replace("T", "-")}.jsonl`;
  const conclusion = { cause, odds: round(odds), code: step.code };
  const found = { unit, at, skewMs, toolVersion: version, findings, results, answers: walk.answers, conclusion };
  await writeWhole(resolve(cwd, file), formatVantageFile(found, vietnamZone));
  await out.emit({
    document: {
      schema: "wardctl.check-local/1",
      at: toIso(at, vietnamZone),
      pinned: clock.pinned,
      unit,
      checks: toCheckMembers(findings, out),
      skewMs: skewMs ?? null,
      results: results.map((result) => toProbeLine(result, vietnamZone)),
      answers: walk.answers.map(({ id, yes }) => ({ id, yes: yes ?? null })),
      cause: {
        ...conclusion,
        inWords: out.say(step.title),
        call: out.say(step.call),
        hotline: place.contact?.hotline ?? null,
        say: out.say(step.say),
        meanwhile: out.say(step.meanwhile),
        article: toArticleMember(step.code, out),
      },
      rivals: rivals.map((one) => ({ cause: one.cause, odds: round(one.odds), inWords: out.say(one.title) })),
      nextQuestion: walk.open ? { id: walk.open.id, inWords: out.say(walk.open.words) } : null,
      file,
    },
    render: () => renderCause({ step, odds, rivals, hotline: cause === "well" ? undefined : place.contact?.hotline }, out),
  });
  if (walk.open) out.note(words.stillOpen(walk.open.id, walk.open.words));
  out.note(words.written(file));
  return toOutcome(results, findings);
}

/** A sweep of the unit may have seen a portal or a wrong clock better than the look before it. */
function joinFindings(local: readonly LocalFinding[], swept: readonly LocalFinding[]): readonly LocalFinding[] {
  return local.map((finding) =>
    finding.state === "pass" ? finding : (swept.find(({ id, state }) => id === finding.id && state === "fail") ?? finding),
  );
}

function toOutcome(results: readonly ProbeResult[], findings: readonly LocalFinding[]): Outcome {
  const judged = results.filter(({ state }) => state === "pass" || state === "fail");
  if (judged.length === 0) return "unavailable";
  const bad = results.some(({ state }) => state !== "pass") || findings.some(({ state }) => state === "fail");
  return bad ? "attention" : "ok";
}

const answerValues = { yes: true, no: false, unknown: undefined } as const;

function readAnswers(texts: readonly string[]): readonly VantageAnswer[] {
  return texts.map((text) => {
    const [id = "", value = ""] = text.split("=");
    if (!questions.some((question) => question.id === id) || !Object.hasOwn(answerValues, value)) {
      throw new Failure("usage", words.badAnswer(text), { hint: words.questionsAre(questions.map((one) => one.id).join(", ")) });
    }
    return { id, yes: answerValues[value as keyof typeof answerValues] };
  });
}

async function ask({ id, words: question, how }: Question, { prompts, out }: LocalContext): Promise<boolean | undefined> {
  out.note(words.how(how));
  const choices = [
    { name: out.say(words.yes), value: "yes" as const },
    { name: out.say(words.no), value: "no" as const },
    { name: out.say(words.unknown), value: "unknown" as const },
  ];
  return answerValues[await prompts.select(question, choices, `--answer ${id}=yes`)];
}

/** What was seen, told before the questions: a person answers better who knows it. */
function renderSeen(
  unit: string,
  findings: readonly LocalFinding[],
  results: readonly ProbeResult[],
  names: Names,
  out: Output,
): string {
  const { say, paint } = out;
  const lines = results.map((result) => {
    const { state, reason } = result;
    const sign = state === "pass" ? paint.green("✓") : state === "fail" ? paint.red("✗") : paint.yellow("?");
    const why = state === "unknown" && !reason ? say(cellWords.unknown) : reason ? say(reasons[reason].words) : "";
    return `${sign} ${say(nameEndpoint(result, names))}${why ? `: ${why}` : ""}`;
  });
  return [renderChecks(findings, out), "", paint.bold(say(words.systemsTitle(names.unit(unit)))), ...lines, ""].join("\n");
}

interface CauseView {
  readonly step: ReturnType<typeof describeNextStep>;
  readonly odds: number;
  readonly rivals: readonly { readonly odds: number; readonly title: Words }[];
  readonly hotline: string | undefined;
}

function renderCause({ step, odds, rivals, hotline }: CauseView, { say, paint, lang, width }: Output): string {
  const percent = (share: number): string => formatPercent(Math.round(share * 100), 100, lang, 0);
  const call = hotline ? `${say(step.call)}, ${say(words.hotline(hotline))}` : say(step.call);
  return [
    `${paint.bold(say(words.causeTitle))}: ${say(words.causeOdds(step.title, percent(odds)))} · ${say(words.code(step.code))}`,
    ...rivals.map((one) => `  ${say(words.rival(one.title, percent(one.odds)))}`),
    `${say(words.call)}: ${call}`,
    `${say(words.sayThis)}: ${say(step.say)}`,
    `${say(words.meanwhile)}: ${say(step.meanwhile)}`,
    ...listArticleLines([step.code]).map(say),
  ]
    .map((line) => wrapWords(line, width, "  "))
    .join("\n");
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
