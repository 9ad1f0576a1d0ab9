import { readText } from "../platform/files.ts";
import { parseSigners } from "../platform/signers-file.ts";
import { hasValidSigner, verifyWithSsh } from "../platform/ssh-signature.ts";
import { type ChainBreak, findChainBreak } from "./audit-log.ts";
import { type Checkpoint, namespaces } from "./checkpoint.ts";
import type { KeptCheckpoint } from "./checkpoint-store.ts";
import type { Ledger } from "./ledger.ts";
import type { ProofFinding } from "./proof-finding.ts";

export interface LogVerdict {
  readonly records: number;
  readonly head?: string;
  readonly broken?: ChainBreak;
  readonly checkpoints: number;
  readonly newest?: Checkpoint;
  /** The newest checkpoint's signature holds. */
  readonly signed: boolean;
  readonly findings: readonly ProofFinding[];
}

/**
 * Replays the chain, holds it against every checkpoint that was kept and judges the newest one's signature, all of them with `full`. Failure kind:
 * unavailable (there is a signature to judge and no ssh-keygen).
 */
export async function verifyLog(ledger: Ledger, full = false): Promise<LogVerdict> {
  const kept = await ledger.checkpoints.list();
  const wanted = new Set(kept.flatMap(({ checkpoint }) => checkpoint?.size ?? []));
  const heads = new Map<number, string>();
  let records = 0;
  let head: string | undefined;
  const counted = async function* () {
    for await (const record of ledger.log.readAll()) {
      records += 1;
      head = record.hash;
      if (wanted.has(records)) heads.set(records, record.hash);
      yield record;
    }
  };
  const broken = await findChainBreak(counted());
  const chain: ProofFinding[] = broken ? [{ kind: "chain", seq: broken.seq, reason: broken.kind }] : [];
  const newest = kept.at(-1);
  const isSigning = ledger.key !== undefined || kept.some(({ signature }) => signature !== undefined);
  const signatures = isSigning ? await judgeSignatures(ledger, full ? kept : kept.slice(-1)) : [];
  return {
    records: broken ? broken.seq - 1 : records,
    head: broken ? undefined : head,
    broken,
    checkpoints: kept.length,
    newest: newest?.checkpoint,
    signed: isSigning && newest?.signature !== undefined && signatures.length === 0,
    findings: [
      ...chain,
      ...compareCheckpoints(kept, broken ? undefined : { records, heads }),
      ...signatures,
      ...(isSigning ? await judgeTrust(ledger, newest?.checkpoint, records) : []),
    ],
  };
}

/** `log` undefined: its chain is broken, and what stands in it says nothing. */
function compareCheckpoints(
  kept: readonly KeptCheckpoint[],
  log: { readonly records: number; readonly heads: ReadonlyMap<number, string> } | undefined,
): ProofFinding[] {
  const findings: ProofFinding[] = [];
  const bySize = new Map<number, string>();
  for (const { seq, checkpoint } of kept) {
    if (!checkpoint) {
      findings.push({ kind: "checkpoint", name: String(seq) });
      continue;
    }
    const { size, head } = checkpoint;
    const before = bySize.get(size);
    if (before !== undefined && before !== head) findings.push({ kind: "fork", size });
    if (before !== undefined) continue;
    bySize.set(size, head);
    if (log && size > log.records) findings.push({ kind: "cut", size, have: log.records });
    else if (log && log.heads.get(size) !== head) findings.push({ kind: "rewritten", size });
  }
  return findings;
}

async function judgeSignatures(ledger: Ledger, kept: readonly KeptCheckpoint[]): Promise<ProofFinding[]> {
  const { signers, revoked, identity } = ledger;
  if (signers === undefined) return [];
  const findings: ProofFinding[] = [];
  for (const { checkpoint, content, signature, identity: signedAs } of kept) {
    if (!checkpoint) continue;
    if (signature === undefined) {
      findings.push({ kind: "unsigned", of: "log" });
      continue;
    }
    const verdict = await verifyWithSsh({
      content,
      signature,
      signers,
      revoked,
      identity: signedAs ?? identity,
      namespace: namespaces.log,
      at: checkpoint.at,
    });
    if (!verdict.good) findings.push({ kind: "signature", of: "log", size: checkpoint.size, fault: verdict.fault });
  }
  return findings;
}

/** What was good once may be good no longer: a key that has run out, a checkpoint that nobody renewed (I18). */
async function judgeTrust(ledger: Ledger, newest: Checkpoint | undefined, records: number): Promise<ProofFinding[]> {
  const { signers, revoked, identity, clock, staleAfterMs } = ledger;
  if (!newest) return records === 0 ? [] : [{ kind: "no-checkpoint" }];
  const stale: ProofFinding[] = clock.now() - newest.at > staleAfterMs ? [{ kind: "stale", at: newest.at }] : [];
  if (signers === undefined) return [...stale, { kind: "no-signers" }];
  return [...stale, ...(await judgeSigners({ signers, revoked, identity, at: clock.now(), namespaces: [namespaces.log] }))];
}

export async function judgeSigners(trust: {
  readonly signers: string;
  readonly revoked?: string;
  readonly identity: string;
  readonly at: number;
  readonly namespaces: readonly string[];
}): Promise<ProofFinding[]> {
  const { signers, revoked, identity, at } = trust;
  const zoneless = parseSigners(await readText(signers)).filter(({ isZoneless }) => isZoneless);
  const valid = await Promise.all(
    trust.namespaces.map((namespace) => hasValidSigner({ signers, revoked, identity, namespace, at })),
  );
  return [
    ...zoneless.map(({ line }): ProofFinding => ({ kind: "zoneless", line })),
    ...(valid.every(Boolean) ? [] : [{ kind: "no-valid-key" } as const]),
  ];
}
