import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatCsv } from "../../../src/platform/csv.ts";
import { formatXlsx } from "../../../src/platform/xlsx.ts";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";

let world: SigningCity;
let chief: string;

beforeEach(async () => {
  world = await startSigningCity([tanBinh]);
  chief = world.findStaffId(tanBinh, "chanh-van-phong");
  (world.documents.rights as unknown[]).length = 0;
});
afterEach(() => world.city.stop());

type System = Record<string, unknown> & {
  listGrants: { map: Record<string, unknown> };
  createGrant: { body: Record<string, unknown> };
};
const change = (edit: (system: System) => unknown): void => {
  const file = join(world.cwd, "wardctl.yaml");
  const settings = JSON.parse(readFileSync(file, "utf8"));
  const { documents } = settings.delegate.systems;
  settings.delegate.systems.documents = edit(documents) ?? documents;
  writeFileSync(file, JSON.stringify(settings));
};
const grant = async (...rows: readonly string[]): Promise<void> => {
  const head = "unit,from_position,to_position,capacity,doc_types,from,to,basis_kind,basis_number,basis_date,clause";
  writeFileSync(join(world.cwd, "own.csv"), [head, ...rows, ""].join("\n"));
  const { code, stderr } = await world.run("delegate grant --file own.csv");
  expect([code, stderr.includes("fault")], stderr).toEqual([0, false]);
};
const standing = (types: string, to = "", from = "2025-07-01"): string =>
  `27004,chu-tich,chanh-van-phong,TL,${types},${from},${to},quy-che-lam-viec,01/QĐ-UBND,2025-07-01,khoản 2 Điều 7`;
const push = async (more = "") => {
  const { code, stdout, stderr } = await world.run(`delegate push --yes --json ${more}`);
  return { code, stderr, system: JSON.parse(stdout).systems[0] };
};
const answer = async (type: string) =>
  JSON.parse((await world.run(`delegate can-sign chanh-van-phong ${type} 27004 --json`)).stdout);

