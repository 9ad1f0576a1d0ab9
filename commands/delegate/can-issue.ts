import type { Command } from "commander";
import { evidenceCodes, isEvidence, ownerNames } from "../../src/delegation/deny-codes.ts";
import { decideIssue, type IssueDecision, type IssuePremise } from "../../src/delegation/issue.ts";
import { type IssueCode, issueCodes, issueWords } from "../../src/delegation/issue-codes.ts";
import { citations } from "../../src/delegation/rules.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { Paint } from "../../src/platform/paint.ts";
import { toIso } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import { listArticleLines, toArticleMember } from "../article-link.ts";
import type { Cli } from "../cli.ts";
import type { Outcome } from "../exit-codes.ts";
import { type Answered, renderAnswer, toAnswerDocument } from "./answer.ts";
import { answerWords } from "./answer-words.ts";
import { type Asked, type AskNeeds, type CanSignOptions, outcomes, readAsked, toAnswered } from "./can-sign.ts";
import { issueRepairs, issueTexts as words } from "./issue-words.ts";
import { scopeWords } from "./scope-words.ts";
import { delegateWords } from "./words.ts";

export function declareCanIssue(noun: Command, cli: Cli): void {
  cli
    .verb(noun, {
      name: "can-issue",
      about: delegateWords.canIssue,
      example: "wardctl delegate can-issue chanh-van-phong cong-van 27004",
    })
    .argument("<person>", cli.say({ vi: "mã cán bộ, chức vụ hoặc họ tên", en: "staff id, post or full name" }))
    .argument("<doctype>", cli.say({ vi: "loại văn bản", en: "document type" }))
    .argument("<unit>", cli.say(delegateWords.oneUnit))
    .option("--department <department>", cli.say(scopeWords.departmentAsked))
    .option("--procedure <group>", cli.say(scopeWords.procedureAsked))
    .option("--at <instant>", cli.say(delegateWords.at))
    .option("--as-known-at <instant>", cli.say(delegateWords.asKnownAt))
    .action((person: string, docType: string, unit: string, options: CanSignOptions, command: Command) =>
      cli.run(command, (context) => canIssue({ person, docType, unit }, options, context)),
    );
}

async function canIssue(asked: Asked, options: CanSignOptions, context: AskNeeds): Promise<Outcome> {
  const { out } = context;
  const read = await readAsked(asked, options, context);
  const issue = decideIssue(read.register, read.question);
  const answered = await toAnswered(read, issue.signing);
  await out.emit({
    document: toDocument(issue, answered, out.lang),
    render: () => render(issue, answered, out.lang, out.paint),
  });
  return outcomes[issue.answer];
}

function toDocument(issue: IssueDecision, answered: Answered, lang: Lang): Readonly<Record<string, unknown>> {
  const { zone } = answered;
  const say = (at: number | undefined): string | null => (at === undefined ? null : toIso(at, zone));
  const { schema: _, ...signing } = toAnswerDocument(answered, lang);
  return {
    schema: "wardctl.can-issue/1",
    answer: issue.answer,
    codes: [...issue.signing.codes, ...issue.failed.flatMap(({ codes }) => codes)],
    signing,
    seal: toState(issue, "seal"),
    clerk: toState(issue, "clerk"),
    clerks: issue.clerks,
    failed: issue.failed.flatMap(({ name, codes }) =>
      codes.map((code) => ({
        premise: name,
        code,
        rule: "D30-14",
        owner: isEvidence(code) ? evidenceCodes[code].owner : issueCodes[code].owner,
        article: toArticleMember(code, { say: (words) => words[lang] }),
        repair: isEvidence(code) ? toUnknown(name, code, lang) : issueRepairs[code][lang],
      })),
    ),
    until: say(issue.until),
    nextAllowAt: say(issue.nextAllowAt),
  };
}

function toState({ failed }: IssueDecision, name: IssuePremise["name"]): "ok" | "missing" | "unknown" {
  const codes = failed.find((premise) => premise.name === name)?.codes;
  if (!codes) return "ok";
  return codes.every(isEvidence) ? "unknown" : "missing";
}

function toUnknown(name: IssuePremise["name"], code: string, lang: Lang): string {
  if (name === "clerk") return words.clerkUnknown[lang];
  if (code === "SIG-REVINFO-UNKNOWN") return words.sealRevocation[lang];
  return (code === "EVID-STALE" ? words.sealOld : words.sealUnknown)[lang];
}

function render(issue: IssueDecision, answered: Answered, lang: Lang, paint: Paint): string {
  const { answer, failed, signing } = issue;
  const colour = { ALLOW: paint.green, DENY: paint.red, UNKNOWN: paint.yellow };
  const mark = { ALLOW: paint.green("✓"), DENY: paint.red("✗"), UNKNOWN: paint.yellow("?") };
  const line = (name: string, text: string, sign: string): string => `  ${sign} ${name.padEnd(14)} ${text}`;
  const sides = (["seal", "clerk"] as const).map((name) => {
    const codes = failed.find((premise) => premise.name === name)?.codes;
    const label = words[name][lang];
    if (!codes) return line(label, (name === "seal" ? words.sealGood : words.clerkGood)[lang], mark.ALLOW);
    if (codes.every(isEvidence))
      return line(label, `${codes.join(", ")}  ${toUnknown(name, codes[0] ?? "", lang)}`, mark.UNKNOWN);
    const own = codes.filter((code): code is IssueCode => !isEvidence(code));
    const text = own.map((code) => `${code}  ${issueWords[code][lang]} (${citations["D30-14"][lang]})`).join("; ");
    return line(label, `${text} → ${ownerNames[issueCodes[own[0] as IssueCode].owner][lang]}`, mark.DENY);
  });
  const signed = answerWords[signing.answer][lang].toLowerCase();
  const codes = signing.codes.length > 0 ? ` (${signing.codes.join(", ")})` : "";
  const lines = [
    colour[answer](paint.bold(words[answer][lang])),
    line(words.signature[lang], `${signed}${codes}`, mark[signing.answer]),
    ...sides,
  ];
  const repairs = failed.flatMap((premise) => premise.codes).filter((code): code is IssueCode => !isEvidence(code));
  if (repairs.length > 0) {
    const steps = repairs.map(
      (code, at) => `  ${at + 1}. [${ownerNames[issueCodes[code].owner][lang]}] ${issueRepairs[code][lang]}`,
    );
    lines.push("", `${words.repair[lang]}:`, ...steps);
  }
  const articles = listArticleLines(failed.flatMap((premise) => premise.codes)).map((each) => each[lang]);
  if (articles.length > 0) lines.push("", ...articles);
  if (issue.until !== undefined) lines.push("", words.until(formatDateTime(issue.until, answered.zone, lang))[lang]);
  if (issue.nextAllowAt !== undefined) lines.push("", words.next(formatDateTime(issue.nextAllowAt, answered.zone, lang))[lang]);
  return [...lines, "", words.signing[lang], renderAnswer(answered, lang, paint)].join("\n");
}
