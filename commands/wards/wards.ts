import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareFind } from "./find.ts";
import { declareImport } from "./import.ts";
import { declareList } from "./list.ts";
import { declareShow } from "./show.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "wards", nouns.wards.about);
  declareList(noun, cli);
  declareShow(noun, cli);
  declareFind(noun, cli);
  declareImport(noun, cli);
}
