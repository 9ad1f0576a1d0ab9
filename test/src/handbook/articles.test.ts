import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { denyWords, evidenceCodes } from "../../../src/delegation/deny-codes.ts";
import { issueCodes } from "../../../src/delegation/issue-codes.ts";
import { signerFaults } from "../../../src/delegation/signer-codes.ts";
import type { Article } from "../../../src/handbook/article.ts";
import { findArticleFor, toLinkedArticles } from "../../../src/handbook/find-article-for.ts";
import { listCommands, parseBlocks } from "../../../src/handbook/markdown.ts";
import { findPersonalData } from "../../../src/handbook/personal-data.ts";
import { formatArticle, readArticle } from "../../../src/handbook/read-article.ts";
import { assertSound, type Handbook, readHandbook } from "../../../src/handbook/read-handbook.ts";
import { shippedLinks } from "../../../src/handbook/shipped-links.ts";
import { reasons } from "../../../src/health/reason.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
let handbook: Handbook;
let pairs: (readonly [Article, Article])[];

beforeAll(async () => {
  handbook = await readHandbook();
  const inEnglish = new Map(handbook.articles.filter(({ lang }) => lang === "en").map((article) => [article.id, article]));
  pairs = handbook.articles
    .filter(({ lang }) => lang === "vi")
    .map((article) => [article, inEnglish.get(article.id) as Article] as const);
});

describe("the articles that ship", () => {
  it("are forty at least, sound, and there in both languages", () => {
    assertSound(handbook);
    expect(pairs.length).toBeGreaterThanOrEqual(40);
    expect(pairs.filter(([, en]) => en === undefined)).toEqual([]);
    expect(handbook.articles).toHaveLength(2 * pairs.length);
  });

  it("say the same in both: codes, systems, days, sources, related, commands, cautions, what is unverified, and the parts in order", () => {
    const facts = (article: Article) => ({
      codes: article.codes,
      systems: article.systems,
      from: article.from,
      until: article.until,
      addresses: article.sources.map(({ address }) => address),
      related: article.related,
      commands: listCommands(article.body),
      parts: parseBlocks(article.body).map((block) =>
        block.kind === "list" ? `${block.kind} ${block.start} ${block.items.length}` : block.kind,
      ),
      unverified: (article.body.match(/chưa kiểm chứng|unverified/gi) ?? []).length,
      bold: (article.body.match(/\*\*/g) ?? []).length > 0,
    });
    for (const [vi, en] of pairs) expect(facts(en), vi.id).toEqual(facts(vi));
  });

  it("are short, rest on a source, and hold nobody's data", () => {
    for (const article of handbook.articles) {
      expect(article.sources.length, article.id).toBeGreaterThan(0);
      expect(article.body.length, article.id).toBeLessThan(2_200);
      expect(findPersonalData(article.body, article.file), article.id).toEqual([]);
    }
  });

  it("rest on no document of wardctl's that is not there", () => {
    const named = handbook.articles.flatMap(({ sources }) =>
      sources.flatMap(({ name }) => /docs\/[\w-]+\.md/.exec(name)?.[0] ?? []),
    );
    expect(named.length).toBeGreaterThan(40);
    for (const path of new Set(named)) expect(readFileSync(join(root, path), "utf8").length).toBeGreaterThan(100);
  });

  it("answer every code that the other commands show", () => {
    const codes = [
      ...Object.keys(reasons),
      ...Object.keys(denyWords),
      ...Object.keys(evidenceCodes),
      ...Object.keys(issueCodes),
      ...Object.keys(signerFaults),
      "ACC-UNIT-MISSING",
      "ACC-UNIT-DISABLED",
      "DEL-GAP",
      ...["NET-LINE", "NET-CARRIER", "NET-HUB", "EQUIP-LAN", "EQUIP-COMPUTER", "HTTP-SLOW", "HTTP-DOWN"],
      ...["PAY-CALLBACK", "SYNC-LAG", "EXT-NATIONAL", "PROC-INTERNAL", "PEOPLE-FEW", "W-SILENT", "W-BALANCE", "W-SEALED"],
      ...["documents", "dossiers", "feedback", "video", "directory"],
    ];
    expect(codes.filter((code) => findArticleFor(code) === undefined)).toEqual([]);
  });

  it("are named by the table of links as they stand (node test/runtime/handbook.js)", () => {
    expect(shippedLinks).toEqual(toLinkedArticles(handbook.articles));
  });

  it("have heads that any reader of YAML reads alike", () => {
    for (const lang of ["vi", "en"] as const) {
      for (const name of readdirSync(join(root, "fixtures/handbook", lang))) {
        const text = readFileSync(join(root, "fixtures/handbook", lang, name), "utf8");
        const { article } = readArticle({ text, file: name, lang, origin: "built-in" });
        const head = parse(text.split("---\n")[1] as string) as Record<string, unknown>;
        const told = article?.sources.map(({ name: source, address }) => (address ? `${source} <${address}>` : source));
        expect({ ...article, sources: told }, name).toMatchObject({
          id: head["id"],
          title: head["title"],
          codes: head["codes"] ?? [],
          sources: head["sources"],
        });
      }
    }
  });
});

