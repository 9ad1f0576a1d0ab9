import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareMove } from "./move.ts";
import { declareShow } from "./show.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "store", nouns.store.about);
  declareShow(noun, cli);
  declareMove(noun, cli);
}
