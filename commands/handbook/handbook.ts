import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareAdd } from "./add.ts";
import { declareCheck } from "./check.ts";
import { declareExport } from "./export.ts";
import { declareSearch } from "./search.ts";
import { declareShow } from "./show.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "handbook", nouns.handbook.about);
  declareSearch(noun, cli);
  declareShow(noun, cli);
  declareAdd(noun, cli);
  declareExport(noun, cli);
  declareCheck(noun, cli);
}
