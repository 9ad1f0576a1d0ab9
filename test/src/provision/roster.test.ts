import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { defaultDepartments } from "../../../src/directory/department.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import { defaultPositions } from "../../../src/directory/position.ts";
import { type Failure, formatFault } from "../../../src/platform/failure.ts";
import { rosterColumns } from "../../../src/provision/roster-columns.ts";
import { type RosterRequest, readRoster } from "../../../src/provision/roster-reader.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const fixtures = fileURLToPath(new URL("../../../fixtures/rosters/", import.meta.url));

function makeRequest(path: string, change: Partial<RosterRequest> = {}, today = "2025-07-03"): RosterRequest {
  return {
    path,
    file: "roster.csv",
    rules: {
      directory: createDirectory(today)!,
      departments: defaultDepartments,
      positions: defaultPositions,
      units: new Set(["27004", "19777", "31078"]),
      denied: new Set(["admin"]),
      today,
    },
    ...change,
  };
}

async function save(content: string | Uint8Array): Promise<string> {
  const path = join(await makeTestFolder(), "roster.csv");
  await writeFile(path, content);
  return path;
}

async function read(content: string | Uint8Array, change: Partial<RosterRequest> = {}, today?: string) {
  return readRoster(makeRequest(await save(content), change, today));
}

const head = "staff_id,full_name,unit_code,department,position,staff_class,start_date,end_date,birth_date,username";
const row = (change: Partial<Record<string, string>> = {}): string => {
  const cells: Record<string, string | undefined> = {
    staff_id: "CB1",
    full_name: "Trần Thị Lan",
    unit_code: "27004",
    department: "van-phong",
    position: "van-thu",
    staff_class: "cong_chuc",
    start_date: "01/07/2025",
    ...change,
  };
  return head
    .split(",")
    .map((column) => cells[column] ?? "")
    .join(",");
};

async function listFaults(...rows: readonly string[]): Promise<string[]> {
  const failure = (await read([head, ...rows].join("\n")).catch((error: unknown) => error)) as Failure;
  return (failure.faults ?? []).map((fault) => formatFault(fault, "en"));
}

describe("the columns of a roster", () => {
  it("stand in the guide, each with its heading and whether it must be there", async () => {
    const page = await readFile(fileURLToPath(new URL("../../../docs/provision.md", import.meta.url)), "utf8");
    for (const [column, { heading, required }] of Object.entries(rosterColumns)) {
      const row = page.split("\n").find((line) => line.startsWith(`| \`${column}\` | ${heading} |`));
      expect(row, column).toBeDefined();
      expect(/\| (column )?required(?! for)/.test(row ?? ""), column).toBe(required);
    }
  });
});

