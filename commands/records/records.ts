import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareFindings } from "./findings.ts";
import { declareForget } from "./forget.ts";
import { declarePrune } from "./prune.ts";
import { declareShow } from "./show.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "records", nouns.records.about);
  declareShow(noun, cli);
  declareFindings(noun, cli);
  declareForget(noun, cli);
  declarePrune(noun, cli);
}
