import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Lie, type LyingServer, startLyingScim } from "../../support/lying-scim.ts";
import { type LyingWorkspace, rosterAccounts, startLyingWorkspace } from "../../support/lying-workspace.ts";
import { runWardctl } from "../../support/run-wardctl.ts";

/** What apply promises while it sends (provision.md §9), seen in the server's own log. */
let workspace: LyingWorkspace;
let second: LyingServer | undefined;
afterEach(async () => {
  await workspace.server.stop();
  await second?.stop();
  second = undefined;
});

const plan = (flags = "") => workspace.run(`provision plan roster.csv --save plan.json ${flags}`);
const apply = (flags = "", env?: Readonly<Record<string, string>>) =>
  workspace.run(`provision apply plan.json --yes ${flags}`, env);

describe("apply and the limits of a system", () => {
  it("sends nothing inside Retry-After", async () => {
    workspace = await startLyingWorkspace();
    await plan();
    workspace.server.retryAfter = "1";
    const from = workspace.server.requests.length;
    workspace.server.lies.add("throttles");
    const applying = apply();
    // Silence is asked for once; then it behaves.
    while (!workspace.server.requests.some(({ status }) => status === 429)) await new Promise((next) => setImmediate(next));
    workspace.server.lies.clear();
    expect((await applying).code).toBe(0);
    const sent = workspace.server.requests.slice(from);
    const held = sent.find(({ status }) => status === 429)!;
    // Setting out at the same instant as the one that was held is no disobedience.
    const inside = sent.filter(({ atMs }) => atMs > held.atMs + 20 && atMs < held.atMs + 990);
    expect(inside).toEqual([]);
    expect(workspace.server.users.size).toBe(rosterAccounts);
  });

  it("keeps to the rate it was given, and uses it", async () => {
    workspace = await startLyingWorkspace({ system: "rate: 40" });
    await plan();
    const from = workspace.server.requests.length;
    await apply();
    const sent = workspace.server.requests.slice(from).map(({ atMs }) => atMs);
    const tookMs = sent.at(-1)! - sent[0]!;
    const perSecond = ((sent.length - 1) / tookMs) * 1000;
    expect(sent.length).toBeGreaterThanOrEqual(rosterAccounts + 2);
    // The first of some twenty requests may arrive late on a busy machine, which shortens the time they seem to take.
    expect(perSecond).toBeLessThanOrEqual(42.5);
  });

  it("has one write for each account and reads everything twice, whatever the size of a page", async () => {
    workspace = await startLyingWorkspace({ lies: ["caps-at-50"] });
    workspace.seed(120);
    await plan();
    const from = workspace.server.requests.length;
    expect((await apply()).code).toBe(0);
    const sent = workspace.server.requests.slice(from);
    const pages = Math.ceil((120 + rosterAccounts) / 50);
    expect(sent.filter(({ method }) => method === "POST")).toHaveLength(rosterAccounts);
    expect(sent.filter(({ method }) => method === "GET").length).toBeLessThanOrEqual(2 * pages);
    expect(sent).toHaveLength(rosterAccounts + sent.filter(({ method }) => method === "GET").length);
    const again = workspace.server.requests.length;
    await plan();
    await apply();
    expect(workspace.server.requests.slice(again).filter(({ method }) => method !== "GET")).toEqual([]);
  });
});

describe("apply and Ctrl-C", () => {
  it("at a system that asked for an hour of silence: ends at once, sends nothing more, and goes on later", async () => {
    workspace = await startLyingWorkspace();
    await plan();
    const stop = new AbortController();
    workspace.server.retryAfter = "3600";
    workspace.server.onCreate = () => {
      workspace.server.lies.add("throttles");
      return undefined;
    };
    const applying = runWardctl("provision apply plan.json --yes --json", {
      cwd: workspace.folder,
      env: workspace.env,
      signal: stop.signal,
    });
    while (!workspace.server.requests.some(({ status }) => status === 429)) await new Promise((next) => setImmediate(next));
    const from = workspace.server.requests.length;
    stop.abort();
    const stopped = await applying;
    expect(stopped.code).toBe(130);
    const { totals } = JSON.parse(stopped.stdout);
    expect(totals.done + totals.unknown).toBeLessThan(rosterAccounts);
    expect(totals.skipped).toBeGreaterThan(0);
    // What was let in together with the one that was held.
    expect(workspace.server.requests.length - from).toBeLessThanOrEqual(2);
    workspace.server.onCreate = () => undefined;
    workspace.server.lies.clear();
    expect((await apply()).code).toBe(0);
    expect(workspace.server.users.size).toBe(rosterAccounts);
  });
});

