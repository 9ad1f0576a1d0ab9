import type { Command } from "commander";
import { type Decision, decideIn, type Question } from "../../src/delegation/decide.ts";
import { type Desk, readFacts } from "../../src/delegation/desk.ts";
import { type DocType, docTypes, findDocType } from "../../src/delegation/doc-types.ts";
import { createRegister, type Register } from "../../src/delegation/facts.ts";
import { listSigners, type Signer } from "../../src/delegation/list-signers.ts";
import { noSuch } from "../../src/delegation/read-narrowing.ts";
import { type Part, toStanding } from "../../src/delegation/scope.ts";
import { createScopeBook, findNamed, type ScopeBook } from "../../src/delegation/scope-book.ts";
import type { Person, Post } from "../../src/directory/person.ts";
import type { IsoDate, Unit } from "../../src/directory/unit.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { findNearest, toToneKey } from "../../src/platform/text.ts";
import { toIsoDate } from "../../src/platform/time.ts";
import { needUnit } from "../choose-units.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { type Answered, type Other, renderAnswer, toAnswerDocument } from "./answer.ts";
import { needPerson } from "./find-person.ts";
import { needInstant, openDesk } from "./room.ts";
import { scopeWords } from "./scope-words.ts";
import { delegateWords as words } from "./words.ts";

export function declareCanSign(noun: Command, cli: Cli): void {
  const example = "wardctl delegate can-sign chanh-van-phong cong-van 27004";
  cli
    .verb(noun, { name: "can-sign", about: words.canSign, example })
    .argument("<person>", cli.say({ vi: "mã cán bộ, chức vụ hoặc họ tên", en: "staff id, post or full name" }))
    .argument("<doctype>", cli.say({ vi: "loại văn bản", en: "document type" }))
    .argument("<unit>", cli.say(words.oneUnit))
    .option("--department <department>", cli.say(scopeWords.departmentAsked))
    .option("--procedure <group>", cli.say(scopeWords.procedureAsked))
    .option("--at <instant>", cli.say(words.at))
    .option("--as-known-at <instant>", cli.say(words.asKnownAt))
    .action((person: string, docType: string, unit: string, options: CanSignOptions, command: Command) =>
      cli.run(command, (context) => canSign({ person, docType, unit }, options, context)),
    );
}

export interface CanSignOptions {
  readonly department?: string;
  readonly procedure?: string;
  readonly at?: string;
  readonly asKnownAt?: string;
}

export interface Asked {
  readonly person: string;
  readonly docType: string;
  readonly unit: string;
}

export const outcomes = { ALLOW: "ok", DENY: "denied", UNKNOWN: "attention" } as const;

async function canSign(asked: Asked, options: CanSignOptions, context: AskNeeds): Promise<Outcome> {
  const read = await readAsked(asked, options, context);
  const { register, question } = read;
  const decision = decideIn(register, question);
  const answer = await toAnswered(read, decision);
  await context.out.emit({
    document: toAnswerDocument(answer, context.out.lang),
    render: () => renderAnswer(answer, context.out.lang, context.out.paint),
  });
  return outcomes[decision.answer];
}

export type AskNeeds = Pick<Context, "workspace" | "out" | "clock" | "ids">;

/** Whom and what a question is about, with everything an answer rests on. */
export interface ReadAsked {
  readonly desk: Desk;
  readonly register: Register;
  readonly question: Question;
  readonly person: Person;
  readonly unit: Unit;
  /** Whether `--as-known-at` was given. */
  readonly isPast: boolean;
}

export async function readAsked(asked: Asked, options: CanSignOptions, context: AskNeeds): Promise<ReadAsked> {
  const workspace = await context.workspace();
  const desk = await openDesk(context);
  const now = context.clock.now();
  const at = options.at === undefined ? now : needInstant(options.at, "--at", workspace);
  const asOf = options.asKnownAt === undefined ? now : needInstant(options.asKnownAt, "--as-known-at", workspace);
  const directory = await workspace.directory(toIsoDate(at, workspace.zone));
  const unit = needUnit(asked.unit, directory, workspace.settings);
  const docType = needDocType(asked.docType);
  const part = needPart(options, docType, createScopeBook(desk.settings.scope, desk.zone), at);
  const person = await needPerson(desk, asked.person, unit, at);
  const register = createRegister(await readFacts(desk, { unit: unit.code, at, asOf }), at, asOf);
  const question = { staffId: person.staffId, unit: unit.code, docType, ...part, at, asOf };
  return { desk, register, question, person, unit, isPast: options.asKnownAt !== undefined };
}

/** The answer with the names it takes to print it, and who else may sign where this one may not. */
export async function toAnswered(read: ReadAsked, decision: Decision): Promise<Answered> {
  const { desk, register, question, person, unit, isPast } = read;
  const posts = register.facts.posts.filter((post) => isHeld(post, toIsoDate(question.at, desk.zone)));
  const signers = decision.answer === "ALLOW" ? undefined : listSigners(register, question);
  return {
    decision,
    others: signers && { may: await readOthers(signers.may, posts, desk), unknown: signers.unknown },
    person,
    unit,
    posts: posts.filter(({ staffId }) => staffId === person.staffId),
    zone: desk.zone,
    switches: register.facts.switches,
    book: createScopeBook(desk.settings.scope, desk.zone),
    asKnownAt: isPast ? question.asOf : undefined,
  };
}

async function readOthers(signers: readonly Signer[], posts: readonly Post[], desk: Desk): Promise<Other[]> {
  const others = signers.map(async ({ staffId, capacity }): Promise<Other[]> => {
    const person = await desk.people.findPerson(staffId);
    return person ? [{ person, capacity, posts: posts.filter((post) => post.staffId === staffId) }] : [];
  });
  return (await Promise.all(others)).flat();
}

function isHeld({ from, to }: Post, day: IsoDate): boolean {
  return from <= day && (to === undefined || day < to);
}

/** What a document belongs to, as it is called at that instant. Failure kind: invalid. */
export function needPart(
  { department, procedure }: Pick<CanSignOptions, "department" | "procedure">,
  { key, procedural }: DocType,
  { departments, procedures, tree }: ScopeBook,
  at: Instant,
): Part {
  const need = (text: string | undefined, isDepartment: boolean): string | undefined => {
    if (text === undefined) return undefined;
    const known = isDepartment ? departments : procedures;
    const found = findNamed(known, text, isDepartment ? tree : undefined);
    if (found === undefined) throw new Failure("invalid", noSuch(text, known, isDepartment));
    return found;
  };
  const named = need(department, true);
  if (procedure !== undefined && !procedural) throw new Failure("usage", scopeWords.notOfProcedures(key));
  return { department: named === undefined ? undefined : toStanding(named, at, tree), procedure: need(procedure, false) };
}

export function needDocType(text: string): DocType {
  const key = toToneKey(text);
  const found = findDocType(key) ?? docTypes.find(({ name }) => toToneKey(name.vi) === key);
  if (found) return found;
  const near = findNearest(
    key,
    docTypes.map((type) => type.key),
    3,
  );
  throw new Failure("invalid", words.noDocType(text, near), {
    hint: {
      vi: `các loại: ${docTypes.map((type) => type.key).join(", ")}`,
      en: `types: ${docTypes.map((type) => type.key).join(", ")}`,
    },
  });
}
