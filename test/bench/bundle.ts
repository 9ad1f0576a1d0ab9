import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AuditRecord, chainStart, hashRecord } from "../../src/audit/audit-log.ts";
import { type Checkpoint, formatCheckpoint, namespaces } from "../../src/audit/checkpoint.ts";
import type { KeptCheckpoint } from "../../src/audit/checkpoint-store.ts";
import type { Ledger } from "../../src/audit/ledger.ts";
import { writeBundle } from "../../src/audit/write-bundle.ts";
import { createPinnedClock } from "../../src/platform/clock.ts";
import { formatSigner, formatSignerTime } from "../../src/platform/signers-file.ts";
import { signWithSsh } from "../../src/platform/ssh-signature.ts";
import { toIso, vietnamZone as zone } from "../../src/platform/time.ts";
import { hasSshKeygen, makeKey } from "../support/ssh-keys.ts";
import { type Bench, type BenchResult, median } from "./bench.ts";

const entry = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));
const identity = "log@46";
const start = Date.parse("2025-07-01T00:00:00Z");

interface MadeBundle {
  readonly folder: string;
  readonly bundle: string;
  readonly signers: string;
  readonly at: number;
}

/** A bundle as a province has it after some time: `count` grants over 3,321 units, one record each, and signed checkpoints. */
async function makeBundle(count: number, checkpoints: number): Promise<MadeBundle> {
  const folder = mkdtempSync(join(tmpdir(), "wardctl-bench-bundle-"));
  const { file: key, publicKey } = makeKey(folder, "key");
  const signers = join(folder, "allowed_signers");
  writeFileSync(signers, `${formatSigner({ principal: identity, namespaces: Object.values(namespaces), publicKey })}\n`);
  const records: AuditRecord[] = [];
  const units = new Map<string, object[]>();
  let prev = chainStart;
  for (let n = 0; n < count; n++) {
    const unit = String(10_000 + (n % 3321));
    const grant = {
      id: `0mcn${n.toString(36).padStart(8, "0")}`,
      unit,
      capacity: "TL",
      docTypes: ["cong-van", "thong-bao"],
      basis: { kind: "quy-che-lam-viec", number: "01/QĐ-UBND", clause: "khoản 2 Điều 7" },
    };
    const detail = { ...grant, from: "chu-tich", to: "van-phong/chanh-van-phong", start: "2025-07-01T00:00:00+07:00", end: null };
    const unhashed = {
      seq: n + 1,
      at: toIso(start + n * 1000, zone),
      actor: "lan",
      action: "delegate.grant",
      subject: grant.id,
      detail,
      prev,
    };
    const record = { ...unhashed, hash: await hashRecord(unhashed) };
    records.push(record);
    prev = record.hash;
    const own = units.get(unit);
    if (own) own.push(grant);
    else units.set(unit, [grant]);
  }
  const kept: KeptCheckpoint[] = [];
  for (let n = 1; n <= checkpoints; n++) {
    const size = Math.floor((count * n) / checkpoints);
    const checkpoint: Checkpoint = { log: records[0]!.hash, size, head: records[size - 1]!.hash, at: start + size * 1000 };
    const content = formatCheckpoint(checkpoint, zone);
    kept.push({
      seq: n,
      checkpoint,
      content,
      identity,
      signature: await signWithSsh({ key, namespace: namespaces.log, content }),
    });
  }
  const made = kept.at(-1)!;
  const at = made.checkpoint!.at;
  const ledger = {
    log: {
      async *readAll() {
        yield* records;
      },
    },
    checkpoints: { list: async () => kept },
    identity,
    key,
    signers,
    staleAfterMs: 0,
    clock: createPinnedClock(at),
    zone,
  } as unknown as Ledger;
  const bundle = join(folder, "bundle");
  const files = [...units].map(([unit, grants]) => ({
    path: `grants/${unit}.json`,
    content: `${JSON.stringify({ unit, grants })}\n`,
  }));
  await writeBundle(ledger, { ...made, checkpoint: made.checkpoint! }, bundle, files);
  return { folder, bundle, signers, at };
}

function timeMs(work: () => number | null): number {
  const begun = performance.now();
  const code = work();
  if (code !== 0) throw new Error(`ended with ${code}`);
  return performance.now() - begun;
}

async function measure(
  quick: boolean,
  pick: (round: { quick: number; full: number; bare: number }) => number,
): Promise<BenchResult> {
  if (!hasSshKeygen) return { value: undefined, rows: [], skipped: "ssh-keygen is not installed" };
  const made = await makeBundle(quick ? 20_000 : 100_000, quick ? 50 : 200);
  const { bundle, signers, at, folder } = made;
  const words = [entry, "audit", "verify", bundle, "--signers", signers];
  const env = { ...process.env, WARDCTL_NOW: toIso(at + 3_600_000, zone), WARDCTL_LANG: "en" };
  const verify = (more: readonly string[]) => () =>
    spawnSync(process.execPath, [...words, ...more], { cwd: folder, env, stdio: "ignore" }).status;
  const names = readdirSync(join(bundle, "checkpoints")).filter((name) => !name.endsWith(".sig"));
  const bare = (): number => {
    for (const name of names) {
      const file = join(bundle, "checkpoints", name);
      const when = /^verify-time: (.*)$/m.exec(readFileSync(file, "utf8"))![1]!;
      const args = [
        "-Y",
        "verify",
        "-f",
        signers,
        "-I",
        identity,
        "-n",
        namespaces.log,
        `-Overify-time=${when}`,
        "-s",
        `${file}.sig`,
      ];
      execFileSync("ssh-keygen", args, { input: readFileSync(file), stdio: ["pipe", "ignore", "ignore"] });
    }
    return 0;
  };
  const rounds = Array.from({ length: quick ? 3 : 5 }, () => ({
    quick: timeMs(verify([])),
    full: timeMs(verify(["--full"])),
    bare: timeMs(bare),
  }));
  const traced = spawnSync(
    "strace",
    ["-f", "-qq", "-e", "trace=%network", "-o", join(folder, "calls"), process.execPath, ...words],
    { cwd: folder, env, stdio: "ignore" },
  );
  const calls = traced.error
    ? undefined
    : readFileSync(join(folder, "calls"), "utf8")
        .split("\n")
        .filter((line) => /AF_INET|AF_NETLINK|AF_PACKET/.test(line)).length;
  rmSync(folder, { recursive: true });
  const ms = (of: (round: (typeof rounds)[number]) => number): string => `${median(rounds.map(of)).toFixed(0)} ms`;
  return {
    value: median(rounds.map(pick)),
    rows: [
      [`quick, ${formatSignerTime(at)}`, ms((round) => round.quick)],
      ["--full", ms((round) => round.full)],
      [`bare ssh-keygen over ${names.length} checkpoints`, ms((round) => round.bare)],
      ["calls to a network (strace)", calls === undefined ? "strace is not installed" : String(calls)],
    ],
  };
}

/** The offline check of a bundle of 100,000 grants. */
export const bench: Bench = {
  name: "bundle",
  unit: "ms",
  goal: 3000,
  better: "lower",
  run: (quick) => measure(quick, (round) => round.quick),
};

/** `--full`, which replays the chain and judges every checkpoint, against the quick check and the bare tool over the same checkpoints together. */
export const fullBench: Bench = {
  name: "bundle-full",
  unit: "ratio",
  goal: 1.5,
  better: "lower",
  run: (quick) => measure(quick, ({ quick: alone, full, bare }) => full / (alone + bare)),
};
