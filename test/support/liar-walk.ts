import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AccountOperation, isAccountOperation } from "../../src/provision/operation.ts";
import type { Plan } from "../../src/provision/plan.ts";
import type { LiarStage, TrueAccount } from "./liar-stage.ts";
import { makeTestFolder, type RunResult, runWardctl } from "./run-wardctl.ts";

/** What came of a plan and an apply at a server that lies. */
export interface Walked {
  /**
   * right: everybody as planned, exit 0. unwritten: nonzero, explained, and what is not as planned was not touched. altered: nonzero, explained; the server
   * itself kept something else than it was sent, and a second apply leaves it alone.
   */
  readonly outcome: "right" | "unwritten" | "altered";
  readonly codes: readonly number[];
}

export interface LiarWalk {
  /**
   * Throws what makes the outcome unsafe; otherwise the server was honest again in the end and the same commands completed what they could. The server lies
   * from the plan on, or only once the plan is made.
   */
  walk(lies: readonly string[], from: "plan" | "apply"): Promise<Walked>;
}

const now = "2025-07-03T10:00:00+07:00";
const roster = fileURLToPath(new URL("../../fixtures/rosters/tan-binh.csv", import.meta.url));

/**
 * A workspace in which half of a ward has its accounts; the next plan makes the others, changes two and disables one. `probed`: while it was honest, it was
 * asked how it behaves, and plans go by that.
 */
export async function prepareLiarWalk(stage: LiarStage, { probed = false } = {}): Promise<LiarWalk> {
  const home = await makeTestFolder();
  const [head = "", ...rows] = (await readFile(roster, "utf8")).trimEnd().split(/\r?\n/);
  const write = (lines: readonly string[]): Promise<void> =>
    writeFile(join(home, "roster.csv"), `${[head, ...lines].join("\n")}\n`);
  await writeFile(
    join(home, "wardctl.yaml"),
    `name: T\nprovince: "79"\nunits: ["27004"]\noperator: tester\nprovision:\n  systems:\n    documents: ${stage.settings}\n`,
  );
  for (const [name, text] of Object.entries(stage.files)) await writeFile(join(home, name), text);
  stage.lie();
  stage.addStrangers();
  await write(rows.slice(0, 5));
  const first = createRunner(home, stage);
  await first("provision plan roster.csv --save plan.json");
  const { code, stderr } = await first("provision apply plan.json --yes");
  if (code !== 0) throw new Error(`the stage could not be set: ${stderr}`);
  if (probed) {
    stage.lie(...stage.paging);
    const { code, stderr } = await first("provision probe documents --allow-writes --yes");
    if (code !== 0) throw new Error(`the stage could not be probed: ${stderr}`);
    stage.lie();
  }
  stage.keep();
  const leaves = (row: string): string => row.replace(/^(CB2700404,.*01\/07\/2025),,/, "$1,02/07/2025,");
  const hasNumber = (row: string): string => (/^CB270040[23],/.test(row) ? row.replace(/,,$/, ",0912345678,") : row);
  await write(rows.map((row) => hasNumber(leaves(row))));
  const honest = await readPlan(await copyFolder(home), stage);
  if (honest.totals.create < 4 || honest.totals.update < 2 || honest.totals.disable !== 1)
    throw new Error(`the stage is not what it should be: ${JSON.stringify(honest.totals)}`);
  return {
    async walk(lies, from) {
      stage.restore();
      try {
        return await judge({ stage, folder: await copyFolder(home), honest, lies, from });
      } finally {
        stage.lie();
      }
    },
  };
}

type Run = (line: string) => Promise<RunResult>;

function createRunner(cwd: string, stage: LiarStage): Run {
  return (line) => runWardctl(line, { cwd, env: { WARDCTL_NOW: now, ...stage.env } });
}

async function copyFolder(home: string): Promise<string> {
  const folder = await makeTestFolder();
  await cp(home, folder, { recursive: true });
  return folder;
}

async function readPlan(folder: string, stage: LiarStage): Promise<Plan> {
  const { stdout } = await createRunner(folder, stage)("provision plan roster.csv --json");
  return JSON.parse(stdout) as Plan;
}

interface Request {
  readonly stage: LiarStage;
  readonly folder: string;
  /** What a server that does not lie lets us plan. */
  readonly honest: Plan;
  readonly lies: readonly string[];
  readonly from: "plan" | "apply";
}

interface Row {
  readonly id: string;
  readonly state: string;
  readonly message: string | null;
}