describe("apply and 403", () => {
  it("stops that kind of write after the first, and goes on with the others", async () => {
    workspace = await startLyingWorkspace();
    await plan("--only kind=functional");
    await apply();
    const [first] = workspace.server.users.values();
    first!["title"] = "lạ";
    first!["displayName"] = "lạ";
    await plan();
    const from = workspace.server.requests.length;
    workspace.server.lies.add("forbids-creates");
    const applied = await apply("--json");
    expect(applied.code).toBe(7);
    const { totals } = JSON.parse(applied.stdout);
    expect(totals).toMatchObject({ done: 1, unknown: 0 });
    const posts = workspace.server.requests.slice(from).filter(({ method }) => method === "POST");
    expect(posts).toHaveLength(1);
    expect([totals.failed, totals.skipped]).toEqual([1, 7]);
    workspace.server.lies.clear();
    expect((await apply()).code).toBe(0);
    expect(workspace.server.users.size).toBe(rosterAccounts);
  });
});

describe("apply over two systems", () => {
  async function startTwo(...lies: readonly Lie[]): Promise<LyingServer> {
    second = await startLyingScim(...lies);
    workspace = await startLyingWorkspace({ others: { dossiers: second.url } });
    return second;
  }

  it("shows who is half done, in text, JSON and the outcome file", async () => {
    const dossiers = await startTwo();
    await plan("--only kind=person");
    dossiers.lies.add("conflict-on-create");
    const text = await apply("--outcome out.csv");
    expect(text.code).toBe(7);
    expect(text.stdout).toContain("Half done: Trần Thị Lan (CB2700402): documents done, dossiers failed");
    const outcome = await readFile(join(workspace.folder, "out.csv"), "utf8");
    expect(outcome.split("\r\n").filter((line) => line.endsWith(",half-done"))).toHaveLength(16);
    const again = JSON.parse((await apply("--json")).stdout);
    expect(again.subjects).toContainEqual({
      subject: "CB2700402",
      name: "Trần Thị Lan",
      state: "half-done",
      systems: [
        { system: "documents", kind: "create", state: "done" },
        { system: "dossiers", kind: "create", state: "failed" },
      ],
    });
    dossiers.lies.clear();
    const healed = JSON.parse((await apply("--json")).stdout);
    expect(healed.subjects.every(({ state }: { state: string }) => state === "done")).toBe(true);
  });
});

describe("apply --skip-stale", () => {
  it("leaves alone what moved, carries out the rest, exit 7", async () => {
    workspace = await startLyingWorkspace();
    await plan();
    await apply();
    const [one, two] = ["CB2700404", "CB2700405"].map((id) => workspace.findUser(id)!);
    one!["displayName"] = "Nguyễn Thị A Cũ";
    two!["displayName"] = "Nguyễn Thị B Cũ";
    await plan();
    one!["displayName"] = "Nguyễn Thị A Mới";
    expect((await apply()).code).toBe(6);
    const writes = workspace.server.writes;
    const applied = await apply("--skip-stale");
    expect(applied.code).toBe(7);
    expect(applied.stdout).toContain("display name Nguyễn Thị A Cũ → Nguyễn Thị A Mới");
    expect(workspace.server.writes).toBe(writes + 1);
    expect([one!["displayName"], two!["displayName"]]).toEqual(["Nguyễn Thị A Mới", "Nguyễn Thị Phượng"]);
  });
});

describe("a plan that needs two people", () => {
  const asSomebody = async (name: string): Promise<void> => {
    const file = join(workspace.folder, "wardctl.yaml");
    const text = (await readFile(file, "utf8")).replace(/^operator: .*\n/, "");
    await writeFile(file, `operator: ${name}\n${text}`);
  };
  const approve = () => workspace.run("provision approve plan.json --yes --json");

  async function startTwoPeople(): Promise<void> {
    workspace = await startLyingWorkspace({ provision: "  requireTwoPeople: true\n" });
    await asSomebody("lan");
    await plan();
  }

  it("is not carried out before another person approved exactly it", async () => {
    await startTwoPeople();
    const refused = await apply();
    expect(refused.code).toBe(6);
    expect(refused.stderr).toContain("second person");
    expect(workspace.server.writes).toBe(0);
    expect((await approve()).code).toBe(4);
    await asSomebody("hung");
    const approved = await approve();
    expect(approved.code).toBe(0);
    expect(JSON.parse(approved.stdout)).toMatchObject({
      schema: "wardctl.provision-approve/1",
      createdBy: "lan",
      approvedBy: "hung",
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await apply()).code).toBe(0);
    expect(workspace.server.users.size).toBe(rosterAccounts);
    const { records } = JSON.parse((await workspace.run("audit show --action provision.approve --json")).stdout);
    expect(records).toMatchObject([{ actor: "hung" }]);
  });

  it("made anew is another plan: the approval of the first does not count", async () => {
    await startTwoPeople();
    await asSomebody("hung");
    await approve();
    await asSomebody("lan");
    await plan();
    expect((await apply()).code).toBe(6);
    expect(workspace.server.writes).toBe(0);
  });

  it("altered after its approval, or run out, is not approved", async () => {
    await startTwoPeople();
    await asSomebody("hung");
    expect((await workspace.run("provision approve plan.json --yes", { WARDCTL_NOW: "2025-07-07T10:00:00+07:00" })).code).toBe(6);
    const file = join(workspace.folder, "plan.json");
    await writeFile(file, (await readFile(file, "utf8")).replaceAll("lantt", "lantu"));
    expect((await approve()).code).toBe(6);
  });
});
