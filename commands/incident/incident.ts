import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareList } from "./list.ts";
import { declareOpen } from "./open.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "incident", nouns.incident.about);
  declareOpen(noun, cli);
  declareList(noun, cli);
}