describe("a roster", () => {
  it("with Vietnamese headings and names gives people, posts and their keys", async () => {
    const roster = await readRoster(makeRequest(`${fixtures}tan-binh.csv`));
    expect(roster.people).toHaveLength(8);
    expect(roster.twins).toEqual([]);
    const lan = roster.people.find(({ staffId }) => staffId === "CB2700402");
    expect(lan?.posts.map(({ position, department }) => [position, department])).toEqual([
      ["pho-chu-tich", undefined],
      ["giam-doc-trung-tam", "trung-tam-pvhcc"],
    ]);
    expect(roster.people.find(({ staffId }) => staffId === "HD2700408")?.posts[0]?.to).toBe("2026-01-01");
    expect(roster.people.find(({ staffId }) => staffId === "CB2700406")?.posts[0]?.department).toBe("van-hoa-xa-hoi");
  });

  it("with faults tells every one at once, with line, column, value and remedy", async () => {
    const failure = (await readRoster(makeRequest(`${fixtures}dirty.csv`)).catch((error: unknown) => error)) as Failure;
    expect(failure.kind).toBe("invalid");
    expect(failure.faults.map((fault) => formatFault(fault, "en"))).toEqual([
      "roster.csv:3:4: unit code '27040' is not a unit (did you mean 27004 Phường Tân Bình?)",
      "roster.csv:5:4: unit code '4' lost its leading zeros: write 00004 (Phường Ba Đình) and format the column as text",
      "roster.csv:6:5: Phường Tân Bình has no Phòng Kinh tế; it has: van-phong, kinh-te-ha-tang-do-thi, van-hoa-xa-hoi, trung-tam-pvhcc",
      "roster.csv:7:6: position 'truong-phog' is not known (did you mean truong-phong?)",
      "roster.csv:8:3: '31/02/1992' is no day as dd/MM/yyyy or yyyy-MM-dd",
      "roster.csv:9:9: class hop_dong needs an end date",
      "roster.csv:10:7: the non-specialist class ended before 31 May 2026 (CV 12/CV-BCĐ); give the end date or mend the class",
      "roster.csv:11:2: on line 2 this staff id has full_name 'Nguyễn Văn Hùng'; one id is one person: mend the id or the full_name",
      "roster.csv:12:1: Excel lost its digits; format the column as text and enter the code again from its source",
      "roster.csv:13:7: staff class 'công chứ' is not known (did you mean cong_chuc?); classes: can_bo, cong_chuc, vien_chuc, hop_dong, khong_chuyen_trach, biet_phai, buu_chinh, ky_thuat_ngoai",
      "roster.csv:13:11: this name is kept back; choose another",
    ]);
  });

  it("with faults goes on without them when told so, and sets all rows of those people aside, citizen ids left out", async () => {
    const roster = await readRoster(makeRequest(`${fixtures}dirty.csv`, { skipInvalid: true }));
    expect(roster.people.map(({ staffId }) => staffId)).toEqual(["CB2700413"]);
    const aside = roster.skipped!;
    expect(aside.rows).toBe(11);
    expect(aside.staffIds).toContain("CB2700401");
    expect(aside.csv).not.toMatch(/0790|0791|CCCD/);
    expect(aside.csv.split("\r\n")[0]).toBe(
      "staff_id,full_name,birth_date,unit_code,department,position,staff_class,start_date,end_date,username,set_aside",
    );
  });

  it("takes the rows set aside back once they are mended", async () => {
    const [, ...rows] = [head, row({ unit_code: "27040" })];
    const aside = (await read([head, ...rows].join("\n"), { skipInvalid: true })).skipped!.csv;
    const mended = await read(`\uFEFF${aside.replace("27040", "27004")}`);
    expect(mended.people.map(({ staffId }) => staffId)).toEqual(["CB1"]);
  });

  it("never keeps a citizen id", async () => {
    const roster = await read(`${head},Số CCCD\n${row()},079075001234`);
    expect(JSON.stringify(roster)).not.toContain("079075001234");
    expect(roster.notes.map(({ en }) => en)).toEqual(["column 'Số CCCD' (citizen id) is not read and not kept"]);
  });

  it("is the same with BOM, semicolons, NFD, Ð, NBSP, capitals, blank lines and any order of columns", async () => {
    const plain = await read(`${head}\n${row({ full_name: "Đặng Thị Lan" })}`);
    const name = "ÐẶNG\u00A0THỊ  LAN".normalize("NFD");
    const odd = `\uFEFFHọ và tên;Mã NV;Mã đơn vị;Phòng ban;Chức vụ;Loại;Ngày bắt đầu\r\n\r\n;;;;;;\r\n${name};CB1;27004;Văn phòng HĐND và UBND;Văn thư;Công chức;2025-07-01\r\n`;
    const read1 = await read(odd);
    expect(read1.people.map(({ lines: _, ...person }) => person)).toEqual(plain.people.map(({ lines: _, ...person }) => person));
    expect(read1.people[0]?.lines).toEqual([4]);
  });

  it("is read as Windows-1258 where it is declared or plain to see, which is said, and refused with the line where it is neither", async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${head}\nCB1,Tr`),
      Buffer.from([0xe2, 0xcc]),
      Buffer.from("n Th"),
      Buffer.from([0x69, 0xf2]),
      Buffer.from(" Lan,27004,van-phong,van-thu,cong_chuc,01/07/2025,,,"),
    ]);
    expect((await read(bytes, { encoding: "windows-1258" })).people[0]?.fullName).toBe("Trần Thị Lan");
    const guessed = await read(bytes);
    expect(guessed.people[0]?.fullName).toBe("Trần Thị Lan");
    expect(guessed.notes[0]?.en).toContain("Windows-1258");
    const neither = Buffer.concat([Buffer.from(`${head}\nCB1,Tr`), Buffer.from([0x80, 0x81]), Buffer.from("n\n")]);
    await expect(read(neither)).rejects.toMatchObject({ kind: "invalid", faults: [{ line: 2 }] });
  });

  it("keeps two people of one name and birthday apart and asks", async () => {
    const twins = [
      row({ birth_date: "03/11/1980" }),
      row({ staff_id: "CB2", birth_date: "03/11/1980", position: "chuyen-vien" }),
    ];
    const roster = await read([head, ...twins].join("\n"));
    expect(roster.people).toHaveLength(2);
    expect(roster.twins).toEqual([["CB1", "CB2"]]);
    const answered = twins.map((line, n) => `${line}lantt${n + 1}`);
    expect((await read([head, ...answered].join("\n"))).twins).toEqual([]);
  });

  it.each([
    [{ department: "" }, "roster.csv:2:4: position Clerk needs a department: van-phong"],
    [
      { department: "van-hoa-xa-hoi" },
      "roster.csv:2:5: Phòng Văn hóa – Xã hội has no Văn thư; that position belongs to: van-phong",
    ],
    [
      { unit_code: "00004" },
      "roster.csv:2:3: 00004 Phường Ba Đình is not a unit of this workspace; mend the code or add it to units/alsoUnits in wardctl.yaml",
    ],
    [{ unit_code: "Tân Bình" }, "roster.csv:2:3: unit code 'Tân Bình' is not a unit (did you mean 27004 Phường Tân Bình?)"],
    [{ start_date: "45839" }, "roster.csv:2:7: '45839' is written otherwise than dd/MM/yyyy; it is 2025-07-01"],
    [
      { start_date: "03/13/2025" },
      "roster.csv:2:7: '03/13/2025' is no day as dd/MM/yyyy or yyyy-MM-dd; is it 2025-03-13? Write day/month/year in full",
    ],
    [{ end_date: "30/06/2025" }, "roster.csv:2:8: ends before it starts on 2025-07-01"],
    [
      { full_name: "NguyÔn V¨n An" },
      "roster.csv:2:2: typed in a TCVN3 or VNI font, probably 'Nguyễn Văn An': convert it to Unicode",
    ],
    [{ staff_id: "" }, "roster.csv:2:1: staff_id (Mã NV) is missing"],
  ])("with %j says so", async (change, fault) => {
    expect(await listFaults(row(change))).toEqual([fault]);
  });

  it("ends the accounts of non-specialists on 31 May 2026 at the latest", async () => {
    const lines = `${head}\n${row({ staff_class: "không chuyên trách" })}`;
    expect((await read(lines)).people[0]?.posts[0]?.to).toBe("2026-05-31");
    await expect(read(lines, {}, "2026-06-01")).rejects.toMatchObject({ kind: "invalid" });
  });

  it("knows that the special zone Phú Quốc has the department of a ward", async () => {
    const phuQuoc = row({ unit_code: "31078", department: "kinh-te-ha-tang-do-thi", position: "truong-phong" });
    expect((await read(`${head}\n${phuQuoc}`)).people).toHaveLength(1);
    expect(await listFaults(phuQuoc.replace("kinh-te-ha-tang-do-thi", "kinh-te"))).toHaveLength(1);
  });

  it("without a needed column names the column", async () => {
    await expect(read("staff_id,full_name\nCB1,Trần Lan")).rejects.toMatchObject({ kind: "invalid" });
    const failure = (await read("staff_id,full_name\nCB1,Trần Lan").catch((error: unknown) => error)) as Failure;
    expect(failure.faults.map(({ message }) => message.en)).toContain(
      "column unit_code ('Mã đơn vị') is missing; add it or map it in provision.roster.columns",
    );
  });

  it("takes other headings by the workspace's mapping", async () => {
    const own = head.replace("staff_id", "Số hiệu");
    expect((await read(`${own}\n${row()}`, { columns: { "Số hiệu": "staff_id" } })).people[0]?.staffId).toBe("CB1");
  });

  it("is never edited", async () => {
    const before = await readFile(`${fixtures}dirty.csv`);
    await readRoster(makeRequest(`${fixtures}dirty.csv`, { skipInvalid: true }));
    expect(await readFile(`${fixtures}dirty.csv`)).toEqual(before);
  });
});
