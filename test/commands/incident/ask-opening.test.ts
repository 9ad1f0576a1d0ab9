import { expect, it } from "vitest";
import { askOpening, readOpening } from "../../../commands/incident/read-opening.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import type { Prompts } from "../../../src/platform/prompts.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import type { Words } from "../../../src/platform/words.ts";
import type { Workspace } from "../../../src/workspace/open-workspace.ts";

const workspace = {
  zone: vietnamZone,
  settings: {
    province: "46",
    units: "all",
    alsoUnits: [],
    check: { systems: { documents: {}, dossiers: {} } },
    provision: { systems: { documents: {} } },
  },
  directory: async () => createDirectory("2025-07-03")!,
} as unknown as Workspace;

/** Types what stands for each flag in its turn, and takes the first that is offered. */
function answerWith(typed: Readonly<Record<string, readonly string[]>>) {
  const asked: string[] = [];
  const refused: string[] = [];
  const turns: Record<string, number> = {};
  const next = (flag: string): string => {
    asked.push(flag);
    turns[flag] = (turns[flag] ?? -1) + 1;
    return typed[flag]?.[turns[flag] as number] ?? "";
  };
  const prompts = {
    input: async (_question, { flag, check }) => {
      for (;;) {
        const text = next(flag);
        const fault = check?.(text);
        if (!fault) return text;
        refused.push(fault.en);
      }
    },
    select: async (_question, choices, flag) => {
      const wanted = next(flag);
      return choices.find(({ name }) => name.includes(wanted))!.value;
    },
    search: async (_question, find, flag) => find(next(flag))[0]!.value,
  } as Prompts;
  return { prompts, asked, refused };
}

it("asks step by step, units by unaccented letters until there are no more, and asks again where an answer names an applicant", async () => {
  const { prompts, asked, refused } = answerWith({
    "<title>": ["Gọi 0912345678", "Trang quay mãi"],
    "--category": ["Phần mềm"],
    "--unit": ["vy da", "kim long", ""],
    "--system": ["dossiers"],
    "--owner": ["vnp"],
    "--due": ["mai", "04/7/2025 11:00"],
    "--tried": [""],
  });
  const out = { lang: "vi", say: (words: Words) => words.vi } as never;
  const said = await askOpening({}, { prompts, out, workspace, owners: ["VNPT", "HueCIT"] });
  expect(asked).toEqual([
    ...["<title>", "<title>", "--category", "--unit", "--unit", "--unit", "--system", "--owner", "--due", "--due", "--tried"],
  ]);
  expect(refused).toHaveLength(2);
  expect(await readOpening(said, undefined, workspace, "vi")).toMatchObject({
    title: "Trang quay mãi",
    category: "software",
    units: ["19777", "19774"],
    system: "dossiers",
    owner: "VNPT",
    tried: undefined,
  });
});

it("does not ask what a flag answers, nor for a category that the code tells", async () => {
  const { prompts, asked } = answerWith({});
  const out = { lang: "vi", say: (words: Words) => words.vi } as never;
  const given = {
    title: "x",
    code: "net-timeout",
    unit: ["19777"],
    system: "documents",
    owner: "VNPT",
    due: "2025-07-04",
    tried: "y",
  };
  expect(await askOpening(given, { prompts, out, workspace, owners: [] })).toMatchObject({ category: "infrastructure" });
  expect(asked).toEqual([]);
});
