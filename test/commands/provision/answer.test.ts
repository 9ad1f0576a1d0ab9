import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CityAccount } from "../../../src/city/account-store.ts";
import type { Plan } from "../../../src/provision/plan.ts";
import { type CityWorkspace, startCityWorkspace } from "../../support/city-workspace.ts";

/** A question, the command that the plan itself names, and the next plan: for each question that a command can answer. */
let workspace: CityWorkspace;
let person: CityAccount;

beforeEach(async () => {
  workspace = await startCityWorkspace();
  await planAndApply();
  const { staffId } = workspace.core.people.find(({ posts }) => posts.length === 1 && posts[0]?.position === "chuyen-vien")!;
  person = findAccounts(staffId)[0]!;
});
afterEach(() => workspace.city.stop());

const accounts = () => workspace.core.accounts.documents.accounts;
const findAccounts = (staffId: string): CityAccount[] =>
  [...accounts().values()].filter(({ externalId }) => externalId === staffId);
const rosterFile = (): string => join(workspace.folder, "roster.csv");

async function planAndApply(): Promise<Plan> {
  const planned = await workspace.run("provision plan roster.csv --save plan.json --json");
  expect([0, 8]).toContain(planned.code);
  expect([0, 8]).toContain((await workspace.run("provision apply plan.json --yes")).code);
  return JSON.parse(planned.stdout);
}

const readPlan = async (): Promise<Plan> => JSON.parse((await workspace.run("provision plan roster.csv --json")).stdout);
const codesOf = ({ questions }: Plan): string[] => questions.map(({ code }) => code);

/** What the plan says to type, after the question's own line. */
async function listWays(): Promise<string[]> {
  const { stdout } = await workspace.run("provision plan roster.csv");
  return [...stdout.matchAll(/→ wardctl (provision (?:answer|leave) .*)/g)].map(([, line = ""]) => line);
}

async function answer(pick: (line: string) => boolean): Promise<Plan> {
  const ways = await listWays();
  const chosen = ways.find(pick);
  expect(ways).toContain(chosen);
  const { code, stderr } = await workspace.run(`${chosen} --reason 'asked the ward' --json`);
  expect([code, stderr]).toEqual([0, expect.stringContaining("Plan again")]);
  return readPlan();
}

