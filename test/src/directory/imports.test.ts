import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { findOnDuty } from "../../../src/directory/contact.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import { formatUnitName } from "../../../src/directory/unit.ts";
import type { Failure } from "../../../src/platform/failure.ts";
import { contactsSample, mergesSample, openTestCache, type TestCache } from "../../support/import-table.ts";
import { needSharedData } from "../../support/shared-data.ts";

const at = (text: string): number => Date.parse(`${text}+07:00`);

/** `line: message` of every fault of a table that is refused. */
async function listFaults(cache: TestCache, text: string): Promise<string[]> {
  const failure = (await cache.load({ text }).catch((error: unknown) => error)) as Failure;
  expect(failure).toMatchObject({ name: "Failure", kind: "invalid" });
  expect(cache.recorded).toEqual([]);
  return failure.faults.map((fault) => `${fault.line}: ${fault.message.en}`);
}

describe("importing a conversion table", () => {
  it("takes the whole table in and counts what it holds", async (test) => {
    const path = needSharedData("merges.csv", test);
    const cache = await openTestCache();
    const receipt = await cache.load({ path });
    expect(receipt.counts).toEqual({
      rows: 10571,
      partial: 969,
      units: 3321,
      formerUnits: 10035,
      withoutCode: 6,
      formerProvinces: 63,
    });
    for (const unit of createDirectory("2025-07-01")?.listUnits() ?? []) {
      expect([unit.code, (await cache.formerUnits.listSources(unit.code)).length]).not.toEqual([unit.code, 0]);
    }
    const divided = await cache.database.all(
      "SELECT old_code FROM merger WHERE old_code IS NOT NULL GROUP BY old_code HAVING COUNT(*) > 1",
    );
    expect(divided).toHaveLength(440);
  });

  it("knows from which units one was formed, whole or in part", async () => {
    const cache = await openTestCache();
    expect((await cache.load({ path: mergesSample })).counts).toMatchObject({ rows: 81, units: 25 });
    const sources = async (code: string): Promise<string[]> =>
      (await cache.formerUnits.listSources(code)).map(({ former, partial }) => `${former.name}${partial ? " (part)" : ""}`);
    expect(await sources("27094")).toEqual(["Thảo Điền", "An Phú (part)", "An Khánh", "An Lợi Đông", "Thủ Thiêm"]);
    expect(await sources("19831")).toEqual(["Phong Bình", "Phong Chương", "Phong Hòa"]);
    expect([(await sources("19753")).length, (await sources("19867")).length, (await sources("23134")).length]).toEqual([
      6, 4, 2,
    ]);
  });

  it("has every former unit of the sample with all of its successors, as the whole table has", async (test) => {
    const [sample, whole] = [await openTestCache(), await openTestCache()];
    await sample.load({ path: mergesSample });
    await whole.load({ path: needSharedData("merges.csv", test) });
    const codes = await sample.database.all<{ old_code: string }>("SELECT DISTINCT old_code FROM merger");
    for (const { old_code } of codes) {
      expect(await sample.formerUnits.findByCode(old_code)).toEqual(await whole.formerUnits.findByCode(old_code));
    }
  });

  it("answers for a code by the day: Bình Hưng Hòa A until 30 June 2025, nobody after", async () => {
    const cache = await openTestCache();
    await cache.load({ path: mergesSample });
    expect((await cache.formerUnits.findByCode("27439", "2025-06-30"))?.former.name).toBe("Bình Hưng Hòa A");
    expect(await cache.formerUnits.findByCode("27439", "2025-07-01")).toBeUndefined();
    expect(formatUnitName(createDirectory("2025-07-01")?.findUnit("27439") as never)).toBe("Phường Bình Hưng Hòa");
  });

  it("writes once, however often the same file is imported, and records it once", async () => {
    const cache = await openTestCache();
    const first = await cache.load({ path: mergesSample });
    const again = await cache.load({ path: mergesSample }, { nowIso: "2025-07-04T10:00:00+07:00" });
    expect(first.alreadyImportedAt).toBeUndefined();
    expect(again.alreadyImportedAt).toBe("2025-07-03T10:00:00+07:00");
    expect(await cache.database.all("SELECT * FROM merger")).toHaveLength(81);
    expect(cache.recorded).toHaveLength(1);
  });

  it("replaces the lines of the units that a newer table names and leaves the others", async () => {
    const cache = await openTestCache();
    await cache.load({ path: mergesSample });
    const [head] = (await readFile(mergesSample, "utf8")).split("\n");
    await cache.load({ text: `${head}\n19831,19831,Phong Bình,xã,Thị xã Phong Điền,Thành phố Huế,no,476,46,,\n` });
    expect(await cache.formerUnits.listSources("19831")).toHaveLength(1);
    expect(await cache.formerUnits.listSources("27094")).toHaveLength(5);
  });

  it("keeps nothing when the audit record cannot be written", async () => {
    const cache = await openTestCache();
    const record = (): Promise<never> => Promise.reject(new Error("no audit"));
    await expect(cache.load({ path: mergesSample }, { record })).rejects.toThrow("no audit");
    expect(await cache.formerUnits.isEmpty()).toBe(true);
  });

  it("names every fault with its line, and changes nothing", async () => {
    const cache = await openTestCache();
    const head = "old_name;old_code;new_code;old_type;partial;old_province;old_district";
    const faults = await listFaults(
      cache,
      [
        head,
        "Thảo Điền;27088;27094;phường;no;Thành phố Hồ Chí Minh;Thành phố Thủ Đức",
        "Thảo Điền;27088;27094;phường;no;Thành phố Hồ Chí Minh;Thành phố Thủ Đức",
        "An Phú;27091;2709;phường;maybe;Thành phố Hồ Chí Minh;Thành phố Thủ Đức",
        "An Khánh;4;99999;làng;no;;Thành phố Thủ Đức",
        ";27088;27097;phường;yes;Thành phố Hồ Chí Minh;Thành phố Thủ Đức",
      ].join("\n"),
    );
    expect(faults).toEqual([
      "3: 27094 27088 already stands on line 2",
      expect.stringMatching(/^4: column new_code: unit code '2709' has 4 digits, need 5 \(did you mean .*27094 Phường An Khánh/),
      "4: column partial: 'maybe' must be yes or no",
      "5: column new_code: unit code '99999' is not a unit on 2025-07-01",
      "5: old code '4' must have 5 digits",
      "5: old type 'làng' is not known (known: phường, xã, thị trấn, huyện, khác)",
      "5: the old province is missing",
      "6: the old name is missing",
      "6: old code 27088 is another unit on line 2 (phuong, Thảo Điền, Thành phố Thủ Đức, Thành phố Hồ Chí Minh)",
    ]);
    expect(await cache.formerUnits.isEmpty()).toBe(true);
  });

  it("asks for the day when nothing in the file tells it", async () => {
    const cache = await openTestCache();
    const text = "new_code,old_code,old_name,old_type,partial,old_province\n27094,27088,Thảo Điền,phường,no,TP.HCM\n";
    await expect(cache.load({ text })).rejects.toMatchObject({ kind: "usage", hint: { en: "add --effective 2025-07-01" } });
    await expect(cache.load({ text }, { effective: "2025-06-01" })).rejects.toMatchObject({ kind: "usage" });
    expect((await cache.load({ text }, { effective: "2025-07-01" })).effective).toBe("2025-07-01");
  });

  it("refuses a table it does not know, an empty one, and a roster by its own name", async () => {
    const cache = await openTestCache();
    await expect(cache.load({ text: "a,b\n1,2\n" })).rejects.toMatchObject({
      kind: "invalid",
      hint: { en: expect.stringContaining("unit, carrier") },
    });
    await expect(cache.load({ text: "" })).rejects.toMatchObject({ kind: "invalid" });
    await expect(cache.load({ text: "unit,carrier\n" })).rejects.toMatchObject({
      kind: "invalid",
      words: { en: "table.csv: has no rows" },
    });
    await expect(cache.load({ text: "Mã NV,Họ và tên\n1,A\n" })).rejects.toMatchObject({
      hint: { en: expect.stringContaining("provision plan") },
    });
    await expect(cache.load({ text: "unit,carrier,Đơn vị\n" })).rejects.toMatchObject({
      words: { en: "table.csv: a column twice" },
    });
  });
});

describe("importing changes", () => {
  const head = "code,name,province_code,change,effective,basis";

  it("takes what is built in already without changing the answer", async (test) => {
    const cache = await openTestCache();
    const { counts } = await cache.load({ path: needSharedData("changes_since_2025.csv", test) });
    expect(counts).toEqual({ rows: 11, units: 10, provinces: 1 });
    const kinds = createDirectory("2026-04-30", await cache.readChanges())?.listUnits({ kind: "phuong" });
    expect(kinds).toHaveLength(697);
  });

  it("applies kinds and names from their day on", async () => {
    const cache = await openTestCache();
    await cache.load({
      text: `${head}\n19867,Quảng Điền,46,xã -> phường,01/3/2027,1/NQ\n20182,Long Quảng Mới,46,đổi tên,2027-03-01,2/NQ\n68,Lâm Đồng,68,tỉnh → thành phố,2027-03-01,3/NQ\n`,
    });
    const changes = await cache.readChanges();
    const name = (date: string, code: string): string => formatUnitName(createDirectory(date, changes)?.findUnit(code) as never);
    expect([name("2027-02-28", "19867"), name("2027-03-01", "19867")]).toEqual(["Xã Quảng Điền", "Phường Quảng Điền"]);
    expect(name("2027-03-01", "20182")).toBe("Xã Long Quảng Mới");
    expect(createDirectory("2027-03-01", changes)?.findProvince("68")?.kind).toBe("thanh-pho");
  });

  it("names every fault", async () => {
    const rows = [
      "19867,Quảng Điền,46,phường -> xã,2027-03-01,1/NQ",
      "19867,Quảng Điền B,46,xã -> phường,2027-03-02,1/NQ",
      "99999,Không,46,xã -> phường,2027-03-01,1/NQ",
      "19867,Quảng Điền,46,to hơn,2027-03-03,1/NQ",
      "19867,Quảng Điền,46,tỉnh -> thành phố,2027-03-04,1/NQ",
      "19867,Quảng Điền,46,xã -> phường,2025-07-01,1/NQ",
      "19867,Quảng Điền,46,xã -> phường,2027-03-05,",
    ];
    expect(await listFaults(await openTestCache(), `${head}\n${rows.join("\n")}\n`)).toEqual([
      "2: 19867 Quảng Điền is xã before that day, not as in 'phường -> xã'",
      "3: 19867 is called 'Quảng Điền', not 'Quảng Điền B'; for a new name write 'đổi tên' in the column change",
      "4: code '99999' is neither a unit (5 digits) nor a province (2 digits)",
      "5: change 'to hơn' is not readable; write 'xã -> phường', 'tỉnh -> thành phố' or 'đổi tên'",
      "6: change 'tỉnh -> thành phố' is not readable; write 'xã -> phường', 'tỉnh -> thành phố' or 'đổi tên'",
      "7: effective day '2025-07-01' must be a day after 2025-07-01 (2026-04-30 or 30/4/2026)",
      "8: the basis is missing (the document's number)",
    ]);
  });
});

describe("importing contacts", () => {
  it("takes the 40 units of Huế with who is on duty when", async () => {
    const cache = await openTestCache();
    const { counts } = await cache.load({ path: contactsSample });
    expect(counts).toEqual({ rows: 80, units: 40, duties: 80, carriers: 3 });
    const contact = await cache.contacts.findContact("19777");
    expect(contact).toMatchObject({ carrier: "VNPT", hotline: "0234 000 0001", source: "sample" });
    const duty = (text: string) => findOnDuty(contact?.duties ?? [], at(text));
    expect(duty("2025-07-31T23:59:59").now.map((one) => one.technician)).toEqual(["Nguyễn Thị Thử"]);
    expect(duty("2025-07-31T23:59:59").next?.technician).toBe("Phan Văn Ví Dụ");
    expect(duty("2025-08-01T00:00:00").now.map((one) => one.technician)).toEqual(["Phan Văn Ví Dụ"]);
    expect(duty("2025-08-01T00:00:00").next).toBeUndefined();
    expect(duty("2025-06-30T23:59:59").now).toEqual([]);
    expect((await cache.contacts.listContacts()).map(({ unit }) => unit)).toHaveLength(40);
  });

  it("reads Vietnamese headings in any order, names for codes, and joins a unit's rows", async () => {
    const cache = await openTestCache();
    await cache.load({
      text: [
        "Kỹ thuật viên;Đơn vị;Trực từ;Trực đến;Nhà mạng;Đường dây nóng",
        "Trần Thị Mẫu;P. Vỹ Dạ;03/7/2025 07:30;03/7/2025 16:30;VNPT;1022",
        "Lê Văn Mẫu;19777;;;;",
      ].join("\n"),
    });
    expect(await cache.contacts.findContact("19777")).toEqual({
      unit: "19777",
      carrier: "VNPT",
      hotline: "1022",
      duties: [
        { technician: "Lê Văn Mẫu" },
        { technician: "Trần Thị Mẫu", from: at("2025-07-03T07:30:00"), to: at("2025-07-03T16:30:00") },
      ],
    });
  });

  it("takes them before the first day too, for the units of that day", async () => {
    const cache = await openTestCache();
    expect((await cache.load({ path: contactsSample }, { today: "2025-06-22" })).counts).toMatchObject({ units: 40 });
  });

  it("leaves the contacts of units that a newer file does not name", async () => {
    const cache = await openTestCache();
    await cache.load({ path: contactsSample });
    await cache.load({ text: "unit,carrier\n19777,Viettel\n" });
    expect(await cache.contacts.findContact("19777")).toEqual({ unit: "19777", carrier: "Viettel", duties: [] });
    expect((await cache.contacts.findContact("19774"))?.duties).toHaveLength(2);
  });

  it("names every fault", async () => {
    const rows = [
      "vy da,VNPT,,,,,",
      "Xã Hương An,VNPT,,,,,",
      "4,VNPT,,,,,",
      "19777,VNPT,234000001,,,,",
      "19777,Viettel,abc,,,,",
      "19774,VNPT,,Lê Văn Mẫu,,2025-07-03,2025-07-02",
      "19774,VNPT,,,,mai,",
      "19774,VNPT,,,0900 000 001,,",
      "19774,VNPT,19001234,Lê Văn Mẫu,+84 900 000 001,2025-07-03,2025-07-03",
    ];
    const head = "unit,carrier,hotline,technician,technician_phone,on_duty_from,on_duty_to";
    expect(await listFaults(await openTestCache(), `${head}\n${rows.join("\n")}\n`)).toEqual([
      "2: 'vy da': the diacritics do not fit; if 19777 Phường Vỹ Dạ, Thành phố Huế is meant, write the code 19777",
      "3: 'Xã Hương An': the kind of unit does not fit; if 19804 Phường Hương An, Thành phố Huế is meant, write the code 19804",
      "4: unit code '4' has 1 digit, need 5 (did you mean 00004 Phường Ba Đình?)",
      "5: column hotline: '234000001' has probably lost its leading 0 (0234000001?)",
      "6: column hotline: 'abc' is not a phone number",
      "6: column carrier: 'Viettel' differs from 'VNPT' on line 5 for the same unit",
      "6: column hotline: 'abc' differs from '234000001' on line 5 for the same unit",
      "7: on_duty_to '2025-07-02' is not after on_duty_from '2025-07-03'",
      "8: column on_duty_from: 'mai' is not a time (2025-07-03T07:30 or 03/7/2025 07:30)",
      "8: a time or phone on duty without a name",
      "9: a time or phone on duty without a name",
    ]);
  });
});
