import { fork } from "node:child_process";
import { once } from "node:events";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { listCodesIn } from "../../support/code-bytes.ts";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";
import { makeCode, makeLine, openRetentionWorld, type RetentionWorld } from "../../support/retention-world.ts";

const dossiers = 40;
const numbers = Array.from({ length: dossiers }, (_, n) => n);
const codes = numbers.map(makeCode).slice(0, 12);
/** Corrects every fifth and conflicts with every seventh, so that there are findings that name dossiers. */
const corrected = numbers.map((n) =>
  makeLine(n, {
    ...(n % 5 === 0 && { due: "28/07/2025", updated: "21/07/2025 08:00:00" }),
    ...(n % 7 === 1 && { status: "5" }),
  }),
);

/** Reports of many kinds and instants; what they print must not depend on what was let go of since. */
const looks = [
  "report evening --no-store --json --as-of 2025-07-20T16:30:00+07:00 --known-as-of 2",
  "report evening --no-store --json --as-of 2025-07-21T09:00:00+07:00 --known-as-of 1",
  "report range 2025-07-01 2025-07-20 --json --known-as-of 2",
  "report unit 19753 --json --as-of 2025-07-20T16:30:00+07:00 --known-as-of 2",
];

async function look(world: RetentionWorld, lines: readonly string[], day: string): Promise<string[]> {
  const printed: string[] = [];
  for (const line of lines) {
    const { code, stdout, stderr } = await world.run(line, day);
    expect([0, 7, 8], `${line}\n${stderr}`).toContain(code);
    printed.push(stdout);
  }
  return printed;
}

async function checkStory(world: RetentionWorld): Promise<void> {
  const { take, run, readBytes } = world;
  await take(
    "a.csv",
    numbers.map((n) => makeLine(n)),
    "2025-07-20",
  );
  const second = await take("b.csv", corrected, "2025-07-21");
  expect(second.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(["W-CORRECTED", "W-CONFLICT"]));
  expect((await run("report evening", "2025-07-21")).code).toBe(8);
  const before = await look(world, looks, "2025-07-21");
  expect(before.join()).toContain("W-CONFLICT");
  // The search finds what is there.
  expect(listCodesIn(codes, await readBytes())).toEqual(codes);

  const third = await take("c.csv", [makeLine(100)], "2025-07-28");
  expect([third.rows["new"], third.stderr]).toEqual([1, ""]);
  expect(listCodesIn(codes, await readBytes())).toEqual([]);
  expect(listCodesIn([makeCode(100)], await readBytes())).toEqual([makeCode(100)]);
  expect(await look(world, looks, "2025-07-28")).toEqual(before);
  const explained = await run(
    "report explain 19753 received.total --from 2025-07-01 --as-of 2025-07-21T09:00 --json",
    "2025-07-28",
  );
  const { dossiers: behind, ...sum } = JSON.parse(explained.stdout);
  expect(sum).toMatchObject({ value: 21, counted: 21, matches: true });
  expect(behind.map(({ code }: { code: string | null }) => code).filter((code: string | null) => code !== null)).toEqual([
    makeCode(100),
  ]);

  // They come again with two that are new: nobody is new who was there before, and what changed is a change.
  const all = numbers.map((n) =>
    n === 4
      ? makeLine(n, { status: "9", finished: "29/07/2025 08:00:00", updated: "29/07/2025 08:00:00" })
      : (corrected[n] as string),
  );
  const again = await take("d.csv", [...all, makeLine(101), makeLine(102)], "2025-07-29");
  expect(again.rows).toMatchObject({ read: 42, new: 2, changed: 1, same: 39, stale: 0, sealed: 0 });
  expect(await look(world, looks, "2025-07-29")).toEqual(before);
  expect((await run("doctor --rebuild --compare", "2025-07-29")).code).toBe(0);

  // Sealed again a week later; after two months days are whole and rows of what was closed are gone.
  await take("e.csv", [makeLine(103)], "2025-10-20");
  expect(listCodesIn([...codes, makeCode(101)], await readBytes())).toEqual([]);
  const days = [
    "report range 2025-07-01 2025-07-20 --json --known-as-of 2",
    "report range 2025-07-05 2025-07-06 --json --known-as-of 1",
  ];
  const [whole] = await look(world, days, "2025-10-20");
  const plain = (text: string | undefined) => {
    const { units, total, procedures } = JSON.parse(text ?? "{}");
    return { units, total, procedures };
  };
  expect(plain(whole)).toEqual(plain(before[2]));
  const inside = await run(looks[0] as string, "2025-10-20");
  expect([inside.code, inside.stderr]).toEqual([3, expect.stringContaining("can no longer be counted to the second")]);
  expect(inside.stderr).toContain("the beginnings of days can be counted: --as-of 2025-07-20 or --as-of 2025-07-21");
  expect((await run("doctor --rebuild --compare", "2025-10-20")).code).toBe(0);

  const late = numbers.map((n) =>
    n === 3 ? makeLine(n, { finished: "19/07/2025 09:00:00", updated: "22/10/2025 09:00:00" }) : (all[n] as string),
  );
  const last = await take("f.csv", late, "2025-10-22");
  expect(last.rows).toMatchObject({ read: 40, new: 0, changed: 0, same: 39, sealed: 1 });
  expect(last.warnings).toMatchObject([{ code: "W-SEALED", count: 1, dossiers: [makeCode(3)] }]);
  const [afterwards] = await look(world, days, "2025-10-22");
  expect(afterwards).toEqual(whole);

  // When even the hashes are gone, an old dossier is kept out and no new one is.
  await take("g.csv", [makeLine(104)], "2026-12-20");
  const older = await take(
    "h.csv",
    [makeLine(3), makeLine(105, { received: "20/12/2026 08:00:00", due: "", updated: "20/12/2026 08:00:00" })],
    "2026-12-21",
  );
  expect(older.rows).toMatchObject({ new: 1, sealed: 1 });
  expect((await run("doctor --rebuild --compare", "2026-12-21")).code).toBe(0);
}

