import { existsSync } from "node:fs";
import { startSlapdCrashServer } from "../peers/slapd-crash-server.ts";
import {
  type CrashServer,
  startKeycloakCrashServer,
  startScimCrashServer,
  startVendorCrashServer,
} from "../support/crash-server.ts";
import { type CrashResult, runCrashTrial } from "../support/crash-trial.ts";
import type { Bench } from "./bench.ts";

interface Arm {
  readonly share: number;
  readonly start: () => Promise<CrashServer>;
}

/** Of 200 trials: so many each. */
const arms: readonly Arm[] = [
  { share: 0.4, start: startScimCrashServer },
  { share: 0.3, start: startSlapdCrashServer },
  { share: 0.15, start: startKeycloakCrashServer },
  { share: 0.15, start: startVendorCrashServer },
];
const killsPerTrial = 3;
/** Every fourth trial seals first passwords. */
const passwordsEvery = 4;
/** What was under way at each kill. */
const mostExtraCreates = 8 * killsPerTrial;

/**
 * What `kill -9` does to a plan of 300 creates, eight at a time, on servers of three protocols: three kills a trial, at instants by chance over the whole
 * life of the process, then a run to the end; counted in the server's own store. The control is what scripts do, on SCIM; where it takes no harm the trial
 * proves nothing and counts as damage too. The figure is the sum of all damage.
 */
export const bench: Bench = {
  name: "crash",
  unit: "count",
  goal: 0,
  better: "lower",
  async run(quick) {
    const trials = Number(process.env["WARDCTL_BENCH_TRIALS"] ?? (quick ? 8 : 200));
    const people = quick ? 80 : 300;
    const hasSlapd = existsSync("/usr/sbin/slapd") && existsSync("/usr/bin/ldapsearch");
    const rows: (readonly [string, string])[] = [["trials × people", `${trials} × ${people}`]];
    const all: CrashResult[] = [];
    let harmless = 0;
    for (const { share, start } of arms) {
      if (start === startSlapdCrashServer && !hasSlapd) continue;
      const server = await start();
      const count = Math.max(1, Math.round(trials * share));
      const ours: CrashResult[] = [];
      const naive: CrashResult[] = [];
      try {
        for (let trial = 0; trial < count; trial++) {
          const common = { server, people, kills: killsPerTrial, seed: `${server.name}/${trial}`, probed: trial % 2 === 0 };
          const passwords = trial % passwordsEvery === 1;
          ours.push(await runCrashTrial({ ...common, arm: "ours", passwords }));
          if (server.address.kind === "scim") naive.push(await runCrashTrial({ ...common, arm: "naive", passwords: false }));
          if (process.stderr.isTTY) process.stderr.write(`\r${server.name} ${trial + 1}/${count}   `);
        }
      } finally {
        await server.stop();
      }
      all.push(...ours);
      harmless += naive.filter(({ duplicates }) => duplicates === 0).length;
      rows.push([`${server.name}: wardctl apply`, describe(ours)], [`${server.name}: first passwords`, describeSecrets(ours)]);
      if (naive.length > 0)
        rows.push([`${server.name}: next number on 409`, describe(naive)], ["… trials without harm", String(harmless)]);
    }
    const instants = Map.groupBy(
      all.flatMap(({ kills }) => kills),
      (at) => at,
    );
    rows.push(["kills by instant", [...instants].map(([at, own]) => `${at} ${own.length}`).join(", ")]);
    const damage = sum(all, (one) => one.duplicates + one.lost + one.misnamed + one.unsealed + one.lockedOut);
    const wasteful = all.filter(({ extraCreates }) => extraCreates > mostExtraCreates).length;
    return {
      value: damage + harmless + wasteful,
      rows,
      ...(hasSlapd ? {} : { skipped: "LDAP WAS NOT TRIED: slapd and ldap-utils are not installed" }),
    };
  },
};

function sum(list: readonly CrashResult[], pick: (one: CrashResult) => number): number {
  return list.reduce((all, one) => all + pick(one), 0);
}

function describe(list: readonly CrashResult[]): string {
  const extra = Math.max(...list.map(({ extraCreates }) => extraCreates));
  const of = (pick: (one: CrashResult) => number): number => sum(list, pick);
  const kills = of((one) => one.kills.length);
  return `${list.length} trials, ${kills} kills: ${of((one) => one.duplicates)} twice, ${of((one) => one.lost)} lost, ${of((one) => one.misnamed)} misnamed, ≤ ${extra} extra creates a trial`;
}

function describeSecrets(list: readonly CrashResult[]): string {
  const own = list.filter(({ slips }) => slips > 0);
  const of = (pick: (one: CrashResult) => number): number => sum(own, pick);
  return `${own.length} trials, ${of((one) => one.slips)} slips: ${of((one) => one.unsealed)} in the clear, ${of((one) => one.lockedOut)} locked out, ${of((one) => one.toldUnknown)} told unknown`;
}
