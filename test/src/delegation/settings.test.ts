import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { delegationSettings } from "../../../src/delegation/settings.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

it("needs nothing: an empty section has the defaults of the law's reading", () => {
  expect(delegationSettings.parse(undefined)).toEqual({
    twoPerson: ["TUQ"],
    switches: { tuqLapsesWithGrantor: true, deputyMayDirectCentre: false, tlSurvivesChairman: true },
    attestedFor: 4 * 3_600_000,
    seals: {},
    systems: {},
    scope: {
      departments: {},
      mergers: [],
      procedures: { "chung-thuc": "Chứng thực", "ho-tich": "Hộ tịch", "dat-dai": "Đất đai" },
    },
  });
});

it("can be told to editors as JSON Schema", () => {
  expect(() => z.toJSONSchema(delegationSettings, { io: "input" })).not.toThrow();
});

it("refuses a secret written out, without printing it, and a length of time that is none, each with its line", async () => {
  const cwd = await makeTestFolder();
  const lines = [
    "name: Test",
    'province: "79"',
    "delegate:",
    "  systems:",
    "    qlvb:",
    "      url: https://qlvb.example.vn/api",
  ];
  await writeFile(join(cwd, "wardctl.yaml"), [...lines, "      token: hunter2-hunter2", "      evidenceFor: 1w", ""].join("\n"));
  const { code, stdout, stderr } = await runWardctl("delegate list", { cwd });
  expect(code).toBe(3);
  expect(stdout).toBe("");
  expect(stderr).toContain("wardctl.yaml:7:7: ");
  expect(stderr).toContain("wardctl.yaml:8:7: 'delegate.systems.qlvb.evidenceFor': '1w': needs a length of time");
  expect(stderr).not.toContain("hunter2");
});

it("sends no token in the clear beyond this machine", () => {
  const listFaults = (url: string): string[] => {
    const system = { url, listGrants: { get: "/grants", items: "/items", map: {} } };
    const { error } = delegationSettings.safeParse({ systems: { qlvb: system } });
    return (error?.issues ?? []).map(({ path }) => path.join(".")).filter((path) => path.endsWith("url"));
  };
  expect(listFaults("http://qlvb.example.vn/api")).toEqual(["systems.qlvb.url"]);
  expect(listFaults("https://qlvb.example.vn/api")).toEqual([]);
  expect(listFaults("http://127.0.0.1:8080/api")).toEqual([]);
});