async function judge({ stage, folder, honest, lies, from }: Request): Promise<Walked> {
  const run = createRunner(folder, stage);
  const before = stage.truth();
  if (from === "plan") stage.lie(...lies);
  const planned = await run("provision plan roster.csv --save plan.json --json");
  const codes = [planned.code];
  if (planned.stdout === "") {
    assertSame(before, stage.truth(), "a plan that failed wrote");
    if (planned.code === 0 || JSON.parse(planned.stderr).message === "") throw new Error("a plan failed without a word");
    await goOnHonestly(stage, run, honest);
    return { outcome: "unwritten", codes };
  }
  const plan = JSON.parse(planned.stdout) as Plan;
  assertNothingForgotten(plan, honest, planned.code);
  if (plan.operations.length === 0) {
    assertSame(before, stage.truth(), "an empty plan wrote");
    await goOnHonestly(stage, run, honest);
    return { outcome: "unwritten", codes };
  }
  stage.lie(...lies);
  let last = before;
  const outcomes: Walked["outcome"][] = [];
  for (let tries = 1; tries <= 2; tries++) {
    const applied = await run("provision apply plan.json --yes --json");
    codes.push(applied.code);
    const now = stage.truth();
    assertStrangersLeftAlone(stage, before, now);
    assertNobodyTwice(plan, now);
    const wrong = listAccountOperations(plan).filter((operation) => !isRight(operation, now));
    if (applied.code === 0 || applied.code === 8) {
      if (wrong.length > 0) throw new Error(`exit ${applied.code}, but ${wrong[0]?.username} is not as planned`);
      outcomes.push("right");
      break;
    }
    assertExplained(applied, wrong);
    const touched = wrong.filter(({ username }) => !isSame(find(before, username), find(now, username)));
    if (tries === 2)
      for (const { username } of touched)
        if (!isSame(find(last, username), find(now, username))) throw new Error(`${username} was written to again and again`);
    outcomes.push(touched.length > 0 ? "altered" : "unwritten");
    last = now;
  }
  const outcome = outcomes.at(-1) as Walked["outcome"];
  if (outcome !== "altered") await goOnHonestly(stage, run, honest);
  return { outcome, codes };
}

/**
 * What an honest server would have had planned is planned, asked about, or its system is named as not read. A directory that swallows entries between
 * referrals tells no total: of a leaver whose account is not shown there is nothing to say, of everybody else it is asked.
 */
function assertNothingForgotten(plan: Plan, honest: Plan, code: number): void {
  if (plan.systems.some(({ state }) => state === "failed")) return;
  const told = new Set([...plan.operations, ...plan.questions].map(({ subject }) => subject.staffId ?? subject.functionalKey));
  const forgotten = honest.operations.find(
    ({ kind, subject }) => kind !== "disable" && !told.has(subject.staffId ?? subject.functionalKey),
  );
  if (forgotten && code !== 6) throw new Error(`the plan is silent about ${forgotten.username} (exit ${code})`);
}

/** Every row that is not done says why, and no row is called done that is not; or the command as a whole says why. */
function assertExplained({ stdout, stderr }: RunResult, wrong: readonly AccountOperation[]): void {
  if (stdout === "") {
    if (!JSON.parse(stderr.trimEnd().split("\n").at(-1) ?? "").message) throw new Error("an apply failed without a word");
    return;
  }
  const rows = new Map((JSON.parse(stdout).outcomes as readonly Row[]).map((row) => [row.id, row]));
  for (const { id, username } of wrong) {
    const row = rows.get(id);
    if (row?.state === "done") throw new Error(`${username} is called done and is not as planned`);
    if (!row?.message) throw new Error(`nothing is said of ${username}`);
  }
}

function assertStrangersLeftAlone(stage: LiarStage, before: Truth, after: Truth): void {
  const pick = (truth: Truth): Truth => new Map([...truth].filter(([, { userName }]) => stage.isStranger(userName)));
  assertSame(pick(before), pick(after), "an account of a stranger was touched");
}

function assertNobodyTwice(plan: Plan, truth: Truth): void {
  for (const { username, after } of listAccountOperations(plan)) {
    const own = [...truth.values()].filter(
      ({ userName, displayName }) => isNamed(userName, username) || displayName === after.attributes.displayName,
    );
    if (own.length > 1) throw new Error(`${username} is there ${own.length} times`);
  }
}

/** Once the server is honest, the same commands complete what was left. */
async function goOnHonestly(stage: LiarStage, run: Run, honest: Plan): Promise<void> {
  stage.lie();
  let said = "";
  for (let tries = 1; tries <= 2; tries++) {
    for (const line of [
      "provision apply --resume --yes",
      "provision plan roster.csv --save plan.json",
      "provision apply plan.json --yes",
    ]) {
      const { code, stdout, stderr } = await run(line);
      said += `${line}: ${code} ${stdout}${stderr}`;
    }
    const truth = stage.truth();
    assertNobodyTwice(honest, truth);
    if (listAccountOperations(honest).every((operation) => isRight(operation, truth))) return;
  }
  throw new Error(`honest again, it was not completed: ${said}`);
}

/** No template names a role or a group here. */
function listAccountOperations({ operations }: Plan): readonly AccountOperation[] {
  return operations.filter(isAccountOperation);
}

type Truth = ReadonlyMap<string, TrueAccount>;

function find(truth: Truth, username: string): TrueAccount | undefined {
  return [...truth.values()].find(({ userName }) => isNamed(userName, username));
}

/** What is planned may be the name as the server shows it, with its domain in front. */
function isNamed(stored: string, planned: string): boolean {
  return stored.toLowerCase() === planned.slice(planned.lastIndexOf("/") + 1).toLowerCase();
}

function isRight({ username, after }: AccountOperation, truth: Truth): boolean {
  const account = find(truth, username);
  if (!account || account.active !== after.active) return false;
  return (["displayName", "title", "phone"] as const).every((key) => {
    const wanted = after.attributes[key];
    return wanted === undefined || wanted === account[key];
  });
}

function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function assertSame(before: Truth, after: Truth, what: string): void {
  if (!isSame([...before], [...after])) throw new Error(what);
}
