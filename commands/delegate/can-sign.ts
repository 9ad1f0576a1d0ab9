import type { Command } from "commander";
import { decideIn } from "../../src/delegation/decide.ts";
import { type Desk, readFacts } from "../../src/delegation/desk.ts";
import { type DocType, docTypes, findDocType } from "../../src/delegation/doc-types.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { listSigners, type Signer } from "../../src/delegation/list-signers.ts";
import type { Post } from "../../src/directory/person.ts";
import type { IsoDate } from "../../src/directory/unit.ts";
import { Failure } from "../../src/platform/failure.ts";
import { findNearest, toToneKey } from "../../src/platform/text.ts";
import { toIsoDate } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { type Other, renderAnswer, toAnswerDocument } from "./answer.ts";
import { needPerson } from "./find-person.ts";
import { needInstant, needUnit, openDesk } from "./room.ts";
import { delegateWords as words } from "./words.ts";

export function declareCanSign(noun: Command, cli: Cli): void {
  const example = "wardctl delegate can-sign chanh-van-phong cong-van 27004";
  cli
    .verb(noun, { name: "can-sign", about: words.canSign, example })
    .argument("<person>", cli.say({ vi: "mã cán bộ, chức vụ hoặc họ tên", en: "staff id, post or full name" }))
    .argument("<doctype>", cli.say({ vi: "loại văn bản", en: "document type" }))
    .argument("<unit>", cli.say(words.oneUnit))
    .option("--at <instant>", cli.say(words.at))
    .option("--as-known-at <instant>", cli.say(words.asKnownAt))
    .action((person: string, docType: string, unit: string, options: CanSignOptions, command: Command) =>
      cli.run(command, (context) => canSign({ person, docType, unit }, options, context)),
    );
}

interface CanSignOptions {
  readonly at?: string;
  readonly asKnownAt?: string;
}

interface Asked {
  readonly person: string;
  readonly docType: string;
  readonly unit: string;
}

const outcomes = { ALLOW: "ok", DENY: "denied", UNKNOWN: "attention" } as const;

async function canSign(
  asked: Asked,
  options: CanSignOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "ids">,
): Promise<Outcome> {
  const workspace = await context.workspace();
  const desk = await openDesk(context);
  const now = context.clock.now();
  const at = options.at === undefined ? now : needInstant(options.at, "--at", workspace);
  const asOf = options.asKnownAt === undefined ? now : needInstant(options.asKnownAt, "--as-known-at", workspace);
  const directory = await workspace.directory(toIsoDate(at, workspace.zone));
  const unit = needUnit(asked.unit, directory, workspace.settings);
  const docType = needDocType(asked.docType);
  const person = await needPerson(desk, asked.person, unit, at);
  const facts = await readFacts(desk, { unit: unit.code, at, asOf });
  const register = createRegister(facts, at, asOf);
  const question = { staffId: person.staffId, unit: unit.code, docType, at, asOf };
  const decision = decideIn(register, question);
  const posts = facts.posts.filter((post) => isHeld(post, toIsoDate(at, workspace.zone)));
  const signers = decision.answer === "ALLOW" ? undefined : listSigners(register, question);
  const answer = {
    decision,
    others: signers && { may: await readOthers(signers.may, posts, desk), unknown: signers.unknown },
    person,
    unit,
    posts: posts.filter(({ staffId }) => staffId === person.staffId),
    zone: workspace.zone,
    switches: facts.switches,
    asKnownAt: options.asKnownAt === undefined ? undefined : asOf,
  };
  await context.out.emit({
    document: toAnswerDocument(answer, context.out.lang),
    render: () => renderAnswer(answer, context.out.lang, context.out.paint),
  });
  return outcomes[decision.answer];
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
