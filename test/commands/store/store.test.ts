import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";
import { makeTestFolder, type RunResult, runWardctl } from "../../support/run-wardctl.ts";
import { type CityWorkspace, openCityWorkspace } from "../../support/whole-city.ts";

const now = "2025-07-03T16:30:00+07:00";

describe.skipIf(!hasPostgres)("the shared store", () => {
  const { makeUrl } = usePostgres();
  let city: CityWorkspace;
  let url = "";
  beforeAll(async () => {
    city = await openCityWorkspace(now);
    url = makeUrl();
    for (const line of work) expect((await city.run(line)).code, line).toBeLessThan(9);
  });
  afterAll(() => city.stop());

  /** What a day of a desk leaves behind, in every room. */
  const work = [
    "sync",
    "provision apply roster.csv --yes",
    "delegate push --yes",
    "delegate verify --probe --unit 27004",
    "delegate certificates check",
    "delegate attest --unit 27004 --person chanh-van-phong --capacity TL --doc-types cong-van --yes",
    "check run",
    "report morning",
    "report evening",
  ];
  const questions = [
    "report show --json",
    "report evening --no-store --json",
    "delegate list --json",
    "delegate gaps --json",
    "delegate can-issue chu-tich cong-van 19777 --json",
    "delegate certificates list --json",
    "delegate attest --json",
    "provision status --json",
    "audit show --json",
    "wards list --json",
  ];

  async function moveTo(folder: string, store: string): Promise<void> {
    const file = join(folder, "wardctl.yaml");
    const text = (await readFile(file, "utf8")).replace(/^store:.*\n/m, "");
    await writeFile(file, `store: ${store}\n${text}`);
  }

  const run = (line: string): Promise<RunResult> => city.run(line, { env: { WARDCTL_PG: url } });

  it("holds everything that the file held, answers with the same bytes, and can be left again", async () => {
    const before = await Promise.all(questions.map(run));
    const moved = await run("store move --to env:WARDCTL_PG --yes --json");
    expect(moved).toMatchObject({ code: 0 });
    expect(JSON.parse(moved.stdout)).toMatchObject({
      schema: "wardctl.store-move/1",
      to: "postgres",
      setting: "store: { kind: postgres, url: env:WARDCTL_PG }",
    });
    await moveTo(city.folder, "{ kind: postgres, url: env:WARDCTL_PG }");
    expect((await run("store show")).stdout).toMatch(/^PostgreSQL 1\d.*schema s\d+; the whole team shares it/);
    const after = await Promise.all(questions.map(run));
    for (const [at, question] of questions.entries()) {
      if (question.startsWith("audit")) continue;
      expect(after[at]?.stdout, question).toBe(before[at]?.stdout);
    }
    const verified = await run("audit verify --json");
    expect(JSON.parse(verified.stdout)).toMatchObject({ schema: expect.stringContaining("audit") });
    expect((await run("audit show")).stdout).toContain("store.move");
    const again = await run("store move --to env:WARDCTL_PG --yes");
    expect(again).toMatchObject({ code: 6, stderr: expect.stringContaining("not empty") });
  });

  it("is worked in by every room as the file was", async () => {
    for (const line of [...work, "doctor", "audit verify"]) {
      const result = await run(line);
      expect(result.code, `${line}\n${result.stderr}`).toSatisfy((code: number) => code === 0 || code === 8);
    }
  });

  it("says what is wrong with an address, and never repeats it", async () => {
    const folder = await makeTestFolder();
    await writeFile(join(folder, "wardctl.yaml"), 'name: T\nprovince: "46"\nstore: { kind: postgres, url: env:WARDCTL_PG }\n');
    const ask = (address: string) => runWardctl("audit show", { cwd: folder, env: { WARDCTL_PG: address } });
    expect(await ask(url.replace("canary", "guess"))).toMatchObject({
      code: 4,
      stderr: expect.stringContaining("refuses the sign-in"),
    });
    expect(await ask("postgresql://me:guess@127.0.0.1:1/x")).toMatchObject({ code: 5 });
    const odd = await ask("mysql://me:guess@127.0.0.1/x");
    expect(odd).toMatchObject({ code: 3 });
    expect(odd.stderr).not.toContain("guess");
    const missing = await runWardctl("audit show", { cwd: folder });
    expect(missing).toMatchObject({ code: 4, stderr: expect.stringContaining("WARDCTL_PG") });
    const typed = await runWardctl("store move --yes --to postgresql://me:guess@127.0.0.1/x", { cwd: folder });
    expect(typed.code).toBe(2);
    expect(typed.stderr).not.toContain("guess");
  });
});