describe("provision answer", () => {
  it("links an account that only looks like somebody's, and goes by its name", async () => {
    accounts().delete(person.id);
    const byHand = { ...person, id: "by-hand", userName: "lan.cu", externalId: undefined };
    accounts().set("by-hand", byHand as unknown as CityAccount);
    expect(codesOf(await readPlan())).toEqual(["weak-match"]);
    const plan = await answer((line) => line.includes("--account lan.cu"));
    expect(plan.questions).toEqual([]);
    expect(plan.operations).toMatchObject([{ kind: "update", system: "documents", username: "lan.cu", targetId: "by-hand" }]);
    await planAndApply();
    expect(accounts().get("by-hand")).toMatchObject({ externalId: person.externalId, userName: "lan.cu" });
    expect((await readPlan()).operations).toEqual([]);
  });

  it("makes an account beside one that is somebody else's", async () => {
    accounts().delete(person.id);
    accounts().set("by-hand", {
      ...person,
      id: "by-hand",
      userName: "lan.khac",
      externalId: undefined,
    } as unknown as CityAccount);
    await answer((line) => line.includes("--not lan.khac"));
    // The account that was theirs is gone besides; that is a question of its own.
    const plan = await answer((line) => line.includes("--recreate"));
    expect(plan.questions).toEqual([]);
    expect(plan.operations).toMatchObject([{ kind: "create", username: person.userName }]);
    await planAndApply();
    expect(accounts().get("by-hand")?.externalId).toBeUndefined();
  });

  it("makes a vanished account again once: when the new one vanishes too, it is asked again", async () => {
    accounts().delete(person.id);
    expect((await answer((line) => line.includes("--recreate"))).operations).toMatchObject([
      { kind: "create", username: person.userName, situation: "MISSING" },
    ]);
    await planAndApply();
    const [again] = findAccounts(person.externalId as string);
    expect(again?.userName).toBe(person.userName);
    accounts().delete(again?.id as string);
    expect(codesOf(await readPlan())).toEqual(["account-gone"]);
  });

  it("settles which of two accounts is theirs, and takes the answer back", async () => {
    accounts().set("twin", { ...person, id: "twin", userName: "lan.hai" });
    expect(codesOf(await readPlan())).toEqual(["several-accounts"]);
    expect((await answer((line) => line.includes(`--account ${person.userName}`))).questions).toEqual([]);
    expect((await workspace.run(`provision answer ${person.externalId} --withdraw`)).code).toBe(0);
    expect(codesOf(await readPlan())).toEqual(["several-accounts"]);
    expect((await workspace.run(`provision answer ${person.externalId} --withdraw`)).code).toBe(2);
  });

  it("says that a person has a new name", async () => {
    person.displayName = "Zwing Bix";
    person.attributes = { ...person.attributes, displayName: "Zwing Bix", name: { formatted: "Zwing Bix" } };
    expect(codesOf(await readPlan())).toEqual(["other-name"]);
    const plan = await answer((line) => line.includes("--account"));
    expect(plan.questions).toEqual([]);
    expect(plan.operations).toMatchObject([{ kind: "update", targetId: person.id }]);
  });

  it("says that two of one name and birthday are two people", async () => {
    const row = (id: string): string => `${id},Lê Thị Song,,03/11/1980,27004,van-phong,chuyen-vien,cong_chuc,01/07/2025,,,,\r\n`;
    await writeFile(rosterFile(), (await readFile(rosterFile(), "utf8")) + row("TW1") + row("TW2"));
    expect(codesOf(await readPlan())).toEqual(["same-name-and-birthday", "same-name-and-birthday"]);
    const plan = await answer((line) => line.includes("--two-people TW2"));
    expect(plan.questions).toEqual([]);
    expect(plan.operations.map(({ kind, username }) => `${kind} ${username}`).sort()).toEqual([
      "create songlt",
      "create songlt",
      "create songlt2",
      "create songlt2",
    ]);
  });

  it("says that a leave was a mistake, and keeps accounts of somebody who is not in this roster", async () => {
    const staffId = person.externalId as string;
    await workspace.run(`provision leave ${staffId} --save own.json`);
    await workspace.run("provision apply own.json --yes");
    expect(codesOf(await readPlan())).toEqual(["left-before"]);
    const back = await answer((line) => line.includes("--still-here"));
    expect(back.questions).toEqual([]);
    expect(back.operations.map(({ kind }) => kind)).toEqual(["enable", "enable"]);
    await planAndApply();
    const lines = (await readFile(rosterFile(), "utf8")).split("\r\n");
    await writeFile(rosterFile(), lines.filter((line) => !line.includes(staffId)).join("\r\n"));
    expect(codesOf(await readPlan())).toEqual(["not-in-roster"]);
    expect((await answer((line) => line.includes("--keep"))).questions).toEqual([]);
  });

  it("is refused for an account that is not there or another's, and is on record with who said it and why", async () => {
    const other = [...accounts().values()].find(({ externalId, id }) => externalId?.startsWith("CB") && id !== person.id)!;
    const staffId = person.externalId as string;
    const refused = [
      `${staffId} --system documents --account nobody.here`,
      `${staffId} --system documents --account ${other.userName}`,
      `${staffId} --account ${person.userName}`,
      `${staffId} --recreate`,
      `${staffId} --still-here`,
      `${staffId} --keep --recreate`,
      `${staffId}`,
    ];
    for (const line of refused) expect((await workspace.run(`provision answer ${line}`)).code).toBe(2);
    await workspace.run(`provision answer ${staffId} --system documents --not ${other.userName} --reason 'two Lans'`);
    const listed = JSON.parse((await workspace.run("provision answer --json")).stdout);
    expect(listed.answers).toMatchObject([{ subject: `person/${staffId}`, kind: "not-theirs", reason: "two Lans" }]);
    expect((await workspace.run(`provision explain ${staffId}`)).stdout).toContain(
      `${other.userName} on documents is somebody else's`,
    );
    expect((await workspace.run("audit show --json")).stdout).toContain("provision.answer");
  });
});
