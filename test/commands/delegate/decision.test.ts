import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";
import { readLines, readParts } from "../../support/word-file.ts";

let world: SigningCity;
let grants: { id: string; capacity: string; unit: string }[];

beforeAll(async () => {
  world = await startSigningCity();
  await world.run("delegate grant --file grants.csv");
  grants = JSON.parse((await world.run("delegate list --json")).stdout).grants;
});
afterAll(() => world.city.stop());

const idOf = (capacity: string): string => grants.find((grant) => grant.capacity === capacity && grant.unit === tanBinh)!.id;
const readDocument = async (name: string): Promise<string[]> =>
  readLines(readParts(await readFile(join(world.cwd, name))).get("word/document.xml")!);

describe("wardctl delegate decision", () => {
  it("leaves number and day free, says so, and records that the paper was drafted", async () => {
    const { code, stdout } = await world.run(["delegate", "decision", idOf("KT"), "--out", "phan-cong.docx", "--lang", "vi"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Đã ghi dự thảo thông báo phân công ra phan-cong.docx");
    expect(stdout).toContain("Để trống: số, ngày ký.");
    expect(await readDocument("phan-cong.docx")).toContain("Số: ……/TB-UBND");
    const { records } = JSON.parse((await world.run("audit show --json --action delegate.decision")).stdout);
    expect(records).toMatchObject([{ subject: idOf("KT"), detail: { kind: "notice", file: "phan-cong.docx", number: null } }]);
  });

  it("fills in the number and the day that are given, and names the head in office", async () => {
    const line = ["delegate", "decision", idOf("TL"), "--out", "quy-che.docx", "--number", "7", "--date", "2025-07-07", "--json"];
    const { code, stdout } = await world.run(line);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "wardctl.delegate-decision/1",
      kind: "clause",
      number: "07/QĐ-UBND",
      date: "2025-07-07",
      signatureBlock: ["CHỦ TỊCH"],
    });
    const lines = await readDocument("quy-che.docx");
    expect(lines).toContain("Tân Bình, ngày 07 tháng 7 năm 2025");
    expect(lines).toContain(JSON.parse(stdout).signer);
  });

  it.each([
    ["no such grant", ["nothing", "--out", "x.docx"], 3, "there is no grant 'nothing'"],
    ["another kind of file", ["ID", "--out", "x.pdf"], 2, "must end in .docx"],
    ["a number no document bears", ["ID", "--out", "x.docx", "--number", "năm"], 2, "is no document number"],
    ["a day that is none", ["ID", "--out", "x.docx", "--date", "31/02/2025"], 2, "is not an instant"],
  ])("refuses %s and writes nothing", async (_name, words, code, message) => {
    const result = await world.run(["delegate", "decision", ...words.map((word) => (word === "ID" ? idOf("TL") : word))]);
    expect([result.code, result.stdout]).toEqual([code, ""]);
    expect(result.stderr).toContain(message);
    await expect(access(join(world.cwd, "x.docx"))).rejects.toThrow();
  });
});

describe("wardctl delegate summary", () => {
  it("lists head, deputies and heads of departments with their exact blocks", async () => {
    const { code, stdout } = await world.run("delegate summary --unit 27004 --out bang.html --lang vi");
    expect([code, stdout]).toEqual([0, "Đã ghi 1 đơn vị ra bang.html\n"]);
    const page = await readFile(join(world.cwd, "bang.html"), "utf8");
    for (const text of [
      "Phường Tân Bình (27004)",
      "TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG",
      "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
      "khoản 2 Điều 7",
    ]) {
      expect(page).toContain(text);
    }
    expect(page).not.toMatch(/<script|https?:/);
  });

  it("writes the same as a Word file, and refuses what is neither", async () => {
    expect((await world.run("delegate summary --out bang.docx")).code).toBe(0);
    expect(await readDocument("bang.docx")).toContain("TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG");
    expect((await world.run("delegate summary --out bang.xlsx")).code).toBe(2);
  });

  it("leaves out what was revoked", async () => {
    await world.run(["delegate", "revoke", idOf("TL"), "--reason", "thử"]);
    await world.run("delegate summary --unit 27004 --out bang.html");
    expect(await readFile(join(world.cwd, "bang.html"), "utf8")).not.toContain("TL. CHỦ TỊCH");
  });
});