describe("the article for a code", () => {
  it("goes by the code itself, then by its kind, then by the system", () => {
    expect(findArticleFor("SIG-PIN-LOCK")).toEqual({
      id: "token-khoa-pin",
      title: { vi: "Token bị khóa vì nhập sai mã PIN", en: "The token is locked after wrong PINs" },
    });
    expect(findArticleFor("tls.notyet")?.id).toBe("dong-ho-may");
    expect(findArticleFor("tls.anything")?.id).toBe("chung-chi-may-chu");
    expect(findArticleFor("sync-made-up")?.id).toBe("ho-so-khong-dong-bo");
    expect(findArticleFor("NET-TIMEOUT")).toEqual(findArticleFor("net.timeout"));
    expect(findArticleFor("NAME-NXDOMAIN")?.id).toBe("ten-mien-dns");
    expect(findArticleFor("feedback")?.id).toBe("phan-anh-1022");
    expect(findArticleFor("NO-SUCH-CODE")).toBeUndefined();
    expect(findArticleFor("")).toBeUndefined();
  });

  it("takes the article that names the code first", () => {
    const article = (id: string, codes: string[]) => ({ id, title: { vi: id, en: id }, codes, systems: [] });
    const articles = [article("late", ["A-1", "B-1"]), article("own", ["B-1"]), article("kind", ["B-*"])];
    expect(findArticleFor("b-1", articles)?.id).toBe("own");
    expect(findArticleFor("B-2", articles)?.id).toBe("kind");
  });
});

describe("an article's file", () => {
  const good = "---\nid: mau\ntitle: Mẫu\nlang: vi\nsources:\n  - NĐ 30/2020\n---\n\nLàm thế này.\n";
  const read = (text: string) => readArticle({ text, file: "handbook/vi/mau.md", lang: "vi", origin: "own" });

  it("is read as it was written", () => {
    const draft = {
      id: "mau",
      lang: "vi" as const,
      title: 'Hỏi: "ký" \\ thế nào?',
      codes: ["SIG-*", "tls.expired"],
      systems: ["documents"],
      procedures: ["2.000815"],
      from: "2025-07-01",
      until: "2026-07-01",
      sources: [{ name: "NĐ 30/2020/NĐ-CP, Điều 13" }, { name: "Trang, có phẩy", address: "https://example.vn/a?b=1" }],
      related: ["khac"],
      body: "## Làm thế nào\n1. Một\n2. Hai",
    };
    expect(read(formatArticle(draft)).article).toMatchObject(draft);
  });

  it.each([
    ["no head", "Làm thế này.", 1],
    ["no end of the head", "---\nid: mau\n", 1],
    ["another id than the file", good.replace("id: mau", "id: khac"), 2],
    ["another language than the folder", good.replace("lang: vi", "lang: en"), 4],
    ["a colon in a title", good.replace("Mẫu", "Mẫu: một"), 3],
    ["an unknown key", good.replace("lang: vi", "lang: vi\nnote: a"), 5],
    ["a key twice", good.replace("lang: vi", "lang: vi\nid: mau"), 5],
    ["a day that is none", good.replace("lang: vi", "lang: vi\nfrom: 2025-02-30"), 5],
    ["an end before the beginning", good.replace("lang: vi", "lang: vi\nfrom: 2025-07-01\nuntil: 2025-06-30"), 6],
    ["one value for a list", good.replace("lang: vi", "lang: vi\ncodes: SIG-PIN-LOCK"), 5],
    ["a code that is none", good.replace("lang: vi", "lang: vi\ncodes: [SIG-PIN-LOCK, pin lock]"), 5],
    ["a procedure that is none", good.replace("lang: vi", "lang: vi\nprocedures: [hộ tịch]"), 5],
    ["an item without a key", good.replace("lang: vi", "lang: vi\n  - lẻ"), 5],
    ["no source", good.replace("sources:\n  - NĐ 30/2020\n", ""), 1],
    ["no text", good.replace("Làm thế này.", ""), 7],
  ])("is refused with its line: %s", (_name, text, line) => {
    const { article, faults } = read(text);
    expect(article).toBeUndefined();
    expect(faults.map((fault) => fault.line)).toContain(line);
    expect(faults.every(({ file }) => file === "handbook/vi/mau.md")).toBe(true);
  });

  it("takes what a Windows editor makes of it", () => {
    const { article, faults } = read(`\uFEFF${good.replaceAll("\n", "\r\n")}`.normalize("NFD"));
    expect(faults).toEqual([]);
    expect(article).toMatchObject({ title: "Mẫu", body: "Làm thế này.", bodyLine: 9 });
  });
});

describe("somebody's data", () => {
  it.each([
    "Gọi 0914 123 456",
    "số 0914.123.456",
    "+84 914 123 456",
    "CCCD 046090001234",
    "046 090 001 234",
    "chứng minh 191234567",
    "hồ sơ H57.19-250703-0012",
    "mã 000.00.16.H57-250703-0012",
    "thư lan.tt@hue.gov.vn",
  ])("is seen in '%s', and told without the value", (text) => {
    const faults = findPersonalData(`Dòng một\n${text}`, "bai.md", 10);
    expect(faults).toMatchObject([{ file: "bai.md", line: 11 }]);
    expect(JSON.stringify(faults)).not.toContain("1234");
  });

  it.each([
    "NĐ 30/2020/NĐ-CP ngày 05/3/2020",
    "mã đơn vị 19777 và 27004",
    "thủ tục 2.000815",
    "từ 2025-07-01 đến 2025-07-31",
    "1.283 hồ sơ, 29,77%",
    "wardctl check evidence carprov:VNPT/46",
    "1022, 30 giây, 200–300 dpi",
    "QĐ 128/2025/QĐ-UBND",
  ])("is not seen in '%s'", (text) => {
    expect(findPersonalData(text, "bai.md")).toEqual([]);
  });
});
