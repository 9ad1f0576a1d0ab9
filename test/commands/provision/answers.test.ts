import { afterEach, describe, expect, it } from "vitest";
import type { Lie } from "../../support/lying-scim.ts";
import { type LyingWorkspace, rosterAccounts, startLyingWorkspace } from "../../support/lying-workspace.ts";

/** Two accounts a page, so that a ward is a long list; three that are somebody else's. */
const strangers = 3;
const pages = Math.ceil((rosterAccounts + strangers) / 2);
const startPages = Math.ceil(strangers / 2);

let workspace: LyingWorkspace;
afterEach(() => workspace.server.stop());

interface StartOptions {
  readonly always?: readonly Lie[];
  readonly later?: readonly Lie[];
  /** Further settings of the system. */
  readonly system?: string;
}

/** Probed, as the guide says, and planned; the lies begin after the probe unless they are `always` there. */
async function start({ always = [], later = [], system }: StartOptions = {}): Promise<void> {
  workspace = await startLyingWorkspace({ lies: ["caps-at-2", ...always], system });
  workspace.seed(strangers);
  expect((await workspace.run("provision probe documents --allow-writes --yes")).code).toBe(0);
  for (const lie of later) workspace.server.lies.add(lie);
  expect((await workspace.run("provision plan roster.csv --save plan.json")).code).toBe(8);
}

interface Applied {
  readonly code: number;
  readonly stderr: string;
  /** Page reads, reads of one account, and questions for the number of accounts. */
  readonly reads: { readonly pages: number; readonly singles: number; readonly counts: number };
  readonly outcomes: readonly { readonly state: string; readonly message: string | null; readonly targetId: string | null }[];
}

async function apply(): Promise<Applied> {
  const before = workspace.server.requests.length;
  const { code, stdout, stderr } = await workspace.run("provision apply plan.json --yes --json");
  const urls = workspace.server.requests
    .slice(before)
    .filter(({ method }) => method === "GET")
    .map(({ url }) => url);
  const singles = urls.filter((url) => /^\/Users\/./.test(url)).length;
  const counts = urls.filter((url) => /count=1$/.test(url)).length;
  return {
    code,
    stderr,
    reads: { pages: urls.length - singles - counts, singles, counts },
    outcomes: JSON.parse(stdout).outcomes,
  };
}

const readEverything = startPages + pages;

describe("a server that answers a create with what it stores", () => {
  it("is asked how many accounts there are and for some of them, instead of for all", async () => {
    await start();
    const { code, reads, outcomes } = await apply();
    expect([code, outcomes.every(({ state }) => state === "done")]).toEqual([0, true]);
    expect(reads).toEqual({ pages: startPages, singles: rosterAccounts, counts: 1 });
    // provision.md §18 B3: N creates are N writes, and no more reads than both ends in full.
    expect(reads.pages + reads.singles + reads.counts).toBeLessThanOrEqual(2 * pages);
    expect(outcomes.map(({ targetId }) => targetId).sort()).toEqual(
      [...workspace.server.users.keys()].filter((id) => !id.startsWith("x")).sort(),
    );
    const writes = workspace.server.writes;
    // C1: nothing more to plan, nothing more to write.
    expect((await workspace.run("provision plan roster.csv")).code).toBe(0);
    expect((await workspace.run("provision apply plan.json --yes")).code).toBe(0);
    expect(workspace.server.writes).toBe(writes);
    expect((await workspace.run("provision verify plan.json")).code).toBe(0);
    expect((await workspace.run("provision drift")).code).toBe(0);
  });

  it("is read whole where it was never probed by writing", async () => {
    workspace = await startLyingWorkspace({ lies: ["caps-at-2"] });
    workspace.seed(strangers);
    await workspace.run("provision probe documents");
    await workspace.run("provision plan roster.csv --save plan.json");
    const { code, reads } = await apply();
    expect([code, reads]).toEqual([0, { pages: readEverything, singles: 0, counts: 0 }]);
  });

  it("is read whole where that takes few requests", async () => {
    await start();
    workspace.server.lies.delete("caps-at-2");
    await workspace.run("provision probe documents --allow-writes --yes");
    await workspace.run("provision plan roster.csv --save plan.json");
    const { code, reads } = await apply();
    expect([code, reads]).toEqual([0, { pages: 2, singles: 0, counts: 0 }]);
  });

  it("is read whole, and nobody is called a liar, where others made an account meanwhile", async () => {
    await start();
    let made = 0;
    workspace.server.onCreate = () => {
      if (++made === 5) workspace.server.users.set("y1", { id: "y1", userName: "y1", active: true });
      return undefined;
    };
    const { code, reads, stderr } = await apply();
    expect([code, stderr.includes("what it stored")]).toEqual([0, false]);
    expect(reads).toEqual({ pages: startPages + Math.ceil((rosterAccounts + strangers + 1) / 2), singles: 0, counts: 1 });
  });

  it("is believed of what was looked up, too, where an answer was lost on the way", async () => {
    await start();
    let made = 0;
    workspace.server.onCreate = () => (++made === 5 ? "drop" : undefined);
    const { code, reads } = await apply();
    // What was lost was looked up and sent again: seen as wanted, too.
    expect(code).toBe(0);
    expect(reads.counts).toBe(1);
    expect(workspace.server.users.size).toBe(rosterAccounts + strangers);
  });

  it.each([
    ["though it takes several in one request", "", 0],
    ["unless requests are counted: then several go together, and everything is read", ", rate: 400", 1],
  ] as const)("gets its creates one by one, %s", async (_, rate, most) => {
    await start({ always: ["bulk"], system: `visibleWithinMs: 500${rate}` });
    const before = workspace.server.requests.length;
    const { code, reads } = await apply();
    const bulks = workspace.server.requests.slice(before).filter(({ url }) => url === "/Bulk").length;
    expect([code, Math.min(bulks, 1), reads.counts]).toEqual([0, most, 1 - most]);
  });
});

