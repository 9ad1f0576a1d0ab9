import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareEvening } from "./evening.ts";
import { declareExplain } from "./explain.ts";
import { declareMorning } from "./morning.ts";
import { declareRange } from "./range.ts";
import { declareShow } from "./show.ts";
import { declareUnit } from "./unit.ts";
import { declareVerify } from "./verify.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "report", nouns.report.about);
  declareMorning(noun, cli);
  declareEvening(noun, cli);
  declareUnit(noun, cli);
  declareRange(noun, cli);
  declareExplain(noun, cli);
  declareShow(noun, cli);
  declareVerify(noun, cli);
}
