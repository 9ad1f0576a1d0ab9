import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareList } from "./list.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "wards", nouns.wards.about);
  declareList(noun, cli);
}
