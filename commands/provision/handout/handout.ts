import type { Command } from "commander";
import type { Cli } from "../../cli.ts";
import { cliWords } from "../../words.ts";
import { declareCheck } from "./check.ts";
import { declareExport } from "./export.ts";
import { declareList } from "./list.ts";
import { declareMark } from "./mark.ts";
import { declarePrint } from "./print.ts";
import { declareReissue } from "./reissue.ts";
import { declareShred } from "./shred.ts";
import { declareUnclaimed } from "./unclaimed.ts";
import { handoutWords as words } from "./words.ts";

export function declareHandout(provision: Command, cli: Cli): void {
  const noun = cli.noun(provision, "handout", words.handout);
  noun.addHelpText("after", `\n${cli.say(cliWords.example)}:\n  wardctl provision handout`);
  declareList(noun, cli);
  declareExport(noun, cli);
  declarePrint(noun, cli);
  declareMark(noun, cli);
  declareCheck(noun, cli);
  declareUnclaimed(noun, cli);
  declareReissue(noun, cli);
  declareShred(noun, cli);
}
