import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareApprove } from "./approve.ts";
import { declareCanSign } from "./can-sign.ts";
import { declareCertificates } from "./certificates/certificates.ts";
import { declareDecision } from "./decision.ts";
import { declareGaps } from "./gaps.ts";
import { declareGrant } from "./grant.ts";
import { declareList } from "./list.ts";
import { declarePush } from "./push.ts";
import { declareRevoke } from "./revoke.ts";
import { declareSummary } from "./summary.ts";
import { declareSuspend } from "./suspend.ts";
import { declareVerify } from "./verify.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "delegate", nouns.delegate.about);
  declareGrant(noun, cli);
  declareApprove(noun, cli);
  declareRevoke(noun, cli);
  declareSuspend(noun, cli);
  declareList(noun, cli);
  declareCanSign(noun, cli);
  declareGaps(noun, cli);
  declareDecision(noun, cli);
  declareCertificates(noun, cli);
  declareSummary(noun, cli);
  declarePush(noun, cli);
  declareVerify(noun, cli);
}
