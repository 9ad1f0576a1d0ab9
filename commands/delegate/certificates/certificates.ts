import type { Command } from "commander";
import type { Cli } from "../../cli.ts";
import { cliWords } from "../../words.ts";
import { declareCheck } from "./check.ts";
import { declareCodes } from "./codes.ts";
import { declareFault } from "./fault.ts";
import { declareList } from "./list.ts";
import { certificateWords as words } from "./words.ts";

export function declareCertificates(delegate: Command, cli: Cli): void {
  const noun = cli.noun(delegate, "certificates", words.certificates);
  noun.addHelpText("after", `\n${cli.say(cliWords.example)}:\n  wardctl delegate certificates`);
  declareList(noun, cli);
  declareCheck(noun, cli);
  declareCodes(noun, cli);
  declareFault(noun, cli);
}
