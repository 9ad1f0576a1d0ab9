import { afterEach, describe, expect, it } from "vitest";
import { type LyingWorkspace, startLyingWorkspace } from "../../support/lying-workspace.ts";

/** provision.md §18 F1: every guard stops plan and apply, and nothing but the exact number, given to the right flag, lifts it. */
let workspace: LyingWorkspace;
afterEach(() => workspace.server.stop());

type Change = (rows: readonly string[]) => readonly string[];

const isOf = (row: string, ids: readonly string[]): boolean => ids.some((id) => row.startsWith(id));
const staff = ["CB2700403", "CB2700404", "CB2700405", "CB2700406", "CB2700407", "HD2700408"];

/** The row's posts have ended. */
const end = (row: string): string => row.replace(/,01\/07\/2025,[^,]*,/, ",01/07/2025,02/07/2025,");

interface Guarded {
  readonly name: string;
  readonly change: Change;
  /** Flags that lift it; undefined: nothing does. */
  readonly right: string | undefined;
  readonly wrong: readonly string[];
  readonly said: Readonly<Record<"en" | "vi", string>>;
}

/** Eight people have accounts: one may be missing, five may be disabled. */
const guards: readonly Guarded[] = [
  {
    name: "a roster without anybody",
    change: () => [],
    right: undefined,
    wrong: ["--confirm-missing 8", "--confirm-missing 0", "--confirm-disables 0", "--confirm-missing 8 --confirm-disables 8"],
    said: { en: "the roster has nobody in it", vi: "danh sách không có người nào" },
  },
  {
    name: "a roster that lacks three of eight",
    change: (rows) => rows.filter((row) => !isOf(row, staff.slice(3))),
    right: "--confirm-missing 3",
    wrong: [
      "",
      "--confirm-missing 2",
      "--confirm-missing 4",
      "--confirm-missing 0",
      "--confirm-missing 8",
      "--confirm-disables 3",
    ],
    said: {
      en: "the roster lacks 3 people who have accounts (limit 1, 20%)",
      vi: "danh sách thiếu 3 người đã có tài khoản (ngưỡng 1, 20%)",
    },
  },
  {
    name: "six of thirteen accounts to be disabled",
    change: (rows) => rows.map((row) => (isOf(row, staff) ? end(row) : row)),
    right: "--confirm-disables 6",
    wrong: ["", "--confirm-disables 5", "--confirm-disables 7", "--confirm-disables 13", "--confirm-missing 6"],
    said: { en: "documents: 6 accounts would be disabled (limit 5)", vi: "documents: sẽ khóa 6 tài khoản (ngưỡng 5)" },
  },
];

async function planUnder({ change }: Guarded): Promise<void> {
  workspace = await startLyingWorkspace();
  const { run, editRoster } = workspace;
  await run("provision plan roster.csv --save first.json");
  expect((await run("provision apply first.json --yes")).code).toBe(0);
  await editRoster((text) => {
    const [head = "", ...rows] = text.trimEnd().split(/\r?\n/);
    return `${[head, ...change(rows)].join("\n")}\n`;
  });
}

describe.each(guards)("the guard against $name", (guard) => {
  it("stops plan and apply, says its numbers in both languages, and is lifted by nothing but the exact number", async () => {
    await planUnder(guard);
    const { run, server } = workspace;
    const writes = server.writes;
    const planned = await run("provision plan roster.csv --save plan.json");
    expect(planned.code).toBe(6);
    expect(planned.stdout).toContain(guard.said.en);
    for (const flags of guard.wrong) {
      expect((await run(`provision plan roster.csv ${flags}`)).code).toBe(6);
      const refused = await run(`provision apply plan.json --yes ${flags}`);
      expect(refused).toMatchObject({ code: 6, stdout: "" });
      expect(refused.stderr).toContain(guard.said.en);
    }
    const refused = await run("provision apply plan.json --yes --lang vi");
    expect(refused.stderr).toContain(guard.said.vi);
    if (guard.right) expect(refused.stderr).toContain(guard.right);
    expect(server.writes).toBe(writes);
    if (guard.right === undefined) return;
    expect((await run(`provision plan roster.csv ${guard.right}`)).code).toBe(8);
    expect([0, 8]).toContain((await run(`provision apply plan.json --yes ${guard.right}`)).code);
  });
});

it("two guards at once need both numbers", async () => {
  const [, missing, disables] = guards as [Guarded, Guarded, Guarded];
  // Two are gone, six others have ended: eight in all.
  const change: Change = (rows) => disables.change(rows).filter((row) => !isOf(row, ["CB2700401", "CB2700402"]));
  await planUnder({ ...missing, change });
  const { run, server } = workspace;
  const writes = server.writes;
  expect((await run("provision plan roster.csv --save plan.json")).code).toBe(6);
  for (const flags of ["--confirm-missing 2", "--confirm-disables 6", "--confirm-missing 6 --confirm-disables 2"]) {
    expect((await run(`provision apply plan.json --yes ${flags}`)).code).toBe(6);
  }
  expect(server.writes).toBe(writes);
  expect((await run("provision apply plan.json --yes --confirm-missing 2 --confirm-disables 6")).code).toBe(8);
  expect(server.writes).toBe(writes + 6);
});

it("a number that is none is a mistake in the command line, and there is no --force", async () => {
  await planUnder(guards[2] as Guarded);
  const { run, server } = workspace;
  const writes = server.writes;
  await run("provision plan roster.csv --save plan.json");
  for (const flags of [
    "--confirm-disables -6",
    "--confirm-disables 6.0",
    "--confirm-disables six",
    "--confirm-disables 6x",
    "--confirm-disables",
    "--force",
  ]) {
    expect((await run(`provision apply plan.json --yes ${flags}`)).code).toBe(2);
  }
  expect(server.writes).toBe(writes);
});
