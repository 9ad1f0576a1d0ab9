import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareList } from "./list.ts";
import { declareRun } from "./run.ts";
import { declareScore } from "./score.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "rehearse", nouns.rehearse.about);
  declareRun(noun, cli);
  declareScore(noun, cli);
  declareList(noun, cli);
}
