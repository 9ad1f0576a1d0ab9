import { beforeAll, describe, expect, it } from "vitest";
import type { Article } from "../../../src/handbook/article.ts";
import { type ArticleIndex, indexArticles, searchArticles } from "../../../src/handbook/find-articles.ts";
import { toPlainText } from "../../../src/handbook/markdown.ts";
import { readHandbook } from "../../../src/handbook/read-handbook.ts";
import { countEdits, createSearchIndex, cutSnippet, foldLetters, searchPages } from "../../../src/handbook/search.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { editDistance } from "../../../src/platform/text.ts";
import { makeArticles, slip } from "../../support/handbook-texts.ts";

let articles: readonly Article[];
let index: ArticleIndex;

beforeAll(async () => {
  articles = (await readHandbook()).articles;
  index = indexArticles(articles);
});

const find = (words: string, lang: "vi" | "en" = "vi"): string[] =>
  searchArticles(index, { words, lang }).map(({ article }) => article.id);

/** Not a line of the search: another way to take diacritics off, and words by splitting. */
function plainWords(text: string): Set<string> {
  const bare = text
    .toLowerCase()
    .normalize("NFKD")
    .split("")
    .filter((letter) => letter.charCodeAt(0) < 0x300 || letter.charCodeAt(0) > 0x36f)
    .join("")
    .split("đ")
    .join("d");
  return new Set(bare.split(/[^a-z0-9]+/).filter((word) => word !== ""));
}

