import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { type WriteSheet, writeXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { defaultDepartments } from "../../../src/directory/department.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import { defaultPositions } from "../../../src/directory/position.ts";
import { type Failure, formatFault } from "../../../src/platform/failure.ts";
import { parseXlsx } from "../../../src/platform/xlsx.ts";
import { formatMendedRoster, isRepaired, mendRoster } from "../../../src/provision/mend-roster.ts";
import { type ExaminedRoster, examineRoster, readRoster } from "../../../src/provision/roster-reader.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const units = new Set(["27004", "19777", "31078", "00004", "25807", "27676"]);
const head = "staff_id,full_name,birth_date,unit_code,department,position,staff_class,start_date,end_date,phone";
const order = head.split(",");
type Cells = Readonly<Record<string, string>>;
const sound: Cells = {
  staff_id: "CB1",
  full_name: "Trần Thị Lan",
  unit_code: "27004",
  department: "van-phong",
  position: "van-thu",
  staff_class: "cong_chuc",
  start_date: "01/07/2025",
};

function toLine(change: Cells, separator = ","): string {
  const cells: Cells = { ...sound, ...change };
  return order.map((column) => `"${(cells[column] ?? "").replaceAll('"', '""')}"`).join(separator);
}

async function write(content: string | Uint8Array, name = "roster.csv"): Promise<string> {
  const path = join(await makeTestFolder(), name);
  await writeFile(path, content);
  return path;
}

function toRequest(path: string, today = "2025-07-03") {
  const rules = {
    directory: createDirectory(today)!,
    departments: defaultDepartments,
    positions: defaultPositions,
    units,
    denied: new Set<string>(),
    today,
  };
  return { path, file: "roster.csv", rules };
}

async function examine(content: string | Uint8Array, name?: string): Promise<ExaminedRoster> {
  return examineRoster(toRequest(await write(content, name)));
}

const examineLines = (...lines: readonly string[]): Promise<ExaminedRoster> => examine([head, ...lines].join("\n"));
const tell = ({ faults }: ExaminedRoster): string[] =>
  faults.map((fault) => `${formatFault(fault, "en")}${isRepaired(fault) ? " ✓" : ""}`);
const refuse = async (content: string | Uint8Array): Promise<string[]> => {
  const failure = (await examine(content).catch((error: unknown) => error)) as Failure;
  expect(failure.kind).toBe("invalid");
  return failure.faults.map(({ message }) => message.en);
};

describe("a roster file", () => {
  const text = `${head}\r\n${toLine({})}\r\n`;
  const semicolons = `${head.replaceAll(",", ";")}\r\n${toLine({}, ";")}\r\n`;
  const swapped = (bytes: Uint8Array): Uint8Array => Uint8Array.from(Buffer.from(bytes).swap16());

  it.each([
    ["UTF-16 without its mark", Buffer.from(text, "utf16le")],
    ["big-endian UTF-16 without its mark", swapped(Buffer.from(text, "utf16le"))],
    ["UTF-16 with its mark", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["lines that end in CR only", text.replaceAll("\r\n", "\r")],
    ["Excel's sep= line", `sep=;\r\n${semicolons}`],
    ["bars between cells", text.replaceAll(",", "|")],
    ["a title with commas over cells with semicolons", `DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC\r\n${semicolons}`],
    ["quotes inside a cell", text.replace('"Trần', 'x"Trần').replace('x"', '"')],
  ])("with %s is read", async (_, content) => {
    const examined = await examine(content);
    expect(tell(examined)).toEqual([]);
    expect(examined.roster.people.map(({ fullName }) => fullName)).toEqual(["Trần Thị Lan"]);
  });

  it.each([
    ["a password", [0xd0, 0xcf, 0x11, 0xe0], Buffer.from("EncryptedPackage", "utf16le"), "password"],
    ["the old kind of spreadsheet", [0xd0, 0xcf, 0x11, 0xe0], Buffer.from("Workbook", "utf16le"), ".xls"],
    ["OpenDocument", [0x50, 0x4b, 3, 4], Buffer.from("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), ".ods"],
    ["PDF", [0x25, 0x50, 0x44, 0x46], Buffer.from("-1.7"), "PDF"],
    ["a web page", [], Buffer.from("<html><table><tr><td>Mã NV"), "web page"],
  ])("that is %s says so and what to do", async (_, start, rest, word) => {
    const [told = ""] = await refuse(Uint8Array.from([...start, ...rest]));
    expect(told).toContain(word);
  });

  it("in TCVN3 says so with its probable reading, whether as bytes or as the letters they were taken for", async () => {
    const tcvn3 = "M· NV,Hä vµ tªn,§¬n vÞ,Phßng ban,Chøc vô\nCB1,TrÇn ThÞ Lan,27004,V¨n phßng,V¨n th­";
    for (const content of [Buffer.from(tcvn3, "latin1"), tcvn3]) expect((await refuse(content))[0]).toContain("Họ Và Tên");
    expect(tell(await examineLines(toLine({ full_name: "Traàn Thò Lan" })))).toEqual([
      "roster.csv:2:2: typed in a TCVN3 or VNI font, probably 'Trần Thị Lan': convert it to Unicode",
    ]);
  });

  it("without headings, without rows or with a quote left open names that one thing", async () => {
    expect(await refuse(toLine({}))).toHaveLength(1);
    expect(await refuse("")).toEqual(["the file has no rows"]);
    expect(await refuse(`${head}\nCB1,"Trần Thị Lan,,27004,van-phong,van-thu,cong_chuc,01/07/2025,,\n`)).toEqual([
      "a quotation mark is opened here and never closed",
    ]);
  });
});

describe("a row", () => {
  it("with too few or too many cells is told as that, and nothing else of it is judged", async () => {
    const examined = await examineLines(
      "CB1,Trần Thị Lan",
      `${toLine({ staff_id: "CB2" })},thừa`,
      toLine({ staff_id: "CB3" }).replace(/(,"")+$/, ""),
    );
    expect(tell(examined)).toEqual([
      "roster.csv:2: the row has 2 cells, the headings 10: a separator is missing, or the row was broken in two",
      "roster.csv:3: the row has 11 cells, the headings 10: a separator stands inside a cell; put that cell in double quotes",
    ]);
    expect(examined.roster.people.map(({ staffId }) => staffId)).toEqual(["CB3"]);
  });

  it.each([
    ["unit_code", "27004.0", "27004"],
    ["unit_code", "27,004", "27004"],
    ["unit_code", "P. Tân Bình", "27004"],
    ["unit_code", "UBND phường Tân Bình", "27004"],
    ["unit_code", "27004 - Phường Tân Bình", "27004"],
    ["department", "VP HĐND-UBND", "Văn phòng HĐND và UBND"],
    ["start_date", "01-07-2025", "2025-07-01"],
    ["start_date", "2025/7/1", "2025-07-01"],
    ["start_date", "ngày 01 tháng 7 năm 2025", "2025-07-01"],
    ["start_date", "45839.5", "2025-07-01"],
    ["phone", "901234567", "0901234567"],
  ])("whose %s is %s surely means %s", async (column, value, meant) => {
    const { faults } = await examineLines(toLine({ [column]: value }));
    expect(faults.map(({ repair }) => repair)).toEqual([meant]);
  });

  it.each([
    ["unit_code", "Tân Bình"],
    ["unit_code", "Phuong Tan Binh"],
    ["unit_code", "27004 - Phường Vỹ Dạ"],
    ["unit_code", "1.2E+10"],
    ["start_date", "1/7/25"],
    ["start_date", "7/13/2025"],
    ["start_date", "31/02/2025"],
    ["start_date", "01/07/2125"],
    ["end_date", "31/12/9999"],
    ["birth_date", "1980"],
    ["birth_date", "01/01/2030"],
    ["phone", "9.01E+08"],
    ["staff_id", "1.2345678901234568E+19"],
    ["staff_id", "079080001234"],
    ["staff_id", "\u0425B1"],
    ["full_name", "Kpă"],
    ["full_name", "Nguyễn Văn Hùng (A)"],
    ["staff_class", "HĐ"],
  ])("whose %s is %s is one fault, mended by a person only", async (column, value) => {
    const { faults } = await examineLines(toLine({ [column]: value }));
    expect(faults.map(({ repair }) => repair)).toEqual([undefined]);
  });

  it("keeps names of minorities and foreigners as their owners write them", async () => {
    const names = [
      "Y Moan Êban",
      "H’ Hen Niê",
      "Kpă Hơ’Đinh",
      "Y-Wơn Kbuôr",
      "Rơ Châm H'Yéo",
      "Jean-Pierre Lefèvre",
      "Müller Jürgen",
      "Điểu K'Ré",
    ];
    const examined = await examineLines(...names.map((name, n) => toLine({ staff_id: `CB${n}`, full_name: name })));
    expect(tell(examined)).toEqual([]);
    expect(examined.roster.people.map(({ fullName }) => fullName)).toEqual(names);
    const pasted = await examineLines(
      toLine({ full_name: "\u202ATrần Thị\u00AD Lan\u200E" }),
      toLine({ staff_id: "CB2", full_name: "K`Sor Phước" }),
    );
    expect(pasted.roster.people.map(({ fullName }) => fullName)).toEqual(["Trần Thị Lan", "K'Sor Phước"]);
    const one = await examine(`${head},given_name\n${toLine({ full_name: "Kpă" })},Kpă`);
    expect(one.roster.people[0]?.givenName).toBe("Kpă");
  });

  it("that stands there twice is left out once; an id written in two ways, or with another name, is a fault", async () => {
    const lines = [
      toLine({}),
      toLine({}),
      toLine({ staff_id: "cb1", full_name: "Lê Ba" }),
      toLine({ full_name: "Trần Thị Lân", position: "chuyen-vien" }),
    ];
    expect(tell(await examineLines(...lines))).toEqual([
      "roster.csv:3: exactly as line 2: left out ✓",
      "roster.csv:4:1: line 2 has 'CB1': one id written in two ways (leading zeros, letter case); write it one way",
      "roster.csv:5:2: on line 2 this staff id has full_name 'Trần Thị Lan'; one id is one person: mend the id or the full_name",
    ]);
  });

  it("that is a group's title, a total or a signature is nobody, and one that may be somebody stays", async () => {
    const blank = (...cells: readonly string[]): string => [...cells, ...order.slice(cells.length).map(() => "")].join(",");
    const examined = await examineLines(
      blank("I", "VĂN PHÒNG HĐND VÀ UBND"),
      toLine({}),
      blank("", "", "", "", "", "", "NGƯỜI LẬP BIỂU"),
      blank("Tổng cộng", "", "1"),
      blank("CB9", "PHÒNG VĂN A"),
    );
    expect(examined.faults.filter(({ dropsRow }) => dropsRow).map(({ line }) => line)).toEqual([2, 4, 5]);
    expect(examined.faults.filter(({ line }) => line === 6).length).toBeGreaterThan(0);
  });
});

describe("a spreadsheet", () => {
  const headings = order.map((column) => column);
  const toCells = (change: Readonly<Record<string, string | number>>): (string | number)[] =>
    order.map((column) => ({ ...sound, ...change })[column] ?? "");
  const save = async (sheet: Partial<WriteSheet>, dateSystem?: "1904"): Promise<Uint8Array> =>
    writeXlsx({ sheets: [{ name: "DS", ...sheet }], ...(dateSystem ? { dateSystem } : {}) });

  it("names the cell as the person sees it, and digits that it made up are no id", async () => {
    const examined = await examine(await save({ rows: [headings, toCells({ staff_id: Number("12345678901234567890") })] }));
    expect(tell(examined)).toEqual([
      "roster.csv DS!A2: Excel lost its digits; format the column as text and enter the code again from its source",
    ]);
  });

  it("with dates from 1904 is read by them; a bare number in it is two days, and stays doubtful in the copy", async () => {
    const examined = await examine(await save({ rows: [headings, toCells({ start_date: 44377 })] }, "1904"));
    expect(tell(examined)).toEqual([
      "roster.csv DS!H2: '44377' is 2025-07-01 by this file's 1904 dates, and 2021-06-30 if it was copied from another file; write the day",
    ]);
    const again = await examine(await formatMendedRoster(mendRoster(examined, "en"), "copy.xlsx"));
    expect(again.faults.map(({ repair }) => repair)).toEqual([undefined]);
  });

  it("tells cells merged among the people once, and says what it read besides: hidden columns, other sheets", async () => {
    const rows = [headings, toCells({}), toCells({ staff_id: "CB2", full_name: "Lê Ba", unit_code: "" })];
    const merges = [{ startRow: 1, startCol: 3, endRow: 2, endCol: 3 }];
    const hidden = order.map((column) => ({ hidden: column === "phone" }));
    const examined = await examine(await save({ rows, merges, columns: hidden }));
    expect(tell(examined)).toEqual(["roster.csv DS!D2: the cells D2:D3 are merged: split them and fill in every row"]);
    expect(examined.roster.notes.map(({ en }) => en)).toEqual(["hidden columns were read too: J"]);
  });

  it("has headings in two rows, each part under its whole", async () => {
    const upper = ["Mã NV", "Họ và tên", "Ngày sinh", "Đơn vị", "Phòng ban", "Chức vụ", "Loại", "Ngày", "", "Điện thoại"];
    const lower = ["", "", "", "Mã", "", "", "", "Bắt đầu", "Kết thúc", ""];
    const merges = [{ startRow: 0, startCol: 7, endRow: 0, endCol: 8 }];
    const cells = toCells({ end_date: "31/12/2025" });
    const examined = await examine(await save({ rows: [upper, lower, cells], merges }));
    expect(tell(examined)).toEqual([]);
    expect(examined.roster.people[0]?.posts).toMatchObject([{ unit: "27004", from: "2025-07-01", to: "2026-01-01" }]);
  });
});

describe("a citizen's number", () => {
  it("goes nowhere, whatever its heading or cell: not to people, faults, copies or the rows set aside", async () => {
    const number = "079080001234";
    const content = `${head},Số CCCD/CMND,Số thẻ,Ghi chú\n${toLine({})},${number},${number},x\n${toLine({ staff_id: "CB2", full_name: `Lê Ba ${number}`, unit_code: "9" })},${number},79080001235,số ${number}\n${toLine({ staff_id: number, full_name: "Lê Tư" })},${number},79080001236,`;
    const path = await write(content);
    const examined = await examineRoster(toRequest(path));
    const copy = mendRoster(examined, "vi");
    const { skipped } = await readRoster({ ...toRequest(path), skipInvalid: true });
    const everything = JSON.stringify([examined.roster, examined.faults, copy, skipped?.csv]);
    expect(everything).not.toMatch(/79080001/);
    expect(skipped?.rows).toBe(2);
  });
});

const dirt: readonly ((cells: Cells) => Cells)[] = [
  (cells) => ({ ...cells, unit_code: "P. Tân Bình" }),
  (cells) => ({ ...cells, unit_code: "4", department: "", position: "chu-tich" }),
  (cells) => ({ ...cells, unit_code: "99999" }),
  (cells) => ({ ...cells, full_name: (cells.full_name as string).toUpperCase().normalize("NFD") }),
  (cells) => ({ ...cells, full_name: (cells.full_name as string).replace(" ", "\u00A0\u200B") }),
  (cells) => ({ ...cells, full_name: `Ð${(cells.full_name as string).slice(1)}` }),
  (cells) => ({ ...cells, start_date: "45839" }),
  (cells) => ({ ...cells, start_date: "31/02/2025" }),
  (cells) => ({ ...cells, department: "Văn phòng" }),
  (cells) => ({ ...cells, staff_class: "hợp đồng" }),
  (cells) => ({ ...cells, phone: "901234567" }),
  (cells) => ({ ...cells, staff_id: "'0042" }),
  (cells) => ({ ...cells, full_name: 'Nguyễn ,;"Út" Lan' }),
  (cells) => cells,
];

describe("a mended copy", () => {
  it("read again has none of the faults it mended, every other one, and the same people", async () => {
    const rows = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.array(fc.integer({ min: 0, max: dirt.length - 1 }), { maxLength: 3 })),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom("copy.csv", "copy.xlsx"), async (drawn, name) => {
        const lines = drawn.map(([id, marks]) => {
          const first: Cells = { ...sound, staff_id: `CB${id}`, full_name: `Trần Thị ${"ABCDEGHIKL"[id]}n` };
          return toLine(marks.reduce((cells, mark) => (dirt[mark] as (cells: Cells) => Cells)(cells), first));
        });
        const before = await examineLines(...lines);
        const after = await examine(await formatMendedRoster(mendRoster(before, "vi"), name), name);
        const left = before.faults.filter((fault) => !isRepaired(fault));
        expect(after.faults.filter(isRepaired)).toEqual([]);
        for (const { message } of left)
          expect(after.faults.map((fault) => fault.message.en)).toContainEqual(
            expect.stringContaining(message.en.split(/line \d+/)[0] as string),
          );
        const ids = new Set(before.table.records.map(({ cells }) => (cells[0] as string).replace("'", "")));
        for (const { staffId } of after.roster.people) expect(ids).toContain(staffId);
        const names = new Map(after.roster.people.map(({ staffId, fullName }) => [staffId, fullName]));
        const aside = new Set(left.map(({ line }) => line));
        for (const { staffId, fullName, lines: own } of before.roster.people) {
          if (!own.some((line) => aside.has(line))) expect(names.get(staffId)).toBe(fullName);
        }
        expect(after.roster.notes.filter(({ en }) => /Icelandic|capitals|hidden characters/.test(en))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("as a spreadsheet holds text only, so that nothing in it is reckoned again", async () => {
    const copy = await formatMendedRoster(
      mendRoster(await examineLines(toLine({ staff_id: "0042", phone: "0901234567" })), "vi"),
      "copy.xlsx",
    );
    const [sheet] = await parseXlsx(copy, "copy.xlsx");
    expect(new Set(sheet?.rows.flatMap(({ cells }) => cells.map(({ kind }) => kind)))).toEqual(new Set(["text", "empty"]));
    expect(sheet?.rows[1]?.cells[0]?.text).toBe("0042");
  });
});

it("rows set aside and mended come back as the people they are, with new faults in place of old ones", async () => {
  const path = await write([head, toLine({ unit_code: "99999" })].join("\n"));
  const first = (await readRoster({ ...toRequest(path), skipInvalid: true, lang: "en" })).skipped?.csv ?? "";
  expect(first).toContain("unit code '99999'");
  const again =
    (
      await readRoster({
        ...toRequest(await write(`\uFEFF${first.replace(",99999,", ",99998,")}`)),
        skipInvalid: true,
        lang: "en",
      })
    ).skipped?.csv ?? "";
  expect(again).toContain("unit code '99998'");
  expect(again).not.toContain("unit code '99999'");
  const mended = await readRoster(toRequest(await write(again.replace(",99998,", ",27004,"))));
  expect(mended.people.map(({ staffId, fullName }) => [staffId, fullName])).toEqual([["CB1", "Trần Thị Lan"]]);
  expect(mended.isPart).toBe(true);
});
