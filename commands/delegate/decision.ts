import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { hashSigners } from "../../src/audit/ledger.ts";
import { prepareDecision } from "../../src/delegation/decision/prepare-decision.ts";
import { sha256 } from "../../src/platform/canonical-json.ts";
import { Failure } from "../../src/platform/failure.ts";
import { writeWhole } from "../../src/platform/files.ts";
import { toIsoDate } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { decisionKinds, decisionWords as words } from "./decision-words.ts";
import { needInstant, openDesk } from "./room.ts";
import { delegateWords } from "./words.ts";

export function declareDecision(noun: Command, cli: Cli): void {
  const example = "wardctl delegate decision 0mdx3k2v1-5f0c2a9b7e11 --out quyet-dinh.docx";
  cli
    .verb(noun, { name: "decision", about: words.decision, example })
    .argument("<id>", cli.say(delegateWords.idTitle))
    .requiredOption("--out <file>", cli.say(words.out))
    .option("--number <number>", cli.say(words.number))
    .option("--date <day>", cli.say(words.date))
    .option("--place <name>", cli.say(words.place))
    .action((id: string, options: DecisionOptions, command: Command) =>
      cli.run(command, (context) => writeDecision(id, options, context)),
    );
}

interface DecisionOptions {
  readonly out: string;
  readonly number?: string;
  readonly date?: string;
  readonly place?: string;
}

async function writeDecision(
  id: string,
  options: DecisionOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "ids" | "cwd">,
): Promise<Outcome> {
  if (!options.out.toLowerCase().endsWith(".docx")) throw new Failure("usage", words.needDocx(options.out));
  const { out } = context;
  const workspace = await context.workspace();
  const desk = await openDesk(context);
  const date = options.date === undefined ? undefined : needInstant(options.date, "--date", workspace);
  const ledger = await workspace.ledger();
  const head = await desk.audit.findHead();
  const newest = (await ledger.checkpoints.findNewest())?.checkpoint;
  const { grant, decision, file } = await prepareDecision(desk, {
    grantId: id,
    number: options.number,
    date,
    place: options.place,
    log: {
      size: newest?.size ?? head?.seq ?? 0,
      head: newest?.head ?? head?.hash ?? "",
      signers: await hashSigners(ledger),
    },
    findUnit: async (code, at) => (await workspace.directory(toIsoDate(at, workspace.zone))).findUnit(code),
  });
  await writeWhole(resolve(context.cwd, options.out), file);
  const digest = sha256(file);
  await desk.audit.append({
    actor: desk.actor,
    action: "delegate.decision",
    subject: grant.id,
    detail: {
      kind: decision.kind,
      file: basename(options.out),
      sha256: digest,
      number: options.number === undefined ? null : decision.number,
    },
  });
  const free = [
    ...(options.number === undefined ? [words.freeNumber] : []),
    ...(date === undefined ? [words.freeDate] : []),
    ...(decision.signature.name === undefined ? [words.freeName] : []),
  ];
  await out.emit({
    document: {
      schema: "wardctl.delegate-decision/1",
      grant: grant.id,
      kind: decision.kind,
      file: options.out,
      sha256: digest,
      number: options.number === undefined ? null : decision.number,
      date: date === undefined ? null : toIsoDate(date, desk.zone),
      signer: decision.signature.name ?? null,
      signatureBlock: decision.signature.lines,
    },
    render: () =>
      [
        out.say(words.written(options.out, decisionKinds[decision.kind])),
        ...(free.length > 0 ? [out.say(words.free(free.map((place) => out.say(place))))] : []),
      ].join("\n"),
  });
  return "ok";
}
