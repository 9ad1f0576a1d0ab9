import { describe, expect, it } from "vitest";
import { toArticleId, toDraft } from "../../../src/handbook/draft.ts";
import { formatArticle, readArticle } from "../../../src/handbook/read-article.ts";

describe("an article from a difficulty that is over", () => {
  const lesson = {
    number: "VM-12",
    title: "Token không nhận ở 3 phường: sai trình điều khiển",
    code: "SIG-DRIVER",
    system: "documents",
    tried: ["đổi cổng USB", "cài lại\ntrình duyệt"],
    resolution: "Cài trình điều khiển Bit4ID.",
    learned: "Dán nhãn loại token.",
    closedOn: "2025-07-03",
  };

  it("says what was tried, what mended it and what was learned, and rests on the difficulty", () => {
    const draft = toDraft(lesson, "vi");
    expect(draft).toMatchObject({
      id: "token-khong-nhan-o-3-phuong-sai-trinh-dieu-khien",
      codes: ["SIG-DRIVER"],
      systems: ["documents"],
      from: "2025-07-03",
      sources: [{ name: "Vướng mắc VM-12, 2025-07-03" }],
    });
    const file = `handbook/vi/${draft.id}.md`;
    const { article, faults } = readArticle({ text: formatArticle(draft), file, lang: "vi", origin: "own" });
    expect(faults).toEqual([]);
    expect(article?.body).toBe(
      "## Đã thử\n- đổi cổng USB\n- cài lại trình duyệt\n\n## Cách đã xử lý\nCài trình điều khiển Bit4ID.\n\n## Rút kinh nghiệm\nDán nhãn loại token.",
    );
  });

  it("leaves out what nobody wrote", () => {
    const bare = { ...lesson, code: undefined, system: undefined, tried: [], learned: undefined };
    expect(toDraft(bare, "en")).toMatchObject({
      codes: [],
      systems: [],
      body: "## What mended it\nCài trình điều khiển Bit4ID.",
    });
  });

  it("makes an id of any title", () => {
    expect(toArticleId("Đèn PON đỏ — gọi ai?")).toBe("den-pon-do-goi-ai");
    expect(toArticleId("???")).toBe("bai-moi");
    expect(toArticleId(`${"dài ".repeat(40)}`)).toMatch(/^dai(-dai)+$/);
  });
});
