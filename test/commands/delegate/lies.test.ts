import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DocumentsLie } from "../../../src/city/documents-lies.ts";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";

/** A document system that is wrong about itself. No answer of it is believed before it was read back. */
describe("a document system that lies", () => {
  let world: SigningCity;
  beforeEach(async () => {
    world = await startSigningCity([tanBinh]);
    world.city.faults.on("chief-cannot-sign", tanBinh);
    await world.run("delegate grant --file grants.csv");
  });
  afterEach(() => world.city.stop());

  const pushUnder = async (lie: DocumentsLie) => {
    world.documents.lies.add(lie);
    const { code, stdout } = await world.run("delegate push --yes --json");
    return { code, system: stdout === "" ? undefined : JSON.parse(stdout).systems[0] };
  };
  const answerNow = async () => JSON.parse((await world.run("delegate can-sign chanh-van-phong cong-van 27004 --json")).stdout);

  it("is caught when it takes a write and does not keep it", async () => {
    const { code, system } = await pushUnder("not-kept");
    expect(code).toBe(8);
    expect(system.readBack.differences).toMatchObject([{ kind: "missing", unit: tanBinh }]);
    expect(await answerNow()).toMatchObject({ answer: "DENY", codes: ["DEL-NOT-CARRIED"] });
  });

  it("is caught when it drops a type", async () => {
    const { code, system } = await pushUnder("types-dropped");
    expect(code).toBe(8);
    expect(system.readBack.differences).toMatchObject([{ kind: "missing", docTypes: ["cong-van"] }]);
    expect(await answerNow()).toMatchObject({ answer: "DENY", codes: ["DEL-NOT-CARRIED"] });
  });

  it("is caught when it lets a right run a day longer", async () => {
    const row =
      "27004,chu-tich,giam-doc-trung-tam,TL,cong-van,2025-07-01,2025-07-31,quy-che-lam-viec,01/QĐ-UBND,2025-07-01,khoản 3 Điều 7";
    const head = "unit,from_position,to_position,capacity,doc_types,from,to,basis_kind,basis_number,basis_date,clause";
    await writeFile(join(world.cwd, "more.csv"), `${head}\n${row}\n`);
    await world.run("delegate grant --file more.csv");
    const { code, system } = await pushUnder("end-shifted");
    expect(code).toBe(8);
    expect(system.readBack.differences).toMatchObject([
      { kind: "excess", cause: "wider", from: "2025-08-01T00:00:00+07:00", to: "2025-08-02T00:00:00+07:00" },
    ]);
  });

  it("is caught when it still lets an ended right be used", async () => {
    expect((await world.run("delegate push --yes")).code).toBe(0);
    const { grants } = JSON.parse((await world.run("delegate list --json")).stdout);
    const { id } = grants.find((grant: { capacity: string }) => grant.capacity === "TL");
    await world.run(["delegate", "revoke", id, "--reason", "x"]);
    const { code, system } = await pushUnder("ended-still-active");
    expect(code).toBe(8);
    expect(system.readBack.differences).toMatchObject([{ kind: "excess", cause: "ended", grant: id }]);
  });

  it("is caught with a right that nobody granted, and that right is left alone", async () => {
    const { code, system } = await pushUnder("foreign-right");
    expect(code).toBe(8);
    expect(system.end).toEqual([]);
    expect(system.readBack.differences).toMatchObject([
      { kind: "excess", cause: "foreign", capacity: "TUQ", docTypes: ["quyet-dinh"] },
    ]);
  });

  it.each<[DocumentsLie, readonly string[], object]>([
    ["stale-list", ["missing"], { answer: "DENY", codes: ["DEL-NOT-CARRIED"] }],
    ["start-shifted", ["missing"], { answer: "DENY", codes: ["DEL-NOT-CARRIED"], nextAllowAt: "2025-07-04T00:00:00+07:00" }],
    ["mode-swapped", ["missing", "excess"], { answer: "DENY", codes: ["DEL-NOT-CARRIED"] }],
    ["delegate-swapped", ["missing", "excess"], { answer: "DENY", codes: ["DEL-NOT-CARRIED"] }],
  ])("is caught when what it carries is not what was written: %s", async (lie, kinds, answer) => {
    const { code, system } = await pushUnder(lie);
    expect(code).toBe(8);
    expect(system.readBack.differences.map(({ kind }: { kind: string }) => kind)).toEqual(kinds);
    expect(await answerNow()).toMatchObject(answer);
  });

  it("is not believed about a person when it answers about another", async () => {
    world.documents.lies.add("other-user");
    const verified = await world.run("delegate verify --json");
    expect(verified.code).toBe(8);
    expect(JSON.parse(verified.stdout).systems[0].accounts.unread.length).toBeGreaterThan(1);
    expect((await world.run("delegate push --yes")).code).toBe(5);
    expect(world.city.requests.some(({ method }) => method !== "GET")).toBe(false);
  });

  it.each<DocumentsLie>(["pages-loop", "total-wrong", "listed-twice"])(
    "gives no conclusion from half a listing, and no write: %s",
    async (lie) => {
      const { code } = await pushUnder(lie);
      expect(code).toBe(5);
      expect(world.city.requests.some(({ method }) => method !== "GET")).toBe(false);
      const verified = await world.run("delegate verify --json");
      expect(verified.code).toBe(8);
      expect(JSON.parse(verified.stdout).systems[0]).toMatchObject({ complete: false, rights: null, differences: [] });
      expect(await answerNow()).toMatchObject({ answer: "UNKNOWN", codes: ["EVID-NONE"] });
    },
  );

  it("names every value that it does not understand", async () => {
    world.documents.lies.add("strange-type");
    const { code, stderr } = await world.run("delegate verify");
    expect(code).toBe(3);
    expect(stderr).toContain("field 'docTypes': value 'XX' is not understood");
    expect(stderr).toContain("delegate.systems.documents");
  });

  it("is not there at all: unavailable, and nothing is concluded", async () => {
    await world.city.stop();
    expect((await world.run("delegate verify")).code).toBe(5);
    expect(await answerNow()).toMatchObject({ answer: "UNKNOWN" });
  });

  it("cannot carry a right for somebody without an account, and says so", async () => {
    const chief = world.findStaffId(tanBinh, "chanh-van-phong");
    world.city.accounts.documents.accounts.delete(chief);
    const { code, stdout, stderr } = await world.run("delegate push --yes --json");
    expect(code).toBe(8);
    expect(stderr).toContain("ACC-MISSING");
    expect(JSON.parse(stdout).systems[0].blocked).toMatchObject([{ staffId: chief, code: "ACC-MISSING" }]);
    expect(await answerNow()).toMatchObject({
      answer: "DENY",
      codes: ["DEL-NOT-CARRIED", "ACC-MISSING"],
      sides: { legal: "ok", configuration: "missing", readiness: "missing" },
    });
  });

  it("is not written to by a clock that was set by hand, unless it is on this machine", async () => {
    const { applyPush } = await import("../../../src/delegation/push.ts");
    const { createPinnedClock } = await import("../../../src/platform/clock.ts");
    const plan = { create: [], end: [], foreign: [], blocked: [], losses: [], accepting: [] };
    const push = (url: string) => applyPush({ clock: createPinnedClock(0) } as never, { url, system: "real" } as never, plan);
    await expect(push("https://qlvb.example.vn/api")).rejects.toMatchObject({ kind: "unsafe" });
    await expect(push("https://127.0.0.1:8443/api")).resolves.toBeUndefined();
  });
});

describe("without a document system", () => {
  it("says what to set up", async () => {
    const world = await startSigningCity([tanBinh]);
    await world.city.stop();
    await writeFile(join(world.cwd, "wardctl.yaml"), 'name: Test\nprovince: "79"\n');
    const { code, stderr } = await world.run("delegate verify --lang vi");
    expect(code).toBe(2);
    expect(stderr).toContain("chưa khai báo phần mềm văn bản nào");
  });
});
