import { resolve } from "node:path";
import type { Command } from "commander";
import { hashSigners } from "../../src/audit/ledger.ts";
import { isUntrusted, type ProofFinding } from "../../src/audit/proof-finding.ts";
import { verifyBundle } from "../../src/audit/verify-bundle.ts";
import { verifyLog } from "../../src/audit/verify-log.ts";
import { Failure } from "../../src/platform/failure.ts";
import { readText } from "../../src/platform/files.ts";
import type { Output } from "../../src/platform/output.ts";
import { parseSigners } from "../../src/platform/signers-file.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { readWholeNumber } from "../options.ts";
import { describeProof, proofWords } from "./proof-words.ts";
import { auditWords as words } from "./words.ts";

export function declareVerify(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "verify", about: words.verify, example: "wardctl audit verify" })
    .argument("[bundle]", cli.say(proofWords.bundle))
    .option("--signers <file>", cli.say(proofWords.signers))
    .option("--identity <name>", cli.say(proofWords.identity))
    .option("--revoked <file>", cli.say(proofWords.revoked))
    .option("--earlier <file>", cli.say(proofWords.earlier))
    .option("--max-age <hours>", cli.say(proofWords.maxAge), readWholeNumber)
    .option("--full", cli.say(proofWords.full))
    .action((bundle: string | undefined, options: VerifyOptions, command: Command) =>
      cli.run(command, (context) => (bundle === undefined ? verifyOwn(options, context) : verifyGiven(bundle, options, context))),
    );
}

interface VerifyOptions {
  readonly signers?: string;
  readonly identity?: string;
  readonly revoked?: string;
  readonly earlier?: string;
  readonly maxAge?: number;
  readonly full?: boolean;
}

function toOutcome(findings: readonly ProofFinding[]): Outcome {
  if (findings.some(isUntrusted)) return "unsafe";
  return findings.length > 0 ? "attention" : "ok";
}

function toFindingDocuments(findings: readonly ProofFinding[], { lang }: Pick<Output, "lang">) {
  return findings.map((finding) => {
    const { kind, ...rest } = "at" in finding ? { ...finding, at: toIso(finding.at, vietnamZone) } : finding;
    return { kind, ...rest, message: describeProof(finding)[lang] };
  });
}

async function verifyOwn({ full }: VerifyOptions, { workspace, out }: Pick<Context, "workspace" | "out">): Promise<Outcome> {
  const { ledger: open, zone } = await workspace();
  const ledger = await open();
  const { records, head, broken, checkpoints, newest, signed, findings } = await verifyLog(ledger, full);
  await out.emit({
    document: {
      schema: "wardctl.audit-verify/1",
      // Those that hold, from the first on.
      records,
      head: head ?? null,
      intact: broken === undefined,
      broken: broken ?? null,
      signed,
      checkpoints,
      newestCheckpoint: newest ? { size: newest.size, head: newest.head, at: toIso(newest.at, zone) } : null,
      signersSha256: (await hashSigners(ledger)) ?? null,
      findings: toFindingDocuments(findings, out),
    },
    render: () => {
      const others = findings.filter(({ kind }) => kind !== "chain");
      return [
        out.say(broken ? words.broken(broken) : words.whole(records, head ?? "–")),
        ...(signed && newest ? [out.say(proofWords.newest(newest))] : []),
        ...(ledger.key === undefined && !signed && !broken ? [out.say(proofWords.unsigned)] : []),
        ...others.map((finding) => out.paint.yellow(`! ${out.say(describeProof(finding))}`)),
      ].join("\n");
    },
  });
  return toOutcome(findings);
}

/** A bundle is checked anywhere; inside a workspace its own trust file is taken where none is named. */
async function verifyGiven(
  bundle: string,
  options: VerifyOptions,
  { findWorkspace, out, clock, cwd }: Pick<Context, "findWorkspace" | "out" | "clock" | "cwd">,
): Promise<Outcome> {
  const place = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(cwd, path));
  const own = options.signers === undefined ? await readOwnTrust(findWorkspace) : undefined;
  const signers = place(options.signers) ?? own?.signers;
  if (signers === undefined) throw new Failure("usage", proofWords.needSigners);
  const identity = options.identity ?? own?.identity ?? (await findOnlySigner(signers));
  const result = await verifyBundle(resolve(cwd, bundle), {
    signers,
    identity,
    revoked: place(options.revoked) ?? own?.revoked,
    earlier: place(options.earlier),
    now: clock.now(),
    staleAfterMs: options.maxAge === undefined ? (own?.staleAfterMs ?? 48 * 3_600_000) : options.maxAge * 3_600_000,
    full: options.full === true,
  });
  const { files, checkpoint, signedBy, findings } = result;
  await out.emit({
    document: {
      schema: "wardctl.audit-bundle/1",
      bundle,
      files,
      intact: findings.length === 0,
      signed: signedBy !== undefined,
      signedBy: signedBy ?? null,
      identity,
      checkpoint: checkpoint
        ? { log: checkpoint.log, size: checkpoint.size, head: checkpoint.head, at: toIso(checkpoint.at, vietnamZone) }
        : null,
      ownSignersSha256: result.ownSigners,
      bundleSignersSha256: result.bundleSigners ?? null,
      findings: toFindingDocuments(findings, out),
    },
    render: () =>
      [
        findings.length === 0 && checkpoint
          ? out.paint.green(out.say(proofWords.wholeBundle(files, checkpoint)))
          : out.paint.red(out.say(proofWords.notProof(findings.length))),
        ...findings.map((finding) => `  ${out.say(describeProof(finding))}`),
        ...(signedBy === undefined ? [] : [out.say(proofWords.signedBy(identity, signedBy))]),
        out.say(proofWords.ownSigners(result.ownSigners)),
        out.say(proofWords.bundleSigners(result.bundleSigners)),
      ].join("\n"),
  });
  return toOutcome(findings);
}

async function readOwnTrust(findWorkspace: () => Promise<Workspace | undefined>) {
  const workspace = await findWorkspace();
  if (!workspace) return undefined;
  const { signers, revoked, identity, staleAfterMs } = await workspace.ledger();
  return { signers, revoked, identity, staleAfterMs };
}

/** Who is meant where only one is trusted; of several somebody must be named. */
async function findOnlySigner(signers: string): Promise<string> {
  const names = [...new Set(parseSigners(await readText(signers)).flatMap(({ principals }) => principals))];
  const [only] = names;
  if (only === undefined || names.length > 1 || /[*?]/.test(only)) throw new Failure("usage", proofWords.needIdentity(names));
  return only;
}
