import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCertificate } from "../../../src/platform/certificate-file.ts";
import { createOpensslAuthority, hasOpenssl, type LeafRequest, type OpensslAuthority } from "../../support/openssl-authority.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";

const committee = "Ủy ban nhân dân phường Tân Bình";

describe.skipIf(!hasOpenssl)("wardctl delegate certificates", () => {
  let world: SigningCity;
  let authority: OpensslAuthority;
  let stranger: OpensslAuthority;
  let chief: string;
  let name: string;

  beforeAll(async () => {
    world = await startSigningCity([tanBinh]);
    chief = world.findStaffId(tanBinh, "chanh-van-phong");
    name = world.city.people.find(({ staffId }) => staffId === chief)!.fullName;
    authority = createOpensslAuthority(await makeTestFolder());
    stranger = createOpensslAuthority(await makeTestFolder(), "/C=VN/O=Công ty chứng thực tư/CN=CA khác");
    cpSync(authority.anchor, join(world.cwd, "anchors.pem"));
    mkdirSync(join(world.cwd, "lists"));
    cpSync(authority.list("list", "20250701000000Z", "20250801000000Z"), join(world.cwd, "lists", "list.pem"));
    const settings = JSON.parse(readFileSync(join(world.cwd, "wardctl.yaml"), "utf8")) as { delegate: object };
    const certificates = { anchors: "anchors.pem", revocationLists: "lists", soonDays: 20 };
    writeFileSync(
      join(world.cwd, "wardctl.yaml"),
      JSON.stringify({ ...settings, delegate: { ...settings.delegate, certificates } }),
    );
    await world.run("delegate grant --file grants.csv");
    await world.run("delegate push --yes");
  });
  afterAll(() => world.city.stop());

  let count = 0;
  const issue = (
    change: Partial<LeafRequest> & { person?: string; unit?: string; more?: string } = {},
    by = authority,
  ): string => {
    const { person = name, unit = committee, more = "", ...rest } = change;
    return by.issue({ name: `leaf${++count}`, subject: `/C=VN/O=${unit}/CN=${person}${more}`, ...rest });
  };
  const serialOf = (file: string): string => readCertificate(readFileSync(file))!.serial;
  /** The document system uses this certificate for the account, and was read since. */
  const bind = async (file: string, now = "2025-07-03T10:00"): Promise<void> => {
    const { notBefore, notAfter } = readCertificate(readFileSync(file))!;
    const iso = (at: number): string => new Date(at).toISOString().replace(".000Z", "Z");
    world.documents.profiles.set(chief, {
      serial: serialOf(file),
      notBefore: iso(notBefore),
      notAfter: iso(notAfter),
      bound: true,
    });
    await world.run("delegate verify", { now });
  };
  const check = async (file: string, now = "2025-07-03T10:00") => {
    const { code, stdout } = await world.run(["delegate", "certificates", "check", file, "--json"], { now });
    return { code, ...JSON.parse(stdout).certificates[0] };
  };
  const canSign = async (now = "2025-07-03T10:00", more = "") =>
    JSON.parse((await world.run(`delegate can-sign chanh-van-phong cong-van 27004 --json ${more}`, { now })).stdout);

  it("finds a sound one good, knows whose it is by its bound serial, and lets its holder sign", async () => {
    const file = issue();
    await bind(file);
    expect((await canSign()).answer).toBe("UNKNOWN");
    expect(await check(file)).toMatchObject({ code: 0, staffId: chief, verdict: "VALID", codes: [], owner: null });
    expect(await canSign()).toMatchObject({ answer: "ALLOW" });
    const text = await world.run(["delegate", "certificates", "check", file, "--lang", "vi"]);
    expect(text.stdout).toContain("dùng được");
  });

  it.each<[string, () => string, readonly string[], string]>([
    [
      "another unit's name, from before the merger",
      () => issue({ unit: "Ủy ban nhân dân phường 13" }),
      ["SIG-SUBJECT-STALE"],
      "ca",
    ],
    ["another unit of today", () => issue({ unit: "UBND phường Vỹ Dạ" }), ["SIG-SUBJECT-STALE"], "ca"],
    ["another person's name", () => issue({ person: "Nguyễn Văn Khác" }), ["SIG-SUBJECT-STALE"], "ca"],
    ["another post", () => issue({ more: "/title=Trưởng phòng" }), ["SIG-SUBJECT-STALE"], "ca"],
    ["the agency's own certificate", () => issue({ person: committee }), ["SIG-WRONG-TYPE"], "support"],
    ["no non-repudiation", () => issue({ keyUsage: "digitalSignature,keyEncipherment" }), ["SIG-PROFILE"], "ca"],
    ["a weak key", () => issue({ bits: 1024 }), ["SIG-PROFILE"], "ca"],
    ["its end behind it", () => issue({ from: "20250101000000Z", to: "20250702000000Z" }), ["SIG-EXPIRED"], "ca"],
    ["its first day before it", () => issue({ from: "20250710000000Z", to: "20260710000000Z" }), ["SIG-NOT-YET"], "ca"],
  ])("finds %s, with its code and who mends it", async (_name, make, codes, owner) => {
    const file = make();
    await bind(file);
    const result = await world.run(["delegate", "certificates", "check", file, "--person", chief, "--json"]);
    expect(result.code).toBe(8);
    expect(JSON.parse(result.stdout).certificates).toMatchObject([
      { staffId: chief, verdict: "INVALID", codes, owner, remedy: expect.any(String) },
    ]);
    expect(await canSign()).toMatchObject({
      answer: "DENY",
      codes,
      sides: { legal: "ok", configuration: "ok", readiness: "missing" },
      repair: [
        { owner, detail: expect.any(String) },
        { action: "check-certificate", detail: expect.stringContaining("wardctl delegate certificates check") },
      ],
    });
  });

  it("accepts the other tone placement, the short form of the Committee and the right post", async () => {
    const file = issue({ unit: "UBND P. Tân Bình", person: name.normalize("NFD"), more: "/title=Chánh Văn phòng" });
    await bind(file);
    expect(await check(file)).toMatchObject({ verdict: "VALID", codes: [] });
  });

  it("trusts no other authority, whoever it says it is", async () => {
    const forged = createOpensslAuthority(await makeTestFolder());
    const file = issue({}, forged);
    await bind(file);
    expect(await check(file)).toMatchObject({ verdict: "INVALID", codes: ["SIG-CHAIN"] });
    const other = issue({}, stranger);
    await bind(other);
    expect((await check(other)).codes).toEqual(["SIG-PROFILE", "SIG-CHAIN"]);
  });

  it("finds that the document system bound another one", async () => {
    const [own, first] = [issue(), issue()];
    await bind(first);
    const { stdout } = await world.run(["delegate", "certificates", "check", own, "--person", chief, "--json"]);
    expect(JSON.parse(stdout).certificates[0]).toMatchObject({ verdict: "INVALID", codes: ["SIG-UNBOUND"], owner: "support" });
  });

  it("keeps nothing of one whose holder nobody knows", async () => {
    const file = issue({ person: "Không Ai Biết" });
    expect(await check(file)).toMatchObject({ code: 8, staffId: null, verdict: "UNKNOWN", codes: [] });
    const { certificates } = JSON.parse((await world.run("delegate certificates list --json")).stdout);
    expect(certificates.some(({ serial }: { serial: string }) => serial === serialOf(file))).toBe(false);
  });

  it("warns before the end, and the holder signs on until then", async () => {
    const file = issue({ to: "20250715000000Z" });
    await bind(file);
    expect(await check(file)).toMatchObject({ code: 8, verdict: "VALID", codes: ["SIG-SOON"], owner: "ca" });
    expect(await canSign()).toMatchObject({ answer: "ALLOW", until: "2025-07-15T07:00:00+07:00" });
  });

  it("reads the day of a revocation off the list: good before it, refused from it on", async () => {
    const file = issue();
    await bind(file, "2025-07-01T08:00");
    expect(await check(file, "2025-07-01T09:00")).toMatchObject({ verdict: "VALID" });
    authority.revoke(file, "20250703020000Z");
    const list = join(world.cwd, "lists", "list.pem");
    cpSync(authority.list("revoking", "20250703023000Z", "20250801000000Z"), list);
    await world.run("delegate verify");
    expect(await check(file)).toMatchObject({
      code: 8,
      verdict: "INVALID",
      codes: ["SIG-REVOKED"],
      owner: "ca",
      revokedAt: "2025-07-03T09:00:00+07:00",
    });
    expect(await canSign()).toMatchObject({ answer: "DENY", codes: ["SIG-REVOKED"] });
    // On the day before it was good, and what was answered then stays as it was answered.
    expect(await canSign("2025-07-03T10:00", "--at 2025-07-01T10:00")).toMatchObject({
      answer: expect.not.stringMatching("DENY"),
    });
    expect(await canSign("2025-07-03T10:00", "--at 2025-07-01T10:00 --as-known-at 2025-07-01T10:00")).toMatchObject({
      codes: expect.not.arrayContaining(["SIG-REVOKED"]),
    });
  });

  it("does not know, rather than allow or deny, once the list is past its next update", async () => {
    const file = issue();
    await bind(file);
    await check(file);
    expect((await canSign()).answer).toBe("ALLOW");
    await world.run("delegate verify", { now: "2025-08-02T08:00" });
    expect(await canSign("2025-08-02T09:00")).toMatchObject({
      answer: "UNKNOWN",
      codes: ["SIG-REVINFO-UNKNOWN"],
      failed: [{ premise: "certificate", code: "SIG-REVINFO-UNKNOWN", side: "readiness", owner: "network" }],
      repair: [
        { action: "check-certificate", owner: "network", detail: expect.stringContaining("wardctl delegate certificates check") },
      ],
    });
    expect(await check(file, "2025-08-02T09:00")).toMatchObject({
      code: 8,
      verdict: "UNKNOWN",
      codes: ["SIG-REVINFO-UNKNOWN"],
      owner: "network",
    });
    expect(await canSign("2025-08-02T09:30")).toMatchObject({ answer: "UNKNOWN" });
  });

  it("does not know anything without openssl, and says how to get it", async () => {
    const file = issue();
    await bind(file);
    const path = process.env["PATH"];
    process.env["PATH"] = join(world.cwd, "nothing-here");
    try {
      const { code, stdout, stderr } = await world.run(["delegate", "certificates", "check", file, "--json"]);
      expect(code).toBe(8);
      expect(JSON.parse(stdout).certificates[0]).toMatchObject({ verdict: "UNKNOWN", codes: ["SIG-REVINFO-UNKNOWN"] });
      expect(stderr).toContain("OpenSSL 3 or later is not installed");
    } finally {
      process.env["PATH"] = path;
    }
    expect((await canSign()).answer).toBe("UNKNOWN");
  });

  it("takes what a technician saw, tells who mends it, and lifts it when it is mended", async () => {
    const file = issue();
    await bind(file);
    await check(file);
    const entered = await world.run("delegate certificates fault chanh-van-phong sig-pin-lock --unit 27004 --lang vi");
    expect([entered.code, entered.stdout]).toEqual([
      0,
      expect.stringContaining("SIG-PIN-LOCK (token bị khóa vì nhập sai mã PIN)"),
    ]);
    expect(await canSign()).toMatchObject({
      answer: "DENY",
      codes: ["SIG-PIN-LOCK"],
      sides: { legal: "ok", configuration: "ok", readiness: "missing" },
      repair: [
        {
          action: "mend-on-site",
          owner: "ca",
          detail: expect.stringContaining(`wardctl delegate certificates fault ${chief} SIG-PIN-LOCK --mended`),
        },
      ],
    });
    expect((await world.run("delegate certificates list")).stdout).toContain("SIG-PIN-LOCK");
    await world.run(`delegate certificates fault ${chief} SIG-PIN-LOCK --mended`, { now: "2025-07-03T10:30" });
    expect((await canSign("2025-07-03T10:40")).answer).toBe("ALLOW");
    expect((await world.run(`delegate certificates fault ${chief} SIG-PIN-LOCK --mended`)).code).toBe(3);
    const { records } = JSON.parse((await world.run("audit show --json --action delegate.token")).stdout);
    expect(records).toHaveLength(2);
  });

  it("refuses what is no code, no certificate and no list, and needs to be set up", async () => {
    const noCode = await world.run(`delegate certificates fault ${chief} SIG-EXPIRED`);
    expect([noCode.code, noCode.stderr]).toEqual([2, expect.stringContaining("SIG-PIN-LOCK")]);
    expect((await world.run("delegate certificates fault chanh-van-phong SIG-CLOCK")).code).toBe(2);
    const noFile = await world.run("delegate certificates check grants.csv");
    expect([noFile.code, noFile.stderr]).toEqual([3, expect.stringContaining("is no certificate")]);
    const bare = await startSigningCity([tanBinh]);
    expect((await bare.run("delegate certificates check x.pem")).code).toBe(2);
    await bare.city.stop();
  });
});

describe("the codes of certificate and token faults", () => {
  it("are one table with owner, sign and remedy in both languages", async () => {
    const world = await startSigningCity([tanBinh]);
    const { codes } = JSON.parse((await world.run("delegate certificates codes --json")).stdout);
    expect(codes.length).toBeGreaterThanOrEqual(16);
    for (const row of codes)
      for (const key of ["meaning", "sign", "owner", "remedy"]) expect(row[key], `${row.code}.${key}`).toBeTruthy();
    expect((await world.run("delegate certificates codes --lang vi")).stdout).toContain("kỹ thuật viên tại chỗ");
    await world.city.stop();
  });
});
