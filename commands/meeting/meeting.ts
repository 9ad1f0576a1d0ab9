import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareActions } from "./action.ts";
import { declareClose } from "./close.ts";
import { declareList } from "./list.ts";
import { declareOpen } from "./open.ts";
import { declareRemarks } from "./remark.ts";
import { declareShow } from "./show.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "meeting", nouns.meeting.about);
  declareOpen(noun, cli);
  declareRemarks(noun, cli);
  declareActions(noun, cli);
  declareClose(noun, cli);
  declareShow(noun, cli);
  declareList(noun, cli);
}
