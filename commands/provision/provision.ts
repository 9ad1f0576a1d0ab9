import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareApply } from "./apply.ts";
import { declareApprove } from "./approve.ts";
import { declareAttest } from "./attest.ts";
import { declareCompensate } from "./compensate.ts";
import { declareCoverage } from "./coverage.ts";
import { declareDoctor } from "./doctor.ts";
import { declareDrift } from "./drift.ts";
import { declareExplain } from "./explain.ts";
import { declareHandout } from "./handout/handout.ts";
import { declareLeave } from "./leave.ts";
import { declareMergeUnits } from "./merge-units.ts";
import { declareMove } from "./move.ts";
import { declarePlan } from "./plan.ts";
import { declareProbe } from "./probe.ts";
import { declareStatus } from "./status.ts";
import { declareVerify } from "./verify.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "provision", nouns.provision.about);
  declareDoctor(noun, cli);
  declareCoverage(noun, cli);
  declarePlan(noun, cli);
  declareApprove(noun, cli);
  declareApply(noun, cli);
  declareStatus(noun, cli);
  declareCompensate(noun, cli);
  declareVerify(noun, cli);
  declareProbe(noun, cli);
  declareDrift(noun, cli);
  declareExplain(noun, cli);
  declareLeave(noun, cli);
  declareMove(noun, cli);
  declareMergeUnits(noun, cli);
  declareAttest(noun, cli);
  declareHandout(noun, cli);
}
