import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCityCore } from "../../src/city/city.ts";
import { formatCityRoster } from "../../src/city/seed-accounts.ts";
import { createDirectory } from "../../src/directory/directory.ts";
import { createPinnedClock } from "../../src/platform/clock.ts";
import { runWardctl } from "../support/run-wardctl.ts";
import { startScimPeer } from "../support/scim-peer.ts";
import type { Bench } from "./bench.ts";

const pageSize = 200;

/**
 * What a plan of N creates asks of a server, counted there (provision.md §18 B3, C1): N writes, at most 2·⌈accounts/page⌉ reads, and the second
 * time nothing to plan and nothing to write. The figure is how many requests and wrong exits there are beyond that.
 */
export const bench: Bench = {
  name: "requests",
  unit: "count",
  goal: 0,
  better: "lower",
  async run(quick) {
    const folder = await mkdtemp(join(tmpdir(), "wardctl-bench-"));
    const peer = await startScimPeer();
    const clock = createPinnedClock(Date.parse("2025-07-03T10:00:00+07:00"));
    const units = createDirectory("2025-07-03")!
      .listUnits({ province: "79" })
      .slice(0, quick ? 10 : 90);
    await writeFile(join(folder, "roster.csv"), formatCityRoster(createCityCore({ units, clock })));
    await writeFile(
      join(folder, "wardctl.yaml"),
      `name: Requests\nprovince: "79"\nunits: [${units.map(({ code }) => `"${code}"`).join(", ")}]\nprovision:\n  systems:\n    documents: { kind: scim, url: "${peer.url}", token: "env:T" }\n`,
    );
    const run = async (line: string) => {
      const before = peer.arrivals.length;
      const { code, stderr } = await runWardctl(line, {
        cwd: folder,
        env: { WARDCTL_NOW: "2025-07-03T10:00:00+07:00", T: peer.token },
      });
      const methods = peer.arrivals.slice(before).map(({ method }) => method);
      const reads = methods.filter((method) => method === "GET").length;
      return { code, stderr, reads, writes: methods.length - reads };
    };
    try {
      await run("provision probe documents --allow-writes --yes");
      const planned = await run("provision plan roster.csv --save plan.json");
      const applied = await run("provision apply plan.json --yes");
      if (applied.code !== 0) throw new Error(`apply: exit ${applied.code}\n${applied.stderr}`);
      const accounts = peer.accounts.size;
      const mayRead = 2 * Math.ceil(accounts / pageSize);
      const again = await run("provision plan roster.csv --save again.json");
      const reapplied = await run("provision apply plan.json --yes");
      const empty = await run("provision apply again.json --yes");
      const wrong = [again, reapplied, empty].filter(({ code }) => code !== 0).length;
      return {
        value:
          Math.abs(applied.writes - accounts) +
          Math.max(0, applied.reads - mayRead) +
          planned.writes +
          again.writes +
          reapplied.writes +
          empty.writes +
          wrong,
        rows: [
          ["accounts to create", String(accounts)],
          ["plan: reads, writes", `${planned.reads}, ${planned.writes}`],
          ["apply: writes", `${applied.writes} (goal ${accounts})`],
          ["apply: reads", `${applied.reads} (goal at most ${mayRead})`],
          ["plan once more: exit, writes", `${again.code}, ${again.writes} (goal 0, 0)`],
          [
            "the same plan applied again: exit, reads, writes",
            `${reapplied.code}, ${reapplied.reads}, ${reapplied.writes} (goal 0, –, 0)`,
          ],
          ["the empty plan applied: exit, writes", `${empty.code}, ${empty.writes} (goal 0, 0)`],
        ],
      };
    } finally {
      await peer.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