describe("a document system that cannot say everything", () => {
  it("is not written to where somebody could then sign what was not granted, unless that is accepted with a reason", async () => {
    change((system) => {
      delete system.listGrants.map["docTypes"];
      system.createGrant.body["docTypes"] = ["CV"];
      system["expresses"] = { docTypes: false };
    });
    await grant(standing("cong-van;thong-bao"));
    const refused = await push();
    expect(refused).toMatchObject({ code: 8, system: { writes: 0 } });
    expect(refused.system.losses).toMatchObject([{ kind: "over", what: "docTypes", staffId: chief, accepted: false }]);
    expect(refused.system.losses[0].docTypes).toContain("quyet-dinh");
    expect(refused.system.readBack.differences).toMatchObject([{ kind: "missing", docTypes: ["cong-van", "thong-bao"] }]);
    expect(refused.stderr).toContain("WIDER, NOT WRITTEN (the system cannot limit document types)");
    expect(world.documents.rights).toEqual([]);
    const accepted = await push("--accept-wider VB-12");
    expect(accepted).toMatchObject({ code: 0, system: { writes: 1, readBack: { differences: [] } } });
    expect(accepted.system.readBack.losses).toMatchObject([{ kind: "over", accepted: true }]);
    const { records } = JSON.parse((await world.run("audit show --json --action delegate.push.accept")).stdout);
    expect(records).toMatchObject([{ detail: { what: "docTypes", reason: "VB-12", staffId: chief } }]);
    // Accepted once, it stays so, and nothing flaps.
    expect(await push()).toMatchObject({ code: 0, system: { writes: 0 } });
    expect((await world.run("delegate verify")).stdout).toContain("WIDER, accepted");
    // What the system would let through is no authority all the same.
    expect((await answer("cong-van")).answer).toBe("ALLOW");
    expect(await answer("quyet-dinh")).toMatchObject({ answer: "DENY", codes: ["DEL-SCOPE"] });
  });

  it("without dates gets a right when its time has come, and never one that it would keep for ever unasked", async () => {
    change((system) => {
      delete system.listGrants.map["from"];
      delete system.listGrants.map["to"];
      system.createGrant.body["startDate"] = "2025-07-01";
      delete system.createGrant.body["endDate"];
      system["expresses"] = { window: false };
    });
    await grant(standing("cong-van"), standing("giay-moi", "2025-07-31"), standing("thong-bao", "", "2025-08-01"));
    const { code, system } = await push();
    expect([code, system.writes]).toEqual([8, 1]);
    const kinds = system.losses.map(
      ({ kind, what, docTypes }: { kind: string; what: string; docTypes: string[] }) => `${kind} ${what} ${docTypes.join()}`,
    );
    expect(kinds.sort()).toEqual(["over window giay-moi", "under window thong-bao"]);
    expect(system.readBack.differences.map(({ docTypes }: { docTypes: string[] }) => docTypes.join()).sort()).toEqual([
      "giay-moi",
      "thong-bao",
    ]);
  });

  it("that keeps whole days shows the hours that are lost as a gap, and writes the rest", async () => {
    await grant(
      `27004,chu-tich,van-hoa-xa-hoi/truong-phong,TL,cong-van,2025-07-04T10:00,2025-07-10T15:00,quy-che-lam-viec,01/QĐ-UBND,2025-07-01,Điều 7`,
    );
    const { code, system } = await push();
    expect(code).toBe(0);
    expect(system.losses).toMatchObject([
      { kind: "under", what: "hours", from: "2025-07-04T10:00:00+07:00", to: "2025-07-10T15:00:00+07:00" },
    ]);
    expect(world.documents.rights).toMatchObject([{ startDate: "2025-07-05", endDate: "2025-07-09" }]);
  });

  it("that takes one delegate a post gets the first by precedence, and the others are shown as missing", async () => {
    change((system) => {
      system["expresses"] = { multiDelegate: false };
    });
    await grant(standing("cong-van"), "27004,chu-tich,pho-chu-tich,KT,cong-van,2025-07-01,,phan-cong,02/TB-UBND,2025-07-01,");
    const { code, system } = await push();
    expect([code, system.writes]).toEqual([8, 1]);
    expect(system.create).toMatchObject([{ capacity: "KT" }]);
    expect(system.losses).toMatchObject([{ kind: "under", what: "delegates", capacity: "TL" }]);
  });

  it("that knows one capacity gets only what is granted in it", async () => {
    change((system) => {
      delete system.listGrants.map["capacity"];
      system["expresses"] = { onlyCapacity: "TL" };
    });
    await grant(standing("cong-van"), "27004,chu-tich,pho-chu-tich,KT,cong-van,2025-07-01,,phan-cong,02/TB-UBND,2025-07-01,");
    const { system } = await push();
    expect(system.create).toMatchObject([{ capacity: "TL" }]);
    expect(system.losses).toMatchObject([{ kind: "under", what: "capacity", capacity: "KT" }]);
  });

  it("must say what it does not keep: a field that is simply not mapped is a fault with its place", async () => {
    change((system) => void delete system.listGrants.map["docTypes"]);
    const { code, stderr } = await world.run("delegate verify");
    expect(code).toBe(3);
    expect(stderr).toContain("say expresses: { docTypes: false }");
  });
});

