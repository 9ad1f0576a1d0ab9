import { basisNames, type Capacity, capacityNames } from "../../src/delegation/capacity.ts";
import type { Decision } from "../../src/delegation/decide.ts";
import {
  denyWords,
  type EvidenceCode,
  findOwner,
  isEvidence,
  ownerNames,
  type Side,
  sideNames,
} from "../../src/delegation/deny-codes.ts";
import { toBit } from "../../src/delegation/doc-types.ts";
import { gradeWords } from "../../src/delegation/grades/evidence-grade.ts";
import type { PremiseName } from "../../src/delegation/premise.ts";
import { citations, type SwitchCode, switchRules, toRuleOf } from "../../src/delegation/rules.ts";
import { listOutside, type Outside } from "../../src/delegation/scope.ts";
import type { ScopeBook } from "../../src/delegation/scope-book.ts";
import type { Switches } from "../../src/delegation/settings.ts";
import type { Person, Post } from "../../src/directory/person.ts";
import { formatEnglishUnitName, formatUnitName, type Unit } from "../../src/directory/unit.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { formatDate, formatDateTime } from "../../src/platform/format.ts";
import type { Paint } from "../../src/platform/paint.ts";
import { toIso, type Zone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import { listArticleLines, toArticleMember } from "../article-link.ts";
import { describeRepair, answerWords as words } from "./answer-words.ts";
import { formatPosts } from "./find-person.ts";
import { formatNarrowing, formatOutside, formatPart } from "./scope-text.ts";

export interface Answered {
  readonly decision: Decision;
  readonly person: Person;
  readonly unit: Unit;
  readonly posts: readonly Post[];
  readonly zone: Zone;
  /** The workspace's readings of what the law leaves unclear. */
  readonly switches: Switches;
  /** How departments and groups of procedures are called. */
  readonly book: ScopeBook;
  readonly asKnownAt?: Instant;
  /** Who else may sign it there and then; not looked up where the answer is ALLOW. */
  readonly others?: {
    readonly may: readonly Other[];
    /** Staff ids of whom it is not known. */
    readonly unknown: readonly string[];
  };
}

export interface Other {
  readonly person: Person;
  readonly posts: readonly Post[];
  readonly capacity: Capacity;
}

const sides: readonly Side[] = ["legal", "configuration", "readiness"];

function toSide(premise: PremiseName): Side {
  if (premise === "carried") return "configuration";
  return premise === "present" || premise === "account" || premise === "certificate" ? "readiness" : "legal";
}

/** The shape `can-sign` of the public names. */
export function toAnswerDocument(answered: Answered, lang: Lang): Readonly<Record<string, unknown>> {
  const { decision, person, unit, zone, others } = answered;
  const { question, candidate } = decision;
  const say = (at: Instant | undefined): string | null => (at === undefined ? null : toIso(at, zone));
  const target = { unit: unit.code, docType: question.docType, staffId: question.staffId };
  const outside = toOutside(answered);
  return {
    schema: "wardctl.can-sign/1",
    answer: decision.answer,
    codes: decision.codes,
    rule: candidate.rule,
    failed: decision.failed.flatMap((premise) =>
      premise.codes.map((code) => ({
        premise: premise.name,
        code,
        side: toSide(premise.name),
        rule: toRuleOf(code, candidate.rule),
        owner: findOwner(code),
        article: toArticle(code, lang),
        ...(code === "DEL-SCOPE" ? { outside } : {}),
      })),
    ),
    switches: decision.switches.map((code) => ({ code, setting: switchRules[code].setting, on: isOn(answered, code) })),
    capacity: candidate.capacity,
    grant: candidate.grant?.id ?? null,
    signatureBlock: decision.signatureBlock,
    until: say(decision.until),
    untilCodes: decision.untilCodes,
    nextAllowAt: say(decision.nextAllowAt),
    repair: decision.repair.map((step) => ({
      action: step.action,
      owner: step.owner,
      detail: describeRepair(step, target)[lang],
    })),
    evidence: decision.evidence.map(({ kind, at, ttlMs, fresh, grade }) => ({
      kind,
      grade: grade ?? null,
      at: say(at),
      ageSeconds: at === undefined ? null : Math.floor((question.asOf - at) / 1000),
      ttlSeconds: ttlMs === undefined ? null : ttlMs / 1000,
      fresh,
    })),
    forecast: decision.forecast,
    person: person.staffId,
    unit: unit.code,
    docType: question.docType.key,
    department: question.department ?? null,
    procedure: question.procedure ?? null,
    narrowing: candidate.grant?.narrowing ?? null,
    at: toIso(question.at, zone),
    asKnownAt: toIso(question.asOf, zone),
    othersWhoCan: others?.may.map((other) => ({ person: other.person.staffId, capacity: other.capacity })) ?? null,
    othersUnknown: others?.unknown ?? null,
    sides: Object.fromEntries(sides.map((side) => [side, toSideState(decision, side)])),
  };
}

function toArticle(code: string, lang: Lang): ReturnType<typeof toArticleMember> {
  return toArticleMember(code, { say: (words) => words[lang] });
}

/** DEL-SCOPE: which of type, department and group of procedures lies outside the grant. */
function toOutside({ decision, book }: Answered): Outside[] {
  const { question, candidate } = decision;
  const { grant } = candidate;
  if (!grant) return [];
  const isTypeIn = (grant.docTypes & toBit(question.docType.key)) !== 0;
  return listOutside(grant.narrowing, isTypeIn, question, { tree: book.tree, at: question.at });
}

function isOn({ switches }: Answered, code: SwitchCode): boolean {
  return switches[switchRules[code].setting];
}

type SideState = "ok" | "missing" | "unknown";

function toSideState({ failed }: Decision, side: Side): SideState {
  const codes = failed.filter(({ name }) => toSide(name) === side).flatMap((premise) => premise.codes);
  if (codes.length === 0) return "ok";
  return codes.every(isEvidence) ? "unknown" : "missing";
}

/** The answer as somebody on the phone reads it out: what, the three sides, the block, what to do. */
export function renderAnswer(answered: Answered, lang: Lang, paint: Paint): string {
  const { decision, person, unit, posts, zone } = answered;
  const { question, answer } = decision;
  const colour = { ALLOW: paint.green, DENY: paint.red, UNKNOWN: paint.yellow }[answer];
  const name = lang === "vi" ? formatUnitName(unit) : formatEnglishUnitName(unit);
  const when = (at: Instant): string => formatDateTime(at, zone, lang);
  const post = formatPosts(posts, lang);
  const lines = [
    colour(paint.bold(words[answer][lang])),
    `${person.fullName} (${person.staffId})${post ? `, ${post}` : ""} · ${[question.docType.name[lang], formatPart(question, answered.book, lang)].filter((text) => text !== "").join(" · ")} · ${name} (${unit.code}) · ${when(question.at)}`,
    "",
    ...sides.flatMap((side) => renderSide(answered, side, lang, paint)),
  ];
  if (decision.signatureBlock.length > 0 && decision.candidate.to.position !== "") {
    lines.push(
      "",
      `${(answer === "ALLOW" ? words.block : words.blockLater)[lang]}:`,
      ...decision.signatureBlock.map((line) => `    ${line}`),
    );
  }
  if (decision.repair.length > 0) {
    const target = { unit: unit.code, docType: question.docType, staffId: question.staffId };
    lines.push(
      "",
      `${words.repair[lang]}:`,
      ...decision.repair.map(
        (step, at) => `  ${at + 1}. [${ownerNames[step.owner][lang]}] ${describeRepair(step, target)[lang]}`,
      ),
    );
  }
  const articles = listArticleLines(decision.codes).map((line) => line[lang]);
  if (articles.length > 0) lines.push("", ...articles);
  if (answered.others) lines.push("", `${words.others[lang]}: ${formatOthers(answered.others, lang)}`);
  if (decision.until !== undefined) {
    const why = decision.untilCodes.map((code) => (isEvidence(code) ? code : denyWords[code][lang])).join(", ");
    lines.push("", words.until(when(decision.until), why)[lang]);
  }
  if (decision.nextAllowAt !== undefined) lines.push("", words.nextAllow(when(decision.nextAllowAt))[lang]);
  for (const code of decision.switches) {
    const { setting, text } = switchRules[code];
    lines.push("", words.reading(code, setting, isOn(answered, code), text)[lang]);
  }
  if (decision.forecast) lines.push("", words.forecast[lang]);
  if (answered.asKnownAt !== undefined) lines.push("", words.asKnown(when(answered.asKnownAt))[lang]);
  return lines.join("\n");
}

function formatOthers({ may, unknown }: NonNullable<Answered["others"]>, lang: Lang): string {
  const open = unknown.length > 0 ? [words.notKnown(unknown.length)[lang]] : [];
  if (may.length + open.length === 0) return words.nobodyElse[lang];
  const named = may.map(({ person, posts, capacity }) => {
    const post = formatPosts(posts, lang);
    const mark = capacity === "HEAD" || capacity === "TM" ? "" : `, ${words.signs(capacity)[lang]}`;
    return `${person.fullName} (${post}${mark})`;
  });
  return [...named, ...open].join("; ");
}

function renderSide(answered: Answered, side: Side, lang: Lang, paint: Paint): string[] {
  const { decision } = answered;
  const failed = decision.failed.filter(({ name }) => toSide(name) === side).flatMap((premise) => premise.codes);
  const label = sideNames[side][lang].padEnd(14);
  if (failed.length === 0) return [`  ${paint.green("✓")} ${label} ${describeGood(answered, side, lang)}`];
  return [...new Set(failed)].map((code, at) => {
    const head = at === 0 ? label : "".padEnd(14);
    if (isEvidence(code)) {
      return `  ${paint.yellow("?")} ${head} ${code}  ${describeEvidence(answered, side, code, lang)} → ${ownerNames[findOwner(code)][lang]}`;
    }
    const owner = ownerNames[findOwner(code)][lang];
    const cited = citations[toRuleOf(code, decision.candidate.rule)][lang];
    const outside = code === "DEL-SCOPE" ? `: ${formatOutside(toOutside(answered), lang)}` : "";
    return `  ${paint.red("✗")} ${head} ${code}  ${denyWords[code][lang]}${outside} (${cited}) → ${owner}`;
  });
}

function describeGood({ decision, zone, book }: Answered, side: Side, lang: Lang): string {
  const { candidate, evidence } = decision;
  const seen = (kind: "carriage" | "account"): string => {
    const { at, grade } = evidence.find((each) => each.kind === kind) ?? {};
    const when = at === undefined ? "–" : formatDateTime(at, zone, lang);
    return grade === undefined ? when : `${when} (${gradeWords[grade][lang]})`;
  };
  if (side === "readiness") return words.readyAt(seen("account"))[lang];
  if (side === "configuration") {
    return candidate.premises.some(({ name }) => name === "carried")
      ? words.carriedAt(seen("carriage"))[lang]
      : words.nativeSetting[lang];
  }
  const cited = citations[candidate.rule][lang];
  if (!candidate.grant) return `${words.native[lang]} (${cited})`;
  const { basis } = candidate.grant;
  const date = basis.date === undefined ? undefined : formatDate(basis.date, zone, lang);
  const paper = words.paper(basisNames[basis.kind], basis.number ?? "–", date ?? "–")[lang];
  const place = basis.clause === undefined ? paper : `${basis.clause}, ${paper}`;
  const limits = formatNarrowing(candidate.grant.narrowing, book, lang);
  return `${candidate.capacity}. (${capacityNames[candidate.capacity][lang]}): ${place} (${cited})${limits && `; ${limits}`}`;
}

function describeEvidence({ decision, zone }: Answered, side: Side, code: EvidenceCode, lang: Lang): string {
  const used = decision.evidence.find(({ kind }) => kind === (side === "configuration" ? "carriage" : "account"));
  // What is over can be read no more; only of what is and comes is it any use to read again.
  if (decision.question.at < decision.question.asOf) return words.noneThen[lang];
  if (code === "EVID-DISAGREES") return words.disagrees[lang];
  if (code === "SIG-REVINFO-UNKNOWN") return words.revocationUnknown[lang];
  // The account was read lately: what is missing is word on the certificate, which no document system has.
  if (side === "readiness" && used?.fresh) return words.certificateUnknown[lang];
  return used?.at === undefined
    ? words.none[lang]
    : words.stale(formatDateTime(used.at, zone, lang), decision.question.asOf - used.at)[lang];
}
