import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";

let world: SigningCity;
beforeAll(async () => {
  world = await startSigningCity();
});
afterAll(() => world.city.stop());

const head = "unit,from_position,to_position,capacity,doc_types,from,to,basis_kind,basis_number,basis_date,clause,person";
const give = async (...rows: string[]) => {
  await writeFile(join(world.cwd, "bad.csv"), [head, ...rows, ""].join("\n"));
  return world.run("delegate grant --file bad.csv");
};
const listAll = async () => JSON.parse((await world.run("delegate list --json")).stdout).grants;

describe("delegate grant", () => {
  it("tells every fault of a file at once, with line, column and what to do, and records nothing", async () => {
    const { code, stdout, stderr } = await give(
      "27004,chu-tich,chanh-van-phong,TL,cong-van,2025-07-01,,quy-che-lam-viec,01/QĐ-UBND,2025-07-01,,",
      "2700,chu-tich,chanh-van-phong,TL,cong-van,2025-07-01,,quy-che-lam-viec,01/QĐ-UBND,2025-07-01,khoản 2 Điều 7,",
      "27004,chu-tich,pho-chu-tich,TUQ,cong-van,2025-07-01,2025-12-31,quyet-dinh,5/QĐ,2025-07-01,,",
      "27004,chu-tich,chanh-van-phong,TUQ,cong-van,2025-07-01,,quyet-dinh,5/QĐ,2025-07-01,,",
      "27004,chu-tich,truong-phong,TL,cong-vann,31/02/2025,,quy-che-lam-viec,01,2025-07-01,khoản 2,CB99",
    );
    expect(code).toBe(3);
    expect(stdout).toBe("");
    expect(stderr).toContain("bad.csv:2:11: signing by order needs the clause of the regulation");
    expect(stderr).toContain("bad.csv:3:1: unit code '2700' has 4 digits, need 5");
    expect(stderr).toContain("bad.csv:4:4: a deputy (Vice Chairman) never signs TUQ.");
    expect(stderr).toContain(
      "bad.csv:5:7: capacity TUQ needs 'to': delegation is always limited in time (Decree 30/2020 Art. 13.3)",
    );
    expect(stderr).toContain(
      "bad.csv:6:3: 'truong-phong': which department? write: kinh-te-ha-tang-do-thi/truong-phong, van-hoa-xa-hoi/truong-phong",
    );
    expect(stderr).toContain("bad.csv:6:5: there is no document type 'cong-vann' (did you mean 'cong-van'?)");
    expect(stderr).toContain("bad.csv:6:6: '31/02/2025' is not a date");
    expect(stderr).toContain("bad.csv:6:12: staff id 'CB99' is not in the register");
    expect(stderr).toContain("8 faults; nothing was recorded");
    expect(await listAll()).toEqual([]);
  });

  it("tells what is wrong with the head of a file", async () => {
    await writeFile(join(world.cwd, "head.csv"), "unit,capacityy,doc_types\n27004,TL,cong-van\n");
    const { code, stderr } = await world.run("delegate grant --file head.csv");
    expect(code).toBe(3);
    expect(stderr).toContain("head.csv:1:2: there is no column 'capacityy' (did you mean 'capacity'?)");
    expect(stderr).toContain("head.csv:1: column 'to_position' is missing");
  });

  it("reads a file with Vietnamese headings, names and dates", async () => {
    const rows = [
      "Mã đơn vị;Chức vụ giao;Chức vụ nhận;Thể thức ký;Loại văn bản;Từ ngày;Đến ngày;Loại căn cứ;Số căn cứ;Ngày căn cứ;Điều khoản",
      "Phường Tân Bình;Chủ tịch UBND;Chánh Văn phòng;thừa lệnh;Công văn, Giấy mời;01/7/2025;31/12/2025;Quy chế làm việc;01/QĐ-UBND;01/7/2025;khoản 2 Điều 7",
    ];
    await writeFile(join(world.cwd, "vi.csv"), `\uFEFF${rows.join("\r\n")}\r\n`);
    const { code, stdout } = await world.run("delegate grant --file vi.csv --json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout).recorded).toMatchObject([
      {
        unit: tanBinh,
        toPosition: "van-phong/chanh-van-phong",
        capacity: "TL",
        docTypes: ["cong-van", "giay-moi"],
        // The last day is a whole day: the window ends at the midnight after it.
        to: "2026-01-01T00:00:00+07:00",
      },
    ]);
  });

  it("records the sound rows of a faulty file when told to, and gives the others back to be mended", async () => {
    const sound =
      "27004,chu-tich,van-hoa-xa-hoi/truong-phong,TL,giay-moi,2025-07-01,,quy-che-lam-viec,01/QĐ-UBND,2025-07-01,khoản 4,";
    const faulty = "27004,chu-tich,pho-chu-tich,TUQ,cong-van,2025-07-01,2025-12-31,quyet-dinh,5/QĐ,2025-07-01,,";
    await writeFile(join(world.cwd, "mixed.csv"), [head, sound, faulty, ""].join("\n"));
    const { code, stdout, stderr } = await world.run("delegate grant --file mixed.csv --skip-invalid --json");
    expect(code).toBe(7);
    expect(JSON.parse(stdout).recorded).toMatchObject([{ toPosition: "van-hoa-xa-hoi/truong-phong" }]);
    expect(stderr).toContain("mixed.csv:3:4: a deputy");
    const left = await readFile(join(world.cwd, "mixed.skipped.csv"), "utf8");
    expect(left).toBe(`${head}\r\n${faulty}\r\n`);
    await writeFile(join(world.cwd, "mixed.skipped.csv"), left.replace("TUQ", "KT").replace("quyet-dinh", "phan-cong"));
    expect((await world.run("delegate grant --file mixed.skipped.csv")).code).toBe(0);
  });

  it("names the flag when a single grant is faulty", async () => {
    const { code, stderr } = await world.run(
      "delegate grant --unit 27004 --to-position chanh-van-phong --capacity TL --doc-types cong-van --basis-kind quyet-dinh --basis-number 5 --basis-date 2025-07-01 --lang vi",
    );
    expect(code).toBe(3);
    expect(stderr).toContain("--basis-kind: ký thừa lệnh phải do Quy chế làm việc");
    expect(stderr).toContain("đừng chuyển thành TUQ");
    expect((await world.run("delegate grant")).stderr).toContain("--unit: 'unit' is missing");
  });

  it("keeps a TUQ without effect until a second person approves", async () => {
    const line =
      "delegate grant --unit 27004 --to-position chanh-van-phong --capacity TUQ --doc-types quyet-dinh --basis-kind quyet-dinh --basis-number 5/QĐ-UBND --basis-date 2025-07-01 --to 2025-12-31 --json";
    const recorded = await world.run(line);
    expect(recorded.code).toBe(8);
    const [{ id }] = JSON.parse(recorded.stdout).recorded;
    expect((await world.run("delegate push --yes")).code).toBe(8);
    const ask = async () => JSON.parse((await world.run("delegate can-sign chanh-van-phong quyet-dinh 27004 --json")).stdout);
    expect(await ask()).toMatchObject({ answer: "DENY", codes: ["DEL-PENDING", "DEL-NOT-CARRIED"] });

    const own = await world.run(["delegate", "approve", id]);
    expect(own.code).toBe(6);
    expect(own.stderr).toContain("it takes a second person");
    const settings = join(world.cwd, "wardctl.yaml");
    const before = await readFile(settings, "utf8");
    const chief = world.findStaffId(tanBinh, "chanh-van-phong");
    await writeFile(settings, before.replace("{", `{"operator": "${chief}",`));
    expect((await world.run(["delegate", "approve", id])).code).toBe(6);
    await writeFile(settings, before.replace("{", '{"operator": "Trần Thị Bình",'));
    const approved = await world.run(["delegate", "approve", id]);
    expect(approved.code).toBe(0);
    expect(approved.stdout).toContain(
      "27004  TUQ.  Chief of Office  Decision  1 July 2025 → 31 December 2025  decision 5/QĐ-UBND",
    );
    expect(await world.run(["delegate", "approve", id])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("was approved before"),
    });
    await world.run("delegate push --yes");
    expect(await ask()).toMatchObject({ answer: "ALLOW", capacity: "TUQ", signatureBlock: ["TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"] });
    expect((await world.run(["delegate", "revoke", id, "--reason", "QĐ 9/QĐ-UBND"])).code).toBe(0);
    expect((await world.run(["delegate", "approve", id])).stderr).toContain("was revoked");
    const { records } = JSON.parse((await world.run("audit show --json")).stdout);
    expect(records.filter(({ action }: { action: string }) => action === "delegate.approve")).toHaveLength(1);
    await writeFile(settings, before);
  });

  it("says which id is unknown", async () => {
    expect(await world.run("delegate revoke nothing --reason x")).toMatchObject({ code: 3 });
    expect((await world.run("delegate approve nothing --lang vi")).stderr).toContain("không có quyền ký mã 'nothing'");
  });
});

