import { execFileSync, spawnSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { readIdentity } from "../../../src/platform/age.ts";
import { type Custodian, makeCustodian } from "../../support/custodian.ts";
import { type LyingServer, startLyingScim } from "../../support/lying-scim.ts";
import { type LyingWorkspace, rosterAccounts, startLyingWorkspace } from "../../support/lying-workspace.ts";
import { makeTestFolder, type RunResult } from "../../support/run-wardctl.ts";

const extension = "urn:example:1.0:User";
const day = (date: string): { readonly WARDCTL_NOW: string } => ({ WARDCTL_NOW: `${date}T10:00:00+07:00` });

let workspace: LyingWorkspace;
let custodian: Custodian;
let others: LyingServer[] = [];
afterEach(async () => {
  await workspace.server.stop();
  for (const server of others) await server.stop();
  others = [];
});

/** Every account of Tân Bình gets a slip on one system; where `tells`, the system shows who signed in. */
async function start({ tells = false, second }: { tells?: boolean; second?: LyingServer } = {}): Promise<void> {
  custodian = await makeCustodian(join(await makeTestFolder(), "key.txt"));
  if (second) others.push(second);
  workspace = await startLyingWorkspace({
    system: tells ? `visibleWithinMs: 500, lastSignIn: "/${extension}/lastLogin"` : "visibleWithinMs: 500",
    provision: `  credentials:
    systems: { documents: { policy: temporary, expiryHours: 240, address: 'https://qlvb.example.vn' } }
    custodians: { "27004": ${custodian.recipient} }\n`,
    ...(second ? { others: { video: second.url } } : {}),
  });
}

const run = (line: string, date = "2025-07-03"): Promise<RunResult> => workspace.run(line, day(date));

async function makeEverybody(): Promise<void> {
  await run("provision plan roster.csv --save plan.json");
  expect((await run("provision apply plan.json --yes")).code).toBe(0);
}

interface SlipLine {
  readonly slip: string;
  readonly subject: string;
  readonly username: string;
  readonly state: string;
  readonly cause: string;
  readonly planId: string;
}

async function listSlips(flags = "", date?: string): Promise<readonly SlipLine[]> {
  return JSON.parse((await run(`provision handout list --json ${flags}`, date)).stdout).slips;
}

/** Secrets that the custodian can read of what is handed out now, by user name. */
async function openSlips(date: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(workspace.folder, `slips-${date}`);
  await run(`provision handout export --unit 27004 --out ${folder}`, date);
  const identity = await readIdentity(custodian.identity);
  const names = await readdir(folder).catch(() => []);
  const opened = await Promise.all(names.map(async (name) => identity.open(await readFile(join(folder, name)))));
  return new Map(opened.map((text) => JSON.parse(text as string)).map(({ username, secret }) => [username, secret]));
}

const passwordOf = (staffId: string): unknown => workspace.findUser(staffId)?.["password"];

function signIn(staffId: string, at: string): void {
  const user = workspace.findUser(staffId);
  if (user) user[extension] = { lastLogin: at };
}

describe("a leaver who comes back", () => {
  it("gets the same account with a new slip; what was handed out before opens nothing and is handed out no more", async () => {
    await start();
    await makeEverybody();
    const first = passwordOf("CB2700404");
    await run("provision leave CB2700404 --save leave.json", "2025-07-04");
    expect((await run("provision apply leave.json --yes", "2025-07-04")).code).toBe(0);
    expect((await listSlips("--all", "2025-07-04")).filter(({ subject }) => subject === "CB2700404")).toMatchObject([
      { state: "superseded" },
    ]);
    expect([...(await openSlips("2025-07-04")).keys()]).not.toContain("phuongnt");
    await workspace.editRoster((text) => text.replace(/^(CB2700404.*)01\/07\/2025/m, "$119/07/2025"));
    const planned = await run("provision plan roster.csv --save back.json", "2025-07-20");
    expect(planned.stderr).toContain("Applied, it will give out: 1 slip for 1 unit");
    const applied = await run("provision apply back.json --yes", "2025-07-20");
    expect(applied.code).toBe(0);
    expect(applied.stderr).toContain("1 slip sealed");
    expect(workspace.findUser("CB2700404")).toMatchObject({ active: true, userName: "phuongnt" });
    const second = passwordOf("CB2700404");
    expect(second).not.toBe(first);
    expect((await openSlips("2025-07-20")).get("phuongnt")).toBe(second);
    expect((await listSlips("--all", "2025-07-20")).filter(({ subject }) => subject === "CB2700404")).toMatchObject([
      { state: "superseded", cause: "create" },
      { state: "issued", cause: "reset" },
    ]);
    // Again the same plan: nothing is reset a second time.
    await run("provision apply back.json --yes", "2025-07-20");
    expect(passwordOf("CB2700404")).toBe(second);
  });

  it("is not opened without a custodian for the slip", async () => {
    await start();
    await makeEverybody();
    await run("provision leave CB2700404 --save leave.json");
    await run("provision apply leave.json --yes");
    await workspace.editRoster((text) => text.replace(/^(CB2700404.*)01\/07\/2025/m, "$119/07/2025"));
    await run("provision plan roster.csv --save back.json", "2025-07-20");
    const settings = await readFile(join(workspace.folder, "wardctl.yaml"), "utf8");
    await writeFile(join(workspace.folder, "wardctl.yaml"), settings.replace(/custodians: .*/, "custodians: {}"));
    const { writes } = workspace.server;
    expect((await run("provision plan roster.csv", "2025-07-20")).stderr).toContain(
      "1 unit needs first passwords and has no custodian's key: 27004",
    );
    expect((await run("provision apply back.json --yes", "2025-07-20")).code).toBe(3);
    expect(workspace.server.writes).toBe(writes);
    expect(workspace.findUser("CB2700404")).toMatchObject({ active: false });
  });
});

describe("who came for a first password", () => {
  it("is read from the system where it tells, and stands in the ledger from then on", async () => {
    await start({ tells: true });
    await makeEverybody();
    signIn("CB2700404", "2025-07-05T08:00:00+07:00");
    // Before the slip was made: somebody else's sign-in with an account that had the name.
    signIn("CB2700405", "2025-07-01T08:00:00+07:00");
    const checked = await run("provision handout check --json", "2025-07-06");
    const { slips, days } = JSON.parse(checked.stdout);
    expect(days).toBe(7);
    const by = (subject: string) => slips.find((slip: SlipLine) => slip.subject === subject);
    expect(by("CB2700404")).toMatchObject({ signedIn: "yes", lastSignInAt: "2025-07-05T08:00:00+07:00" });
    expect(by("CB2700405")).toMatchObject({ signedIn: "no", overdue: false });
    expect(checked.code).toBe(0);
    expect((await listSlips("", "2025-07-06")).filter(({ state }) => state === "seen")).toMatchObject([{ subject: "CB2700404" }]);
    expect((await run("audit show --action provision.slip.seen --json")).stdout).toContain("phuongnt");
  });

  it("after seven days: a plan disables who did not, the next plan of the roster asks before it opens them", async () => {
    await start({ tells: true });
    await makeEverybody();
    for (const id of ["CB2700401", "CB2700402", "CB2700403", "CB2700404", "CB2700405", "CB2700407"])
      signIn(id, "2025-07-04T08:00:00+07:00");
    const late = "2025-07-10";
    expect((await run("provision plan roster.csv", late)).stderr).toContain("handout unclaimed");
    const planned = await run("provision handout unclaimed --save unclaimed.json --json", late);
    expect(planned.code).toBe(6);
    const plan = JSON.parse(planned.stdout);
    const people = plan.operations.filter(({ subject }: { subject: { staffId?: string } }) => subject.staffId);
    expect(people.map(({ subject, reason }: never) => [subject["staffId"], reason])).toEqual([
      ["CB2700406", "unclaimed"],
      ["HD2700408", "unclaimed"],
    ]);
    const { writes } = workspace.server;
    expect(writes).toBe(rosterAccounts);
    const refused = await run("provision apply unclaimed.json --yes", late);
    expect(refused.code).toBe(6);
    expect(refused.stderr).toContain("--confirm-disables 7");
    expect((await run("provision apply unclaimed.json --yes --confirm-disables 7", late)).code).toBe(0);
    expect(workspace.findUser("CB2700406")).toMatchObject({ active: false });
    expect(workspace.findUser("CB2700404")).toMatchObject({ active: true });
    const next = JSON.parse((await run("provision plan roster.csv --json", late)).stdout);
    expect(next.operations).toEqual([]);
    expect(next.questions).toHaveLength(7);
    expect(next.questions[0]).toMatchObject({ code: "closed-before", candidates: ["unclaimed"] });
    expect((await run("provision drift", late)).code).toBe(0);
    await run("provision plan roster.csv --recreate CB2700406 --save open.json", late);
    expect((await run("provision apply open.json --yes", late)).code).toBe(8);
    expect((await openSlips(late)).get("hoal")).toBe(passwordOf("CB2700406"));
    const after = JSON.parse((await run("provision plan roster.csv --json", late)).stdout);
    expect(after.questions).toHaveLength(6);
    expect((await run("audit verify")).code).toBe(0);
  });

  it("is not known where the system does not tell: nobody is disabled unless it is asked for", async () => {
    await start();
    await makeEverybody();
    const late = "2025-07-11";
    const quiet = await run("provision handout unclaimed --json", late);
    expect(quiet.code).toBe(8);
    expect(JSON.parse(quiet.stdout).operations).toEqual([]);
    expect(quiet.stderr).toContain("13 slips overdue on systems that cannot tell");
    expect(JSON.parse((await run("provision handout unclaimed --include-unknown --json", late)).stdout).totals.disable).toBe(13);
  });

  it("is not known either where no account at all shows a sign-in: the attribute is not filled", async () => {
    await start({ tells: true });
    await makeEverybody();
    const { slips } = JSON.parse((await run("provision handout check --json", "2025-07-11")).stdout);
    expect(slips.every(({ signedIn }: { signedIn: string }) => signedIn === "unknown")).toBe(true);
  });
});

describe("a slip that was lost, ran out or is in doubt", () => {
  it("is replaced by a plan that sets a new password and changes nothing else", async () => {
    await start();
    await makeEverybody();
    const [lost] = (await listSlips()).filter(({ subject }) => subject === "CB2700404") as [SlipLine];
    await run(`provision handout mark ${lost.slip} handed`);
    const before = { ...workspace.findUser("CB2700404") };
    expect((await run(`provision handout reissue ${lost.slip} --save new.json`)).code).toBe(8);
    expect(passwordOf("CB2700404")).toBe(before["password"]);
    const applied = await run("provision apply new.json --yes");
    expect(applied.code).toBe(0);
    const { password, ...rest } = workspace.findUser("CB2700404") as Record<string, unknown>;
    const { password: former, ...was } = before as Record<string, unknown>;
    expect(rest).toEqual(was);
    expect(password).not.toBe(former);
    expect((await openSlips("2025-07-03")).get("phuongnt")).toBe(password);
    expect((await run("provision drift")).code).toBe(0);
    expect((await run("provision plan roster.csv")).code).toBe(0);
    // What wardctl answers for on the account is what it was before.
    (workspace.findUser("CB2700404") as Record<string, unknown>)["title"] = "Giám đốc";
    expect((await run("provision drift")).code).toBe(8);
    expect((await run(`provision handout reissue ${lost.slip}`)).code).toBe(6);
    expect((await run("provision handout reissue nonsense")).code).toBe(2);
    expect((await run("provision handout reissue")).code).toBe(2);
  });

  it("--expired takes all that ran out", async () => {
    await start();
    await makeEverybody();
    const planned = await run("provision handout reissue --expired --save new.json", "2025-07-20");
    expect(planned.code).toBe(8);
    expect((await run("provision apply new.json --yes", "2025-07-20")).code).toBe(0);
    const slips = await listSlips("", "2025-07-20");
    expect(slips).toHaveLength(rosterAccounts);
    expect(slips.every(({ state, cause }) => state === "issued" && cause === "reset")).toBe(true);
  });
});

describe("people half done", () => {
  it("are shown system by system with what to do next; compensation is a plan of its own and ends the matter", async () => {
    const second = await startLyingScim("forbids-creates");
    await start({ second });
    await run("provision plan roster.csv --save plan.json");
    expect((await run("provision apply plan.json --yes")).code).toBe(7);
    const status = await run("provision status");
    expect(status.code).toBe(8);
    expect(status.stdout).toMatch(/◐ Nguyễn Thị Phương \(CB2700404\): documents done, video (FAILED|waiting)/);
    expect(status.stdout).toContain("→ Mend what made it fail, then go on: wardctl provision apply --resume");
    const { plans, open } = JSON.parse((await run("provision status --json")).stdout);
    expect(plans).toMatchObject([{ finishedAt: null, done: rosterAccounts }]);
    expect(open[0].subjects.filter(({ state }: { state: string }) => state === "half-done")).toHaveLength(8);
    const { planId } = plans[0];
    const vi = await run(`provision status ${planId} --lang vi`);
    expect(vi.stdout).toContain("Hoặc khóa những gì đã tạo cho người chưa xong");
    expect(JSON.parse((await run(`provision compensate ${planId} --subject CB2700404 --json`)).stdout).operations).toMatchObject([
      { system: "documents", kind: "disable", reason: "made-in-part", subject: { staffId: "CB2700404" } },
    ]);
    expect((await run(`provision compensate ${planId} --subject CB1`)).code).toBe(2);
    expect((await run("provision compensate nonsense")).code).toBe(2);
    const { writes } = workspace.server;
    expect((await run(`provision compensate ${planId} --save undo.json`)).code).toBe(6);
    expect(workspace.server.writes).toBe(writes);
    expect((await run("provision apply undo.json --yes --confirm-disables 8")).code).toBe(0);
    expect(workspace.findUser("CB2700404")).toMatchObject({ active: false });
    expect(JSON.parse((await run(`provision compensate ${planId} --json`)).stdout).operations).toEqual([]);
    // The unit's own account on the second system was never begun, and still waits.
    const after = await run("provision status");
    expect(after.code).toBe(8);
    expect(after.stdout).not.toContain("◐");
    expect(after.stdout).toContain("○ UBND");
  });

  it("are done once a later plan made what was open, or the same one went on by its id", async () => {
    const second = await startLyingScim("forbids-creates");
    await start({ second });
    await run("provision plan roster.csv --save plan.json");
    await run("provision apply plan.json --yes");
    second.lies.clear();
    const { planId } = JSON.parse((await run("provision status --json")).stdout).plans[0];
    await run("provision plan roster.csv --save later.json");
    expect((await run("provision apply later.json --yes")).code).toBe(0);
    const status = await run("provision status");
    expect(status.code).toBe(0);
    expect(status.stdout).toContain("Overtaken");
    expect((await run(`provision apply --resume ${planId} --yes`)).code).toBe(0);
    expect((await run("provision apply --resume nonsense --yes")).code).toBe(2);
    expect(second.users.size).toBe(9);
  });
});

describe("files of slips", () => {
  it("are overwritten and gone after shredding, and nothing else is touched", async () => {
    await start();
    await makeEverybody();
    await run("provision handout export --unit 27004 --out slips");
    expect((await run(`provision handout print slips --identity ${custodian.identity} --out slips.pdf`)).code).toBe(0);
    const at = (name: string): string => join(workspace.folder, name);
    const wrong = await run("provision handout shred slips.pdf roster.csv --yes");
    expect(wrong.code).toBe(3);
    expect(wrong.stderr).toContain("roster.csv");
    await writeFile(at("other.pdf"), "%PDF-1.7\nanother's");
    expect((await run("provision handout shred other.pdf --yes")).code).toBe(3);
    expect((await run("provision handout shred slips.pdf")).code).toBe(2);
    expect((await stat(at("slips.pdf"))).isFile()).toBe(true);
    const shredded = await run("provision handout shred slips.pdf slips --yes");
    expect(shredded.code).toBe(0);
    expect(shredded.stderr).toContain("SSD");
    expect(await readdir(at("slips"))).toEqual([]);
    expect(await readdir(workspace.folder)).not.toContain("slips.pdf");
    expect(await readdir(workspace.folder)).toContain("other.pdf");
  });

  it("hold each value exactly on one page a person, with long names and five systems", async () => {
    if (spawnSync("pdftotext", ["-v"]).error)
      return console.warn("NOT TESTED: pdftotext is not installed (Debian: apt-get install poppler-utils)");
    await start();
    const { createSealer } = await import("../../../src/platform/age.ts");
    const seal = await createSealer();
    const folder = join(workspace.folder, "sealed");
    await mkdir(folder);
    const systems = ["documents", "dossiers", "feedback", "video", "directory"];
    const { makeFirstSecret } = await import("../../../src/provision/first-secret.ts");
    const { readSecureBytes } = await import("../../../src/platform/secure-bytes.ts");
    const name = "Công Tằng Tôn Nữ Nguyễn Phước Thị Hoàng Diệu Bảo Ngọc";
    const secrets = new Map<string, string>();
    for (const system of systems) {
      const secret = makeFirstSecret(readSecureBytes);
      secrets.set(system, secret);
      const slip = { schema: "wardctl.slip/1", slip: `id-${system}`, generation: 1, unit: "27004", unitName: "Phường Tân Bình" };
      const rest = {
        subject: "CB1",
        name,
        system,
        address: `https://${system}.example.vn/dang-nhap`,
        username: "ngocctnnpthdb20",
        secret,
      };
      const text = JSON.stringify({
        ...slip,
        ...rest,
        sealedAt: "2025-07-03T10:00:00+07:00",
        expiresAt: "2025-07-10T10:00:00+07:00",
      });
      await writeFile(join(folder, `${system}.age`), await seal(custodian.recipient, text));
    }
    const pdf = join(workspace.folder, "a.pdf");
    expect((await run(`provision handout print sealed --identity ${custodian.identity} --out a.pdf --lang vi`)).code).toBe(0);
    expect((await stat(pdf)).mode & 0o777).toBe(0o600);
    const pages = execFileSync("pdftotext", ["-enc", "UTF-8", pdf, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
    expect(pages).toHaveLength(1);
    const lines = pages[0]!.split("\n");
    for (const [system, secret] of secrets)
      expect(lines).toEqual(expect.arrayContaining([system, secret, `https://${system}.example.vn/dang-nhap`]));
    expect(lines.filter((line) => line === "ngocctnnpthdb20")).toHaveLength(5);
    expect(pages[0]).toContain("Ký và ghi rõ họ tên");
    // Over a file that all could read, the new one is again for its owner alone.
    await chmod(pdf, 0o644);
    await run(`provision handout print sealed --identity ${custodian.identity} --out a.pdf`);
    expect((await stat(pdf)).mode & 0o777).toBe(0o600);
  });
});
