import type { Command } from "commander";
import { recordTokenFault } from "../../../src/delegation/certificates/record-token-fault.ts";
import { ownerNames } from "../../../src/delegation/deny-codes.ts";
import { findSignerFault, onSiteCodes, type SignerCode } from "../../../src/delegation/signer-codes.ts";
import { Failure } from "../../../src/platform/failure.ts";
import { toIso } from "../../../src/platform/time.ts";
import { needUnit } from "../../choose-units.ts";
import type { Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import type { Outcome } from "../../exit-codes.ts";
import { needPerson } from "../find-person.ts";
import { needInstant, openDesk } from "../room.ts";
import { delegateWords } from "../words.ts";
import { certificateWords as words } from "./words.ts";

export function declareFault(noun: Command, cli: Cli): void {
  const example = "wardctl delegate certificates fault chanh-van-phong SIG-PIN-LOCK --unit 27004";
  cli
    .verb(noun, { name: "fault", about: words.fault, example })
    .argument("<person>", cli.say(words.who))
    .argument("<code>", cli.say(words.code))
    .option("--unit <unit>", cli.say(words.unit))
    .option("--at <instant>", cli.say(delegateWords.at))
    .option("--mended", cli.say(words.mended))
    .option("--note <text>", cli.say(words.note))
    .action((person: string, code: string, options: FaultOptions, command: Command) =>
      cli.run(command, (context) => enterFault(person, code, options, context)),
    );
}

interface FaultOptions {
  readonly unit?: string;
  readonly at?: string;
  readonly mended?: boolean;
  readonly note?: string;
}

async function enterFault(
  who: string,
  given: string,
  options: FaultOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "ids">,
): Promise<Outcome> {
  const { out } = context;
  const code = given.toUpperCase() as SignerCode;
  if (!onSiteCodes.includes(code)) throw new Failure("usage", words.noCode(given, onSiteCodes));
  const workspace = await context.workspace();
  const desk = await openDesk(context);
  const at = options.at === undefined ? context.clock.now() : needInstant(options.at, "--at", workspace);
  const known = await desk.people.findPerson(who);
  if (!known && options.unit === undefined) throw new Failure("usage", words.needUnit);
  const person =
    known ?? (await needPerson(desk, who, needUnit(options.unit as string, await workspace.directory(), workspace.settings), at));
  const state = options.mended ? "mended" : "seen";
  const { staffId, fullName } = person;
  const isNew = await recordTokenFault(desk, { staffId, code, state, at, note: options.note });
  if (!isNew && state === "mended") throw new Failure("invalid", words.notOpen(code, fullName));
  const fault = findSignerFault(code);
  await out.emit({
    document: {
      schema: "wardctl.certificate-fault/1",
      staffId,
      code,
      state,
      at: toIso(at, desk.zone),
      owner: fault.owner,
      remedy: out.say(fault.remedy),
    },
    render: () =>
      state === "mended"
        ? out.say(words.done(code, fullName))
        : `${out.say(words.entered(code, fullName, fault.words, ownerNames[fault.owner]))}\n  ${out.say(fault.remedy)}`,
  });
  return "ok";
}
