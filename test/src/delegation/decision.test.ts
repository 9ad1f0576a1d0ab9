import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draftDecision } from "../../../src/delegation/decision/draft-decision.ts";
import { layOutDecision } from "../../../src/delegation/decision/lay-out-decision.ts";
import { namedForPeopleOrEvents } from "../../../src/delegation/decision/named-units.ts";
import { toSignedName } from "../../../src/delegation/decision/paper-names.ts";
import {
  formatPaperDate,
  formatPaperInstant,
  toPaperNumber,
  toPlaceName,
} from "../../../src/delegation/decision/place-and-date.ts";
import { docTypes, listKeys, toMask } from "../../../src/delegation/doc-types.ts";
import type { Grant } from "../../../src/delegation/grant.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import { formatDocx } from "../../../src/platform/docx.ts";
import { readInstant, vietnamZone } from "../../../src/platform/time.ts";
import { findParagraph, readLines, readParts } from "../../support/word-file.ts";

const zone = vietnamZone;
const day = (text: string): number => readInstant(text, zone)!;
const directory = createDirectory("2025-07-01")!;
const unit = directory.findUnit("27004")!;
const log = { size: 41, head: "ab12".repeat(16), signers: "cd34".repeat(16) };

const tuq: Grant = {
  id: "g-tuq",
  unit: "27004",
  from: { position: "chu-tich" },
  to: { position: "truong-phong", department: "van-hoa-xa-hoi" },
  person: "CB2700411",
  capacity: "TUQ",
  docTypes: toMask(["cong-van", "thong-bao"]),
  validFrom: day("2025-07-03"),
  validTo: day("2026-01-01"),
  basis: { kind: "quyet-dinh", number: "15/QĐ-UBND", date: day("2025-07-02") },
  needsApproval: true,
  ruleset: "2025-11-01",
  recordedAt: day("2025-07-03T10:30"),
  recordedBy: "lan",
};
const request = { grant: tuq, unit, signer: "TS. Đặng Minh Hùng", grantees: ["ThS. Trần Thị Lan"], zone, log };
const toText = async (given: Parameters<typeof draftDecision>[0]): Promise<string[]> => {
  const parts = readParts(await formatDocx(layOutDecision(draftDecision(given))));
  return [...parts].filter(([name]) => /^word\/(document|footer\d+)\.xml$/.test(name)).flatMap(([, xml]) => readLines(xml));
};