describe("retention of records", () => {
  const { makeUrl } = usePostgres();

  it("drops codes, points and rows in their time: no figure moves, nobody is counted twice, no code is left in any byte", async () => {
    await checkStory(await openRetentionWorld());
  });

  it.skipIf(!hasPostgres)("does so on PostgreSQL too", async () => {
    await checkStory(await openRetentionWorld(makeUrl()));
  });

  it("goes on letting go in time after a clock that was a year ahead for one import", async () => {
    const { take, run, readBytes } = await openRetentionWorld();
    const some = numbers.slice(0, 10).map((n) => makeLine(n));
    await take("a.csv", some, "2025-07-20");
    await take("b.csv", [...some, makeLine(30)], "2026-07-21");
    await take("c.csv", [...some, makeLine(50)], "2025-07-21");
    const held = [...codes.slice(0, 10), makeCode(30)];
    await take("d.csv", [...some, makeLine(51)], "2025-07-26");
    expect(listCodesIn(held, await readBytes())).toEqual(held);
    // The day of the wrong clock is long to come, and nothing waits for it.
    await take("e.csv", [makeLine(52)], "2025-08-03");
    expect(listCodesIn(held, await readBytes())).toEqual([]);
    expect((await run("doctor --compare", "2025-08-03")).code).toBe(0);
  });

  it("killed at any step of it, the store is as it was or as it is to be, and the next run wipes what is left", async () => {
    const world = await openRetentionWorld();
    await world.take(
      "a.csv",
      numbers.map((n) => makeLine(n)),
      "2025-07-20",
    );
    await world.take("b.csv", corrected, "2025-07-21");
    const before = await look(world, looks, "2025-07-21");
    const file = join(world.folder, ".wardctl", "cache.db");
    await copyFile(file, join(world.folder, "kept.db"));
    const child = fileURLToPath(new URL("../../support/prune-child.ts", import.meta.url));
    let killed = 0;
    for (let step = 1; ; step += 5) {
      const [, signal] = (await once(fork(child, [file, "2025-07-29T10:00:00+07:00", String(step)]), "exit")) as [
        number | null,
        string | null,
      ];
      if (signal === null) break;
      killed += 1;
      expect(await look(world, looks.slice(0, 1), "2025-07-29")).toEqual(before.slice(0, 1));
    }
    expect(killed).toBeGreaterThan(3);
    expect((await world.run("records prune", "2025-07-29")).code).toBe(0);
    expect(listCodesIn(codes, await world.readBytes())).toEqual([]);
    expect(await look(world, looks, "2025-07-29")).toEqual(before);
  });
});