describe("a document system that only exports tables", () => {
  const headings = ["Mã quyền", "Đơn vị", "Mã cán bộ", "Loại văn bản", "Hình thức ký", "Từ ngày", "Đến ngày", "Trạng thái"];
  const right = (id: string, types: string, more: Partial<Record<number, string>> = {}): string[] =>
    [id, tanBinh, chief, types, "Thừa lệnh", "01/07/2025", "", "Đang dùng"].map((cell, at) => more[at] ?? cell);
  const exported = "2025-07-03T08:00:00+07:00";
  const write = (name: string, content: string | Uint8Array, at = exported): void => {
    writeFileSync(join(world.cwd, name), content);
    utimesSync(join(world.cwd, name), new Date(at), new Date(at));
  };
  const writeAccounts = (): void =>
    write(
      "tai-khoan.csv",
      formatCsv([
        ["Mã cán bộ", "Tài khoản", "Khóa", "Số chứng thư", "Hết hạn", "Gắn"],
        [chief, "duclv", "không", "AB12", "2028-06-20", "có"],
      ]),
    );
  const useExport = (file: string): void =>
    change(() => ({
      kind: "export",
      path: file,
      accounts: {
        path: "tai-khoan.csv",
        columns: {
          staffId: "Mã cán bộ",
          userName: "Tài khoản",
          active: { column: "Khóa", dict: { không: "true", có: "false" } },
          certSerial: "Số chứng thư",
          certNotAfter: "Hết hạn",
          bound: { column: "Gắn", dict: { có: "true", không: "false" } },
        },
      },
      columns: {
        extId: "Mã quyền",
        unit: "Đơn vị",
        staffId: "Mã cán bộ",
        docTypes: { column: "Loại văn bản", dict: { CV: "cong-van", TB: "thong-bao", QĐ: "quyet-dinh" } },
        capacity: { column: "Hình thức ký", dict: { "Thừa lệnh": "TL", "Ký thay": "KT" } },
        from: "Từ ngày",
        to: "Đến ngày",
        active: { column: "Trạng thái", dict: { "Đang dùng": "true", "Đã khóa": "false" } },
      },
    }));

  beforeEach(async () => {
    await grant(standing("cong-van;thong-bao"));
    writeAccounts();
  });

  it.each<[string, (rows: string[][]) => Promise<string | Uint8Array>]>([
    ["quyen.csv", async (rows) => formatCsv(rows, ";")],
    ["quyen.xlsx", (rows) => formatXlsx("Quyền ký", rows)],
  ])("is read back and compared by its file, as old as the file: %s", async (file, format) => {
    useExport(file);
    write(file, await format([headings, right("1", "CV; TB"), right("2", "QĐ")]));
    const { code, stdout } = await world.run("delegate verify --json");
    expect(code).toBe(8);
    const [system] = JSON.parse(stdout).systems;
    expect(system).toMatchObject({ grade: "export", at: exported, complete: true, rights: 2 });
    expect(system.differences).toMatchObject([{ kind: "excess", cause: "foreign", docTypes: ["quyet-dinh"], extId: "2" }]);
    expect((await answer("cong-van")).answer).toBe("ALLOW");
    // Twelve hours after the export its word is old, however lately it was read.
    await world.run("delegate verify", { now: "2025-07-03T21:00" });
    const late = await world.run("delegate can-sign chanh-van-phong cong-van 27004 --json", { now: "2025-07-03T21:00" });
    expect(JSON.parse(late.stdout)).toMatchObject({ answer: "UNKNOWN", codes: ["EVID-STALE"] });
  });

  it("is never written to: what is missing is a list for its administrator", async () => {
    useExport("quyen.csv");
    write("quyen.csv", formatCsv([headings, right("1", "CV")]));
    const before = readFileSync(join(world.cwd, "quyen.csv"), "utf8");
    const { code, system, stderr } = await push();
    expect([code, system.writes]).toEqual([8, 0]);
    expect(system.create).toMatchObject([{ staffId: chief, docTypes: ["thong-bao"] }]);
    expect(stderr).toContain("does the above by hand");
    expect(readFileSync(join(world.cwd, "quyen.csv"), "utf8")).toBe(before);
  });

  it("names every value and column that it does not understand, with file and line, and concludes nothing", async () => {
    useExport("quyen.csv");
    write("quyen.csv", formatCsv([headings, right("1", "CV;ZZ"), right("2", "CV", { 4: "Ký nháy", 5: "32/07/2025" })]));
    const strange = await world.run("delegate verify");
    expect(strange.code).toBe(3);
    for (const text of [
      "quyen.csv:2: field 'docTypes': value 'ZZ'",
      "quyen.csv:3: field 'capacity': value 'Ký nháy'",
      "quyen.csv:3: field 'from': value '32/07/2025'",
    ]) {
      expect(strange.stderr).toContain(text);
    }
    write("quyen.csv", formatCsv([headings.filter((name) => name !== "Đến ngày"), right("1", "CV")]));
    const short = await world.run("delegate verify");
    expect([short.code, short.stderr]).toEqual([3, expect.stringContaining("there is no column 'Đến ngày'")]);
    write("quyen.csv", formatCsv([headings, right("1", "CV"), right("1", "TB")]));
    expect((await world.run("delegate verify")).stdout).toContain("an id is listed twice");
    expect((await answer("cong-van")).answer).toBe("UNKNOWN");
  });
});
