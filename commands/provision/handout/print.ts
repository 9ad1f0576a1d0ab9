import { resolve } from "node:path";
import type { Command } from "commander";
import { type AgeIdentity, readIdentity } from "../../../src/platform/age.ts";
import { Failure } from "../../../src/platform/failure.ts";
import { writeWhole } from "../../../src/platform/files.ts";
import { formatPdf } from "../../../src/platform/pdf.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import type { Words } from "../../../src/platform/words.ts";
import { type OpenedSlips, openSealedFiles } from "../../../src/provision/handout.ts";
import { slipWords } from "../../../src/provision/handout-words.ts";
import { slipKeyword } from "../../../src/provision/slip-file.ts";
import { toSlipPages } from "../../../src/provision/slip-pages.ts";
import type { Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import type { Outcome } from "../../exit-codes.ts";
import { collect } from "../../options.ts";
import { openLedger } from "./open.ts";
import { handoutWords as words } from "./words.ts";

export function declarePrint(noun: Command, cli: Cli): void {
  cli
    .verb(noun, {
      name: "print",
      about: words.print,
      example: "wardctl provision handout print slips-27004 --identity key.txt --out slips.pdf",
    })
    .argument("[sealed...]", cli.say(words.sealed))
    .requiredOption("--identity <file>", cli.say(words.identity))
    .requiredOption("--out <file.pdf>", cli.say(words.pdf))
    .option("--unit <code>", cli.say(words.unit), collect)
    .action((sealed: readonly string[], options: PrintOptions, command: Command) =>
      cli.run(command, (context) => printSlips(sealed, options, context)),
    );
}

interface PrintOptions {
  readonly identity: string;
  readonly out: string;
  readonly unit?: readonly string[];
}

type PrintContext = Pick<Context, "workspace" | "clock" | "out" | "cwd" | "prompts">;

async function printSlips(
  sealed: readonly string[],
  { identity, out: file, unit }: PrintOptions,
  context: PrintContext,
): Promise<Outcome> {
  const { out, cwd, clock } = context;
  // A custodian's key is often itself sealed with a passphrase.
  const ask = out.interactive ? (question: Words) => context.prompts.secret(question, "--identity") : undefined;
  const key = await readIdentity(resolve(cwd, identity), identity, ask);
  const { slips, foreign } = await open(key, sealed, unit, context);
  if (slips.length === 0) throw new Failure("denied", words.nothingToPrint);
  const pages = toSlipPages(slips, out.lang, vietnamZone);
  const pdf = await formatPdf({
    title: out.say(slipWords.file),
    keyword: slipKeyword,
    lang: out.lang,
    madeAt: clock.now(),
    pages,
  });
  await writeWhole(resolve(cwd, file), pdf, 0o600);
  await out.emit({
    document: {
      schema: "wardctl.handout-print/1",
      file,
      pages: pages.length,
      slips: slips.map(({ slip }) => slip),
      sealedForOthers: foreign,
    },
    render: () => out.say(words.printed(pages.length, slips.length, file)),
  });
  if (foreign > 0) out.note(words.foreign(foreign));
  return "ok";
}

/** A custodian has the files and no workspace. */
async function open(
  key: AgeIdentity,
  sealed: readonly string[],
  units: readonly string[] | undefined,
  context: PrintContext,
): Promise<OpenedSlips> {
  if (sealed.length === 0) return (await openLedger(context)).open(key, { units });
  const paths = sealed.map((path) => resolve(context.cwd, path));
  const { slips, foreign } = await openSealedFiles(key, paths);
  return { slips: slips.filter(({ unit }) => !units || units.includes(unit)), foreign };
}