describe("searching the handbook", () => {
  it("finds every article that holds all the words, by a scan of every text", () => {
    const random = createRandom(11);
    const texts = articles
      .filter(({ lang }) => lang === "vi")
      .map(({ id, title, body }) => ({ id, words: plainWords(`${title} ${toPlainText(body)}`) }));
    let checked = 0;
    for (let round = 0; round < 300; round++) {
      const own = [...(texts[Math.floor(random.next() * texts.length)]?.words ?? [])];
      const asked = Array.from({ length: 1 + (round % 4) }, () => own[Math.floor(random.next() * own.length)] as string);
      const expected = texts.filter(({ words }) => asked.every((word) => words.has(word))).map(({ id }) => id);
      const found = new Set(find(asked.join(" ")));
      expect(
        expected.filter((id) => !found.has(id)),
        asked.join(" "),
      ).toEqual([]);
      checked += expected.length;
    }
    expect(checked).toBeGreaterThan(1_000);
    // A code typed whole comes first by far, and pushes out nobody who has the word.
    const far = createSearchIndex([
      { title: "Một", keys: [], text: `${"chữ ".repeat(400)}token` },
      { title: "Hai", keys: ["token"], text: "token" },
    ]);
    expect(searchPages(far, "token").hits.map(({ page }) => page)).toEqual([1, 0]);
  });

  it("finds an article by its title with one slip in a word of five letters or more, among the first five of ninety-five in a hundred", () => {
    const random = createRandom(3);
    let tried = 0;
    let found = 0;
    for (const { id, title, lang } of articles) {
      const words = foldLetters(title).match(/[a-z0-9]+/g) ?? [];
      for (const [at, word] of words.entries()) {
        if (word.length < 5) continue;
        for (let round = 0; round < 4; round++) {
          const asked = words.map((one, place) => (place === at ? slip(one, random) : one)).join(" ");
          tried++;
          if (find(asked, lang).slice(0, 5).includes(id)) found++;
        }
      }
    }
    expect(tried).toBeGreaterThan(500);
    expect(found / tried).toBeGreaterThanOrEqual(0.95);
  });

  it("finds the words of one slip alone: the right word is among what it is taken for", () => {
    const { index: vi } = index.parts[0] as ArticleIndex["parts"][number];
    const random = createRandom(5);
    const long = vi.words.filter((word) => /^[a-z]{6,}$/.test(word));
    const missed = long.filter((word) => {
      const typed = slip(word, random);
      return !vi.postings.has(typed) && !searchPages(vi, typed).words.includes(word);
    });
    expect(missed.length / long.length).toBeLessThan(0.05);
  });

  it.each([
    ["chua ky duoc", "chanh-van-phong-khong-ky-duoc"],
    ["chuwa kys dduowcj", "chanh-van-phong-khong-ky-duoc"],
    ["chu7a ky1 d9u7o7c5", "chanh-van-phong-khong-ky-duoc"],
    ["taikhoan phongban", "tai-khoan-phong-ban"],
    ["TOKEN bi khoa ma PIN", "token-khoa-pin"],
    ["trang quay mai", "trang-quay-mai"],
    ["chung thu so sau sap nhap", "chung-thu-sau-sap-nhap"],
    ["phi dia gioi", "phi-dia-gioi"],
    ["ty le dung han", "ty-le-dung-han"],
    ["khong thu duoc phi", "thu-phi-khong-duoc"],
  ])("answers '%s' with %s among the first three", (words, id) => {
    expect(find(words).slice(0, 3)).toContain(id);
  });

  it.each([
    ["token locked pin", "token-khoa-pin"],
    ["page spins busy hour", "trang-quay-mai"],
    ["certificate after merger old unit", "chung-thu-sau-sap-nhap"],
    ["fees cannot be collectd", "thu-phi-khong-duoc"],
  ])("answers '%s' in English with %s first", (words, id) => {
    expect(find(words, "en")[0]).toBe(id);
  });

  it("puts the article of a code before all others, and filters by code, system and day", () => {
    expect(find("acc-unit-missing")[0]).toBe("tai-khoan-phong-ban");
    const by = (query: Partial<Parameters<typeof searchArticles>[1]>) =>
      searchArticles(index, { words: "", lang: "vi", ...query }).map(({ article }) => article.id);
    expect(by({ code: "tls.stall" })).toEqual(["chung-chi-may-chu"]);
    expect(by({ system: "feedback" })).toContain("phan-anh-1022");
    expect(by({ system: "feedback" })).not.toContain("token-khoa-pin");
    expect(by({ validAt: "2025-10-31" })).not.toContain("chung-thuc-uy-quyen");
    expect(by({ validAt: "2025-11-01" })).toContain("chung-thuc-uy-quyen");
  });

  it("prefers the page whose diacritics are those that were typed", () => {
    const pages = ["Bàn ghế mới", "Bản sao mới", "Bán hàng mới"].map((title) => ({ title, keys: [], text: title }));
    const own = createSearchIndex(pages);
    expect(searchPages(own, "bản mới").hits[0]?.page).toBe(1);
    expect(searchPages(own, "bán mới").hits[0]?.page).toBe(2);
    expect(searchPages(own, "ban moi").hits).toHaveLength(3);
  });

  it("cuts a snippet whose marks are the words, whatever marks and markup stand around them", () => {
    for (const { article, snippet } of searchArticles(index, { words: "quan tri he thong", lang: "vi" })) {
      expect(snippet.text.length).toBeLessThan(200);
      for (const [from, to] of snippet.marks) {
        expect(["quan", "tri", "he", "thong"], article.id).toContain(foldLetters(snippet.text.slice(from, to)));
      }
    }
    const { text, marks } = cutSnippet(`${"đầu ".repeat(80)}Khóa token`.normalize("NFD"), ["khoa"]);
    expect(marks.map(([from, to]) => text.slice(from, to))).toEqual(["Khóa"]);
  });

  it("is at home in thousands of articles, and answers nothing with nothing", () => {
    const many = indexArticles(makeArticles(articles, 1_000));
    expect(searchArticles(many, { words: "made-77", lang: "vi" })[0]?.article.id).toBe("bai-77");
    expect(searchArticles(many, { words: "  ", lang: "vi" })).toHaveLength(1_000);
    expect(searchArticles(many, { words: "€ – …", lang: "vi" })).toEqual([]);
    expect(searchArticles(indexArticles([]), { words: "token", lang: "vi" })).toEqual([]);
  });
});

describe("counting edits", () => {
  it("agrees with the platform's distance up to two", () => {
    const random = createRandom(23);
    const word = (): string => Array.from({ length: 2 + random.integer(8) }, () => "abcd"[random.integer(4)]).join("");
    for (let round = 0; round < 4_000; round++) {
      const a = word();
      const b = round % 2 === 0 ? slip(slip(a, random), random) : word();
      for (const atMost of [1, 2]) {
        const distance = editDistance(a, b);
        expect(countEdits(a, b, atMost), `${a} ${b}`).toBe(Math.min(distance, atMost + 1));
      }
    }
  });
});
