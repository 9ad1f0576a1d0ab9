import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareEvening } from "./evening.ts";
import { declareMorning } from "./morning.ts";
import { declareShow } from "./show.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "report", nouns.report.about);
  declareMorning(noun, cli);
  declareEvening(noun, cli);
  declareShow(noun, cli);
}
