import { expect, it } from "vitest";
import { askGrant } from "../../../commands/delegate/ask-grant.ts";
import { delegationSettings } from "../../../src/delegation/settings.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import type { Prompts } from "../../../src/platform/prompts.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import type { Workspace } from "../../../src/workspace/open-workspace.ts";

const workspace = {
  zone: vietnamZone,
  settings: { province: "79", units: "all", alsoUnits: [], delegate: delegationSettings.parse(undefined) },
  directory: async () => createDirectory("2025-07-01")!,
} as unknown as Workspace;

/** Answers as a person would: types a little, takes the first that is offered. */
function answerWith(typed: Readonly<Record<string, string>>): { readonly prompts: Prompts; readonly asked: string[] } {
  const asked: string[] = [];
  const first = <T>(choices: readonly { readonly name: string; readonly value: T }[], flag: string): T => {
    asked.push(flag);
    const wanted = typed[flag] ?? "";
    return choices.find(({ name }) => name.includes(wanted))!.value;
  };
  return {
    asked,
    prompts: {
      confirm: async () => true,
      input: async (_question, { flag }) => {
        asked.push(flag);
        return typed[flag] ?? "";
      },
      secret: async () => "",
      select: async (_question, choices, flag) => first(choices, flag),
      checkbox: async (_question, choices, flag) => {
        asked.push(flag);
        return choices.slice(0, 2).map(({ value }) => value);
      },
      search: async (_question, find, flag) => {
        asked.push(flag);
        return find(typed[flag] ?? "")[0]!.value;
      },
    },
  };
}

it("asks in the order of the paper, finds the unit by unaccented letters, and asks for the clause of a regulation only", async () => {
  const { prompts, asked } = answerWith({
    "--unit": "phuong tan binh",
    "--to-position": "Chánh Văn phòng",
    "--capacity": "TL.",
    "--basis-kind": "Quy chế làm việc",
    "--basis-number": "01/QĐ-UBND",
    "--basis-date": "01/7/2025",
    "--clause": "khoản 2 Điều 7",
  });
  expect(await askGrant({}, prompts, workspace, "vi")).toMatchObject({
    unit: "27004",
    toPosition: "van-phong/chanh-van-phong",
    capacity: "TL",
    docTypes: "cong-van,quyet-dinh",
    basisKind: "quy-che-lam-viec",
    clause: "khoản 2 Điều 7",
  });
  expect(asked).toEqual([
    "--unit",
    "--to-position",
    "--capacity",
    "--doc-types",
    "--departments",
    "--basis-kind",
    "--basis-number",
    "--basis-date",
    "--basis-signed-at",
    "--basis-sha256",
    "--clause",
    "--to",
  ]);
  const decision = answerWith({ "--basis-kind": "Quyết định" });
  await askGrant({ unit: "27004", toPosition: "chanh-van-phong", capacity: "TUQ" }, decision.prompts, workspace, "vi");
  const officer = answerWith({ "--basis-kind": "decision", "--legal-basis": "Luật 72/2025/QH15" });
  const given = await askGrant(
    { unit: "27004", toPosition: "van-phong/chuyen-vien", capacity: "TUQ" },
    officer.prompts,
    workspace,
    "en",
  );
  expect(given.legalBasis).toBe("Luật 72/2025/QH15");
  expect(decision.asked).toEqual([
    "--doc-types",
    "--departments",
    "--basis-kind",
    "--basis-number",
    "--basis-date",
    "--basis-signed-at",
    "--basis-sha256",
    "--to",
  ]);
  // Only of results of procedures is it asked of which.
  const results = answerWith({ "--basis-kind": "decision" });
  const fixed = { unit: "27004", toPosition: "chanh-van-phong", capacity: "TUQ", docTypes: "giay-xac-nhan,thong-bao" };
  const limited = await askGrant(fixed, results.prompts, workspace, "en");
  expect(limited).toMatchObject({ departments: "van-phong,kinh-te-ha-tang-do-thi", procedures: "chung-thuc,ho-tich" });
});

it("lets nobody pass by what would be refused at the end: the types, the date of the paper, the clause, the law", async () => {
  const refused: string[] = [];
  const { prompts } = answerWith({ "--basis-kind": "Qu" });
  const strict: Prompts = {
    ...prompts,
    input: async (question, { flag, check }) => {
      if (check?.("")) refused.push(flag);
      return prompts.input(question, { flag });
    },
    checkbox: async (question, choices, flag, options) => {
      if (options?.required) refused.push(flag);
      return prompts.checkbox(question, choices, flag);
    },
  };
  const ask = async (toPosition: string, capacity: string): Promise<string[]> => {
    refused.length = 0;
    await askGrant({ unit: "27004", toPosition, capacity }, strict, workspace, "vi");
    return [...refused];
  };
  expect(await ask("van-phong/chanh-van-phong", "TL")).toEqual(["--doc-types", "--basis-date", "--clause"]);
  expect(await ask("van-phong/chuyen-vien", "TUQ")).toEqual([
    "--doc-types",
    "--basis-number",
    "--basis-date",
    "--to",
    "--legal-basis",
  ]);
});