describe("a server that answers a create with something else than it stores", () => {
  it("was found out by the probe: everything is read, and what is wrong is said", async () => {
    await start({ always: ["ignores-attribute", "echoes-creates"] });
    const { code, reads, outcomes } = await apply();
    expect(code).toBe(7);
    expect(reads.counts).toBe(0);
    expect(reads.pages).toBeGreaterThanOrEqual(readEverything);
    expect(outcomes.some(({ state, message }) => state === "failed" && /^read back, it is not/.test(message ?? ""))).toBe(true);
  });

  it("began to after the probe: one look is enough to read everything, and it is named", async () => {
    await start({ later: ["ignores-attribute", "echoes-creates"] });
    const { code, reads, outcomes, stderr } = await apply();
    expect(code).toBe(7);
    expect(reads.counts).toBe(1);
    expect(reads.pages).toBeGreaterThanOrEqual(readEverything);
    expect(outcomes.some(({ state, message }) => state === "failed" && /^read back, it is not/.test(message ?? ""))).toBe(true);
    expect(stderr).toContain("documents: what it answered to creates is not what it stored");
  });

  it("loses some of them: the count is wrong, everything is read, and those who have no account are named", async () => {
    await start({ later: ["stores-nothing-now-and-then"] });
    const { code, reads, outcomes } = await apply();
    const stored = [...workspace.server.users.values()].filter(({ externalId }) => externalId !== undefined).length;
    expect([code, reads.singles]).toEqual([7, 0]);
    expect(stored).toBeLessThan(rosterAccounts);
    expect(outcomes.filter(({ state }) => state === "done")).toHaveLength(stored);
  });

  it("stores every create twice: the count is wrong, and everything is read", async () => {
    await start({ later: ["delivered-twice", "accepts-duplicates"] });
    const { code, reads } = await apply();
    expect(reads.singles).toBe(0);
    expect(code).toBe(7);
  });

  it("gives somebody's account for a new one: that one failed, and the others are checked", async () => {
    await start({ later: ["adopts-anothers"] });
    const { code, outcomes } = await apply();
    expect(code).toBe(7);
    expect(outcomes.filter(({ state }) => state === "failed")).toHaveLength(strangers);
    expect(outcomes.every(({ state, targetId }) => (state === "done") === !(targetId ?? "x").startsWith("x"))).toBe(true);
  });
});
