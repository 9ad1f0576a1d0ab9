import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareAssign } from "./assign.ts";
import { declareClose } from "./close.ts";
import { declareList } from "./list.ts";
import { declareOpen } from "./open.ts";
import { declareShow } from "./show.ts";
import { declareUpdate } from "./update.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "incident", nouns.incident.about);
  declareOpen(noun, cli);
  declareUpdate(noun, cli);
  declareAssign(noun, cli);
  declareClose(noun, cli);
  declareList(noun, cli);
  declareShow(noun, cli);
}