describe("delegate can-sign, asked as people ask", () => {
  const ask = (person: string, unit: string) => world.run(["delegate", "can-sign", person, "cong-van", unit]);

  it("finds a unit beside the province by its name, and never by unmarked letters", async () => {
    for (const name of ["Phường Vỹ Dạ", "P. Vỹ Dạ", "UBND phường Vỹ Dạ"]) {
      expect((await ask("chu-tich", name)).stdout).toContain("(19777)");
    }
    expect((await ask("chu-tich", "phuong vy da")).stderr).toContain("19777");
    expect((await ask("chu-tich", "phuong vy da")).code).toBe(3);
  });

  it("asks which of several holders of a post is meant, in whatever department", async () => {
    const { code, stderr } = await ask("chuyen-vien", "27004");
    expect(code).toBe(3);
    expect(stderr).toContain("'chuyen-vien' may be: CB27004");
    expect((await ask("Văn thư", "27004")).stdout).toContain("Clerk");
    expect((await ask("Phó Chủ tịch", "27004")).stdout).toContain("Vice Chairman");
    expect((await ask("pho-chanh-van-phong", "27004")).stderr).toContain("nobody is known to hold the post");
  });

  it("does not say that nobody can sign where nothing was read, nor tells to read what is over", async () => {
    const past = await world.run("delegate can-sign chu-tich cong-van 27004 --at 2025-07-02T09:00 --json");
    expect(past.code).toBe(8);
    const answer = JSON.parse(past.stdout);
    expect(answer).toMatchObject({ answer: "UNKNOWN", repair: [], othersWhoCan: [] });
    expect(answer.othersUnknown.length).toBeGreaterThan(0);
    const shown = await world.run("delegate can-sign chu-tich cong-van 27004 --at 2025-07-02T09:00 --lang vi");
    expect(shown.stdout).toContain("lúc đó chưa có lần đọc nào còn hạn dùng");
    expect(shown.stdout).not.toContain("delegate verify");
    expect(shown.stdout).not.toContain("không có ai");
  });
});

describe("delegate can-sign, asked badly", () => {
  it("never guesses a person, a type or a unit", async () => {
    const ask = async (person: string, type: string, unit: string) => world.run(["delegate", "can-sign", person, type, unit]);
    expect(await ask("Nguyễn Không Có", "cong-van", "27004")).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("is nobody in"),
    });
    expect((await ask("chanh-van-phong", "cong-vam", "27004")).stderr).toContain("did you mean 'cong-van'?");
    expect((await ask("chanh-van-phong", "cong-van", "2700")).stderr).toContain("need 5");
    expect((await world.run("delegate can-sign chu-tich cong-van 27004 --at nonsense")).code).toBe(2);
  });
});
