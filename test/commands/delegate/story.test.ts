import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SigningCity, startSigningCity, tanBinh, viDa } from "../../support/signing-city.ts";

/** Tân Bình, July 2025: the software has not been told that the Chief of Office may sign. */
describe("the Chief of Office cannot sign", () => {
  let world: SigningCity;
  beforeAll(async () => {
    world = await startSigningCity();
    world.city.faults.on("chief-cannot-sign", tanBinh);
  });
  afterAll(() => world.city.stop());

  const ask = (unit: string, ...more: string[]) =>
    world.run(["delegate", "can-sign", "chanh-van-phong", "cong-van", unit, ...more]);
  const askJson = async (unit: string) => JSON.parse((await ask(unit, "--json")).stdout);

  it("knows nothing at first: the law is missing, the rest was never read", async () => {
    const { code, stdout } = await ask(tanBinh);
    expect(code).toBe(4);
    expect(stdout).toContain("CANNOT SIGN");
    expect(stdout).toContain("DEL-TL-NO-REGULATION");
    expect(stdout).toContain("EVID-NONE");
    expect(await askJson(tanBinh)).toMatchObject({ sides: { legal: "missing", configuration: "unknown", readiness: "unknown" } });
  });

  it("shows what the system carries without any basis on record", async () => {
    const { code, stdout } = await world.run("delegate verify --json");
    expect(code).toBe(8);
    const { differences } = JSON.parse(stdout).systems[0];
    expect(differences.map((row: { kind: string; cause: string }) => `${row.kind}/${row.cause}`)).toEqual(
      Array(3).fill("excess/foreign"),
    );
    expect(await askJson(viDa)).toMatchObject({
      answer: "DENY",
      codes: ["DEL-TL-NO-REGULATION", "DEL-NO-GRANT"],
      // The Vice Chairman's assignment is not on record yet either.
      othersWhoCan: [{ person: world.findStaffId(viDa, "chu-tich"), capacity: "HEAD" }],
      sides: { legal: "missing", configuration: "ok", readiness: "ok" },
    });
  });

  it("takes the regulations once, however often the file is given", async () => {
    const first = await world.run("delegate grant --file grants.csv --json");
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout).recorded).toHaveLength(4);
    const again = JSON.parse((await world.run("delegate grant --file grants.csv --json")).stdout);
    expect([again.recorded.length, again.same.length]).toEqual([0, 4]);
  });

  it("then names the setting, and only the setting", async () => {
    const { code, stdout } = await ask(tanBinh, "--lang", "vi");
    expect(code).toBe(4);
    expect(stdout).toMatchInlineSnapshot(`
      "CHƯA KÝ ĐƯỢC
      Lê Văn Đức (CB2700403), Chánh Văn phòng · Công văn · Phường Tân Bình (27004) · 10:00 03/7/2025

        ✓ Pháp lý        TL. (thừa lệnh): khoản 2 Điều 7, Quy chế làm việc số 01/QĐ-UBND ngày 01/7/2025 (Điều 13 khoản 4 Nghị định 30/2020/NĐ-CP)
        ✗ Cấu hình       DEL-NOT-CARRIED  phần mềm quản lý văn bản chưa được cấu hình quyền ký này (Phụ lục VI Nghị định 30/2020/NĐ-CP) → CNTT cấp tỉnh
        ✓ Sẵn sàng       tài khoản và chứng thư số dùng được, xem lúc 10:00 03/7/2025 (đọc lại từ hệ thống)

      Thể thức đề ký khi đã đủ điều kiện:
          TL. CHỦ TỊCH
          CHÁNH VĂN PHÒNG

      Việc cần làm:
        1. [CNTT cấp tỉnh] đưa quyền vào phần mềm văn bản: wardctl delegate push --unit 27004

      Sổ tay: quyen-ky-chua-len-he-thong  Quy chế đúng rồi mà phần mềm vẫn chưa cho ký

      Người ở đơn vị đang ký được loại này: Đặng Minh Hùng (Chủ tịch UBND); Dương Ngọc Phương (Phó Chủ tịch UBND, ký KT.)
      "
    `);
    expect((await ask(viDa)).code).toBe(0);
  });

  it("does not write without being told to, and shows what it would write", async () => {
    const { code, stdout, stderr } = await world.run("delegate push");
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("will add 1 and end 0");
    expect(stderr).toContain("+ add  27004  CB2700403 Lê Văn Đức  TL.  Official letter, Notice, Invitation +3  1 July 2025 → …");
    expect(stderr).toContain("--yes");
    expect(world.documents.rights).toHaveLength(4);
  });

  it("pushes, reads back, and the Chief of Office may sign", async () => {
    const { code, stdout } = await world.run("delegate push --yes --json");
    expect(code).toBe(0);
    const [system] = JSON.parse(stdout).systems;
    expect(system).toMatchObject({
      writes: 1,
      create: [{ unit: tanBinh, capacity: "TL" }],
      readBack: { complete: true, differences: [] },
    });
    const answer = await ask(tanBinh);
    expect(answer.code).toBe(0);
    expect(answer.stdout).toContain("MAY SIGN");
    expect(answer.stdout).toContain("    TL. CHỦ TỊCH\n    CHÁNH VĂN PHÒNG\n");
    expect(await askJson(tanBinh)).toMatchObject({
      schema: "wardctl.can-sign/1",
      answer: "ALLOW",
      codes: [],
      rule: "D30-13.4",
      capacity: "TL",
      signatureBlock: ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"],
      until: "2028-06-20T00:00:00+07:00",
      untilCodes: ["SIG-EXPIRED"],
      nextAllowAt: null,
      repair: [],
      evidence: [
        { kind: "carriage", at: "2025-07-03T10:00:00+07:00", ttlSeconds: 86400 },
        { kind: "account", at: "2025-07-03T10:00:00+07:00", ttlSeconds: 86400 },
      ],
    });
  });

  it("writes nothing the second time", async () => {
    const writes = () => world.city.requests.filter(({ method }) => method !== "GET").length;
    const before = writes();
    expect((await world.run("delegate push --yes")).code).toBe(0);
    expect(writes()).toBe(before);
  });

  it("answers what was believed at an earlier instant", async () => {
    const line = `delegate can-sign chanh-van-phong cong-van ${tanBinh} --json`;
    await world.run(`delegate verify`, { now: "2025-07-04T08:00" });
    const before = await world.run(`${line} --as-known-at 2025-07-02T10:00 --at 2025-07-02T10:00`, { now: "2025-07-04T08:00" });
    expect(JSON.parse(before.stdout)).toMatchObject({ answer: "DENY", asKnownAt: "2025-07-02T10:00:00+07:00" });
    expect(JSON.parse((await world.run(line, { now: "2025-07-06T08:00" })).stdout)).toMatchObject({
      answer: "UNKNOWN",
      codes: ["EVID-STALE"],
      repair: [{ action: "refresh-evidence" }],
    });
    expect((await world.run(line, { now: "2025-07-06T08:00" })).code).toBe(8);
  });

  it("tells a locked account and an expired certificate from everything else", async () => {
    const chief = world.findStaffId(tanBinh, "chanh-van-phong");
    const account = world.city.accounts.documents.accounts.get(chief)!;
    account.active = false;
    world.documents.profiles.set(chief, { serial: "77", notAfter: "2025-07-01T00:00:00+07:00", bound: true });
    await world.run("delegate verify");
    const answer = await askJson(tanBinh);
    expect(answer.codes).toEqual(["ACC-INACTIVE", "SIG-EXPIRED"]);
    expect(answer.sides).toEqual({ legal: "ok", configuration: "ok", readiness: "missing" });
    expect(answer.repair.map((step: { action: string; owner: string }) => `${step.action}/${step.owner}`)).toEqual([
      "enable-account/support",
      "renew-certificate/ca",
    ]);
    account.active = true;
    world.documents.profiles.delete(chief);
    await world.run("delegate verify");
  });

  it("revokes, and the system that still lets it be signed is found out until it is pushed", async () => {
    const { grants } = JSON.parse((await world.run(`delegate list --unit ${tanBinh} --json`)).stdout);
    const { id } = grants.find((grant: { capacity: string }) => grant.capacity === "TL");
    const later = { now: "2025-07-03T14:00" };
    expect((await world.run(["delegate", "revoke", id, "--reason", "QĐ 15/QĐ-UBND"], later)).code).toBe(0);
    expect((await world.run(["delegate", "revoke", id, "--reason", "again"], later)).code).toBe(3);
    const verified = await world.run("delegate verify --json", later);
    expect(verified.code).toBe(8);
    expect(JSON.parse(verified.stdout).systems[0].differences).toMatchObject([{ kind: "excess", cause: "ended", grant: id }]);
    const pushed = await world.run("delegate push --yes --json", later);
    expect(pushed.code).toBe(0);
    expect(JSON.parse(pushed.stdout).systems[0].end).toHaveLength(1);
    const asked = JSON.parse((await world.run(`delegate can-sign chanh-van-phong cong-van ${tanBinh} --json`, later)).stdout);
    expect(asked.codes).toEqual(["DEL-REVOKED", "DEL-NOT-CARRIED"]);
  });

  it("grants again after the revoke, and the history shows both", async () => {
    const later = { now: "2025-07-03T15:00" };
    expect(JSON.parse((await world.run("delegate grant --file grants.csv --json", later)).stdout).recorded).toHaveLength(1);
    expect((await world.run("delegate push --yes", later)).code).toBe(0);
    expect((await world.run(`delegate can-sign chanh-van-phong cong-van ${tanBinh}`, later)).code).toBe(0);
    const { grants } = JSON.parse((await world.run(`delegate list --unit ${tanBinh} --json`, later)).stdout);
    expect(
      grants
        .filter(({ capacity }: { capacity: string }) => capacity === "TL")
        .map(({ state }: { state: string }) => state)
        .sort(),
    ).toEqual(["live", "revoked"]);
  });

  it("suspends a right for some days: the system follows, and afterwards the right is what it was", async () => {
    const now = "2025-07-03T16:00";
    const { grants } = JSON.parse((await world.run(`delegate list --unit ${tanBinh} --json`, { now })).stdout);
    const { id } = grants.find(
      ({ capacity, state }: { capacity: string; state: string }) => capacity === "TL" && state === "live",
    );
    const line = ["delegate", "suspend", id, "--from", "2025-07-10", "--to", "2025-07-12", "--reason", "TB 21/TB-UBND"];
    expect((await world.run(line, { now })).code).toBe(0);
    expect((await world.run(line, { now })).code).toBe(0);
    expect((await world.run(["delegate", "suspend", id, "--to", "2025-07-01", "--reason", "x"], { now })).code).toBe(2);
    const pushed = await world.run("delegate push --yes --json", { now });
    expect(pushed.code).toBe(0);
    const [system] = JSON.parse(pushed.stdout).systems;
    expect([system.end.length, system.create.length]).toEqual([1, 2]);
    expect((await world.run("delegate push --yes --json", { now })).stdout).toContain('"writes": 0');
    const codesAt = async (at: string) => {
      const line = `delegate can-sign chanh-van-phong cong-van ${tanBinh} --at ${at} --json`;
      return JSON.parse((await world.run(line, { now })).stdout).codes;
    };
    expect(await codesAt("2025-07-09T23:59")).toEqual([]);
    expect(await codesAt("2025-07-10T00:00")).toEqual(["DEL-SUSPENDED", "DEL-NOT-CARRIED"]);
    expect(await codesAt("2025-07-12T23:59")).toEqual(["DEL-SUSPENDED", "DEL-NOT-CARRIED"]);
    expect(await codesAt("2025-07-13T00:00")).toEqual([]);
    const { records } = JSON.parse((await world.run("audit show --json")).stdout);
    expect(records.filter(({ action }: { action: string }) => action === "delegate.suspend")).toHaveLength(1);
  });

  it("leaves an audit chain of every grant, revoke and write", async () => {
    const { records } = JSON.parse((await world.run("audit show --json")).stdout);
    const actions = records.map((record: { action: string }) => record.action);
    expect(actions.filter((action: string) => action === "delegate.grant")).toHaveLength(5);
    expect(actions).toContain("delegate.revoke");
    expect(actions).toContain("delegate.push.create");
    expect(actions).toContain("delegate.push.end");
    expect((await world.run("audit verify")).code).toBe(0);
  });
});
