import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareSet } from "./set.ts";
import { declareStatus } from "./status.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "auth", nouns.auth.about);
  declareStatus(noun, cli);
  declareSet(noun, cli);
}
