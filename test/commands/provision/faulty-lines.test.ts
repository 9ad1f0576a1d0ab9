import { afterEach, expect, it } from "vitest";
import { usualFaults } from "../../support/fault-proxy.ts";
import { applyUntilDone, type FaultWorkspace, startFaultWorkspace } from "../../support/fault-workspace.ts";

/** provision.md §18 D2, with a deadline that is short; `npm run bench -- faults` goes through many more seeds. */
let workspace: FaultWorkspace;
afterEach(() => workspace.stop());

it.each([
  ["scim", "a"],
  ["scim", "c"],
  ["keycloak", "e"],
] as const)(
  "%s, seed %s: lines break, answers are lost, stalled or 500 after the deed, requests arrive twice: made and changed once each",
  async (kind, seed) => {
    workspace = await startFaultWorkspace({ kind, seed });
    const made = await applyUntilDone(workspace, usualFaults, 5);
    expect(made).toMatchObject({ duplicates: 0, lost: 0 });
    expect(made.operations).toBeGreaterThan(60);
    expect(made.faults).toBeGreaterThan(3);
    expect(made.extraWrites).toBeLessThanOrEqual(made.faults);

    await workspace.giveNumbers();
    const changed = await applyUntilDone(workspace, usualFaults, 5);
    expect(changed).toMatchObject({ duplicates: 0, lost: 0 });
    expect(changed.faults).toBeGreaterThan(0);
    expect(workspace.server.dump()).toHaveLength(made.operations);
    expect((await workspace.run("provision plan roster.csv")).code).toBe(0);
    expect((await workspace.run("audit verify")).code).toBe(0);
  },
);

it("roles and groups over such a line: everybody holds each once, each group is made once", async () => {
  const templates = `  classes:
    can_bo: { documents: { roles: [doc.read], groups: ["unit:\${unit_code}"] } }
    cong_chuc: { documents: { roles: [doc.read], groups: ["unit:\${unit_code}"] } }
`;
  workspace = await startFaultWorkspace({ kind: "scim", seed: "roles", units: ["27004", "26740"], templates });
  const made = await applyUntilDone(workspace, usualFaults, 6);
  expect(made).toMatchObject({ duplicates: 0, lost: 0 });
  expect(made.faults).toBeGreaterThan(3);
  const groups = workspace.server.groups!();
  const named = groups.map(({ name }) => name);
  expect(named.filter((name) => name.startsWith("unit:")).sort()).toEqual(["unit:26740", "unit:27004"]);
  for (const { members } of groups) expect(new Set(members).size).toBe(members.length);
  expect(groups.flatMap(({ members }) => members).length).toBeGreaterThan(20);
  expect((await workspace.run("provision plan roster.csv")).code).toBe(0);
  expect((await workspace.run("provision drift")).code).toBe(0);
  expect((await workspace.run("audit verify")).code).toBe(0);
});