describe("the paper of a grant", () => {
  it("is a decision for TUQ. with every block of the decree in its order and wording", async () => {
    const lines = await toText(request);
    const body = lines.slice(0, lines.indexOf("Đặng Minh Hùng") + 1);
    expect(body).toEqual([
      "ỦY BAN NHÂN DÂN",
      "PHƯỜNG TÂN BÌNH",
      "Số: ……/QĐ-UBND",
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc",
      "Tân Bình, ngày …… tháng …… năm ……",
      "QUYẾT ĐỊNH",
      "Về việc ủy quyền ký văn bản của Ủy ban nhân dân phường Tân Bình",
      "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG TÂN BÌNH",
      "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
      "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
      "Theo đề nghị của Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường Tân Bình.",
      "QUYẾT ĐỊNH:",
      "Điều 1. Ủy quyền cho ông (bà) Trần Thị Lan, Trưởng phòng Văn hóa - Xã hội, thừa ủy quyền (TUQ.) Chủ tịch Ủy ban nhân dân phường Tân Bình ký một số văn bản.",
      "1. Loại văn bản được ký: Công văn, thông báo.",
      "2. Không được ký các loại văn bản khác, gồm: Quyết định, giấy mời, báo cáo, tờ trình, kế hoạch, hướng dẫn, chỉ thị, biên bản, giấy giới thiệu, giấy xác nhận, phiếu chuyển, bản sao y, bản sao chứng thực.",
      "Điều 2. Thời hạn: từ ngày 03 tháng 7 năm 2025 đến hết ngày 31 tháng 12 năm 2025.",
      "Điều 3. Trách nhiệm của người được giao ký:",
      "1. Ký đúng thể thức sau đây:",
      "TUQ. CHỦ TỊCH",
      "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI",
      "2. Không được ủy quyền lại cho người khác ký (khoản 3 Điều 13 Nghị định số 30/2020/NĐ-CP).",
      "3. Văn bản được trình bày theo thể thức và sử dụng con dấu, chữ ký số của Ủy ban nhân dân phường Tân Bình.",
      "4. Báo cáo Chủ tịch Ủy ban nhân dân phường Tân Bình kết quả thực hiện và chịu trách nhiệm trước pháp luật về văn bản đã ký.",
      "Điều 4. Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường Tân Bình, các đơn vị có liên quan và ông (bà) Trần Thị Lan, Trưởng phòng Văn hóa - Xã hội chịu trách nhiệm thi hành Quyết định này./.",
      "Nơi nhận:",
      "- Như Điều 4;",
      "- Thường trực HĐND phường (để b/c);",
      "- Lưu: VT, VP (……).",
      "CHỦ TỊCH",
      "Đặng Minh Hùng",
    ]);
  });

  it("is an assignment notice for KT., with both blocks where the Committee's documents are among the types", () => {
    const grant: Grant = {
      ...tuq,
      to: { position: "pho-chu-tich" },
      person: undefined,
      capacity: "KT",
      docTypes: toMask(["cong-van", "bao-cao"]),
      validTo: undefined,
      basis: { kind: "phan-cong", number: "02/TB-UBND", date: day("2025-07-01") },
    };
    const { title, number, parts } = draftDecision({ ...request, grant, number: "5", date: day("2025-02-07") });
    expect([title, number]).toEqual(["THÔNG BÁO", "05/TB-UBND"]);
    expect(parts.flatMap((part) => (part.kind === "block" ? [part.lines] : []))).toEqual([
      ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
      ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    ]);
  });

  it("is a proposed clause of the regulation for TL., and of the Office where its head passes a standing order on", () => {
    const chief = { position: "chanh-van-phong", department: "van-phong" };
    const basis = { kind: "quy-che-lam-viec", number: "01/QĐ-UBND", date: day("2025-07-01"), clause: "khoản 2 Điều 7" } as const;
    const tl: Grant = { ...tuq, id: "g-tl", to: chief, person: undefined, capacity: "TL", validTo: undefined, basis };
    const proposed = draftDecision({ ...request, grant: tl });
    expect(proposed.title).toBe("DỰ THẢO ĐIỀU KHOẢN");
    expect(proposed.parts[0]).toMatchObject({
      text: "Đề xuất khoản 2 Điều 7 Quy chế làm việc của Ủy ban nhân dân phường Tân Bình quy định như sau:",
    });
    const deputy = { position: "pho-chanh-van-phong", department: "van-phong" };
    const passedOn: Grant = {
      ...tl,
      id: "g-kt",
      from: chief,
      to: deputy,
      capacity: "KT",
      parent: "g-tl",
      basis: { ...basis, kind: "phan-cong", number: "03/TB-VP" },
    };
    const notice = draftDecision({ ...request, grant: passedOn, parent: tl });
    expect([notice.parent, notice.agency, notice.number]).toEqual(["ỦY BAN NHÂN DÂN PHƯỜNG TÂN BÌNH", ["VĂN PHÒNG"], "……/TB-VP"]);
    expect(notice.signature.lines).toEqual(["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]);
    expect(notice.parts.flatMap((part) => (part.kind === "block" ? [part.lines] : []))).toEqual([
      ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
    ]);
  });

  it("is not drafted for Q., which another body decides", () => {
    expect(() => draftDecision({ ...request, grant: { ...tuq, capacity: "Q" } })).toThrow(/appointing authority/);
  });

  it("holds every field of whatever grant it is of", async () => {
    const posts = [
      { position: "chanh-van-phong", department: "van-phong" },
      { position: "truong-phong", department: "kinh-te-ha-tang-do-thi" },
      { position: "giam-doc-trung-tam", department: "trung-tam-pvhcc" },
      { position: "van-thu", department: "van-phong" },
    ];
    const names = [
      "Chánh Văn phòng",
      "Trưởng phòng Kinh tế, Hạ tầng và Đô thị",
      "Giám đốc Trung tâm Phục vụ hành chính công",
      "Văn thư, Văn phòng",
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: posts.length - 1 }),
        fc.subarray(
          docTypes.map(({ key }) => key),
          { minLength: 1, maxLength: docTypes.length - 1 },
        ),
        fc.constantFrom("TL", "TUQ"),
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 1, max: 700 }),
        fc.stringMatching(/^[0-9]{1,3}\/QĐ-UBND$/),
        fc.option(fc.constant("Nghị định số 280/2025/NĐ-CP")),
        async (at, keys, capacity, start, length, number, legalBasis) => {
          const grant: Grant = {
            ...tuq,
            to: posts[at]!,
            capacity: capacity as "TL" | "TUQ",
            docTypes: toMask(keys),
            validFrom: day("2025-07-02") + start * 86_400_000,
            validTo: day("2025-07-02") + (start + length) * 86_400_000,
            basis: {
              kind: capacity === "TL" ? "quy-che-van-thu" : "quyet-dinh",
              number,
              date: day("2025-07-02"),
              clause: capacity === "TL" ? "khoản 1 Điều 9" : undefined,
              legalBasis: legalBasis ?? undefined,
              signedAt: day("2025-07-02") + 34_200_000,
              sha256: "ab".repeat(32),
            },
            narrowing: {
              departments: ["van-phong"],
              exceptDepartments: ["van-hoa-xa-hoi"],
              procedures: ["ho-tich"],
              exceptProcedures: ["dat-dai"],
            },
          };
          const text = (await toText({ ...request, grant })).join("\n");
          const [granted] = /Loại văn bản được ký: (.*)\./.exec(text)!.slice(1);
          expect(granted!.toLowerCase().split(", ")).toEqual(
            listKeys(grant.docTypes).map((key) => docTypes.find((type) => type.key === key)!.name.vi.toLowerCase()),
          );
          const fields = [
            grant.id,
            grant.unit,
            grant.person!,
            names[at]!,
            `${capacity}. CHỦ TỊCH`,
            number,
            grant.ruleset,
            grant.recordedBy,
            formatPaperDate(grant.validFrom, zone),
            formatPaperDate(grant.validTo! - 1, zone),
            formatPaperDate(grant.basis.date!, zone),
            ...(grant.basis.clause ? [grant.basis.clause] : []),
            "Chỉ ký văn bản thuộc lĩnh vực của: Văn phòng HĐND và UBND.",
            "Không ký văn bản thuộc lĩnh vực của: Phòng Văn hóa – Xã hội.",
            "Chỉ ký kết quả giải quyết thủ tục hành chính: Hộ tịch.",
            "Không ký kết quả giải quyết thủ tục hành chính: Đất đai.",
            `ký ${formatPaperInstant(grant.basis.signedAt!, zone)}`,
            "ab".repeat(32),
            ...(legalBasis ? [`Căn cứ ${legalBasis}`] : []),
            "Nhật ký: 41 dòng, mã cuối ab12ab12ab12ab12",
            log.signers,
          ];
          expect(fields.filter((field) => !text.includes(field))).toEqual([]);
          expect(text).toContain("Số: ……/QĐ-UBND");
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("the layout of the decree", () => {
  it("has its paper, margins, face, sizes and rules, and a page number from the second page on", async () => {
    const parts = readParts(await formatDocx(layOutDecision(draftDecision(request))));
    const xml = parts.get("word/document.xml")!;
    expect(xml).toMatch(/<w:pgSz [^>]*w:w="11906"[^>]*w:h="16838"|<w:pgSz [^>]*w:h="16838"[^>]*w:w="11906"/);
    const margins = /<w:pgMar ([^>]*)\/>/.exec(xml)![1]!;
    for (const side of ['w:top="1134"', 'w:bottom="1134"', 'w:left="1701"', 'w:right="1134"']) expect(margins).toContain(side);
    expect(parts.get("word/styles.xml")).toContain("Times New Roman");
    expect(xml).toContain("<w:titlePg");
    const headers = [...parts].filter(([name]) => /^word\/header\d+\.xml$/.test(name)).map(([, text]) => text);
    const [first] = new RegExp(/<w:headerReference [^>]*w:type="first"[^>]*>/).exec(xml)!;
    expect(headers.filter((header) => header.includes("PAGE"))).toHaveLength(1);
    const firstFile = new RegExp(
      `Id="${/r:id="([^"]+)"/.exec(first)![1]}"[^>]*Target="([^"]+)"|Target="([^"]+)"[^>]*Id="${/r:id="([^"]+)"/.exec(first)![1]}"`,
    ).exec(parts.get("word/_rels/document.xml.rels")!)!;
    expect(parts.get(`word/${firstFile[1] ?? firstFile[2]}`)).not.toContain("PAGE");
    const sizes: readonly [text: string, halfPoints: number, mark: RegExp][] = [
      ["CỘNG HÒA XÃ HỘI", 24, /<w:b\/>/],
      ["Độc lập - Tự do", 26, /<w:b\/>/],
      ["PHƯỜNG TÂN BÌNH", 24, /<w:b\/>/],
      ["Số: ", 26, /w:jc w:val="center"/],
      ["Tân Bình, ngày", 26, /<w:i\/>/],
      ["Về việc ủy quyền", 28, /<w:b\/>/],
      ["Nơi nhận:", 24, /<w:b\/>[\s\S]*<w:i\/>/],
      ["- Lưu: VT", 22, /w:jc w:val="left"/],
    ];
    for (const [text, size, mark] of sizes) {
      const paragraph = findParagraph(xml, text);
      expect(paragraph, text).toContain(`w:sz w:val="${size}"`);
      expect(paragraph, text).toMatch(mark);
    }
    expect(findParagraph(xml, "Căn cứ Luật")).toMatch(/<w:i\/>/);
    const article = findParagraph(xml, "Điều 2.");
    expect(article).toMatch(/w:jc w:val="both"/);
    expect(article).toMatch(/w:firstLine="567"/);
    expect(article).toMatch(/w:before="120"/);
    expect(xml.match(/<w:pBdr><w:bottom [^>]*w:val="single"/g)).toHaveLength(3);
    expect(xml).not.toMatch(/w:color w:val="(?!000000|auto)/);
  });

  it("writes days, months and numbers as the appendix has them", () => {
    expect(formatPaperDate(day("2025-07-07"), zone)).toBe("ngày 07 tháng 7 năm 2025");
    expect(formatPaperDate(day("2025-02-10"), zone)).toBe("ngày 10 tháng 02 năm 2025");
    expect(formatPaperDate(day("2025-03-01"), zone)).toBe("ngày 01 tháng 3 năm 2025");
    expect(formatPaperDate(day("2025-10-31"), zone)).toBe("ngày 31 tháng 10 năm 2025");
    expect(toPaperNumber("5", "QĐ-UBND")).toBe("05/QĐ-UBND");
    expect(toPaperNumber("0012/QĐ-UBND", "TB-VP")).toBe("12/QĐ-UBND");
    expect(["", "abc", "0", "5 /QĐ", "-1"].map((text) => toPaperNumber(text, "QĐ-UBND"))).toEqual(Array(5).fill(undefined));
  });

  it("gives a unit its kind before the day where a figure, a person or an event named it", () => {
    const units = directory.listUnits();
    const place = (name: string): string => toPlaceName(units.find((each) => each.name === name)!);
    expect(["Tân Bình", "1 Bảo Lộc", "Điện Biên Phủ", "Nguyễn Trãi", "A Lưới 1"].map(place)).toEqual([
      "Tân Bình",
      "Phường 1 Bảo Lộc",
      "Phường Điện Biên Phủ",
      "Phường Nguyễn Trãi",
      "Xã A Lưới 1",
    ]);
    const names = new Set(units.map(({ name }) => name));
    expect([...namedForPeopleOrEvents].filter((name) => !names.has(name))).toEqual([]);
  });

  it("leaves titles and degrees off a name", () => {
    expect(["PGS. TS. Lê Văn A", "ThS Trần B", "TS.Nguyễn C", "Tạ Sơn"].map(toSignedName)).toEqual([
      "Lê Văn A",
      "Trần B",
      "Nguyễn C",
      "Tạ Sơn",
    ]);
  });
});
