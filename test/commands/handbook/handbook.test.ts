import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

let cwd: string;
beforeEach(async () => {
  cwd = await makeTestFolder();
});

const vi = { WARDCTL_LANG: "vi", WARDCTL_NOW: "2025-07-03T16:30:00+07:00" };
const makeWorkspace = (more = ""): Promise<void> => writeFile(join(cwd, "wardctl.yaml"), `name: Huế\nprovince: "46"\n${more}`);
const add = (...more: string[]) =>
  runWardctl(["handbook", "add", "--title", "Máy in kẹt giấy", "--source", "Phường Vỹ Dạ", ...more], { cwd, env: vi });

describe("wardctl handbook", () => {
  it("is searched without a workspace, in either language, with a snippet", async () => {
    const { code, stdout } = await runWardctl("handbook search token khoa pin", { cwd, env: vi });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Token bị khóa vì nhập sai mã PIN {2}token-khoa-pin\n {4}\S/);
    const english = JSON.parse((await runWardctl("handbook search token locked --json --limit 1", { cwd })).stdout);
    expect(english).toMatchObject({
      schema: "wardctl.handbook-search/1",
      query: "token locked",
      lang: "en",
      articles: [{ id: "token-khoa-pin", lang: "en", origin: "built-in", codes: ["SIG-PIN-LOCK"] }],
    });
    const { text, marks } = english.articles[0].snippet;
    expect(marks.map(([from, to]: [number, number]) => text.slice(from, to).toLowerCase())).toContain("token");
    const sheet = await runWardctl("handbook search --code SIG-PIN-LOCK --format csv", { cwd });
    expect(sheet.stdout).toMatch(/^id,title,codes,systems,snippet,origin\r?\ntoken-khoa-pin,/);
  });

  it("lists every article without words, and says so where there is none", async () => {
    const { stdout } = await runWardctl("handbook search", { cwd });
    expect(stdout.trim().split("\n").length).toBeGreaterThanOrEqual(40);
    const none = await runWardctl("handbook search qqqqqqqqqqqq", { cwd, env: vi });
    expect([none.code, none.stdout]).toEqual([0, "Không có bài nào.\n"]);
    expect((await runWardctl("handbook search token --valid-at 2025-13-01", { cwd })).code).toBe(2);
  });

  it("shows an article on the terminal and as JSON, and helps with a wrong id", async () => {
    const { stdout } = await runWardctl("handbook show quyen-ky-chua-len-he-thong", { cwd, env: vi });
    expect(stdout).toContain("Quy chế đúng rồi mà phần mềm vẫn chưa cho ký");
    expect(stdout).toContain("    wardctl delegate verify --unit 27004");
    // The list goes on after the lines of code.
    expect(stdout).toMatch(/^2\. Thiếu là/m);
    expect(stdout).not.toMatch(/\*\*|```/);
    const document = JSON.parse((await runWardctl("handbook show token-khoa-pin --json", { cwd })).stdout);
    expect(document).toMatchObject({ schema: "wardctl.handbook-article/1", lang: "en", from: "2025-07-01", until: null });
    expect(document.related[0]).toEqual({ id: "token-khong-nhan", title: "The computer does not see the token" });
    const wrong = await runWardctl("handbook show token-khoa-pim", { cwd });
    expect([wrong.code, wrong.stderr]).toEqual([3, expect.stringContaining("did you mean token-khoa-pin?")]);
  });

  it("adds an article of one's own, which is found at once, recorded, and goes before a shipped one of its id", async () => {
    await makeWorkspace("handbook:\n  folder: so-tay\n");
    const added = await add("--text", "Rút giấy, mở nắp sau, đóng lại.", "--code", "EQUIP-PRINTER", "--yes");
    expect([added.code, added.stdout]).toEqual([0, "Đã thêm bài may-in-ket-giay: so-tay/vi/may-in-ket-giay.md\n"]);
    expect(await readFile(join(cwd, "so-tay/vi/may-in-ket-giay.md"), "utf8")).toContain("from: 2025-07-03");
    const found = JSON.parse((await runWardctl("handbook search ket giay --json", { cwd, env: vi })).stdout);
    expect(found.articles[0]).toMatchObject({ id: "may-in-ket-giay", origin: "own" });
    expect((await runWardctl("audit show --json", { cwd })).stdout).toContain('"handbook.add"');
    expect((await add("--text", "Lần nữa.", "--yes")).stderr).toContain("đã có bài riêng 'may-in-ket-giay'");
    await add("--id", "token-khoa-pin", "--text", "Ở phường ta gọi máy lẻ 12.", "--yes");
    expect((await runWardctl("handbook show token-khoa-pin", { cwd, env: vi })).stdout).toContain("Ở phường ta gọi máy lẻ 12.");
    const checked = JSON.parse((await runWardctl("handbook check --json", { cwd, env: vi })).stdout);
    expect(checked).toMatchObject({ own: 2, oneLanguage: ["may-in-ket-giay"] });
  });

  it("writes an article from a difficulty that is over, without its units and owner, and from no other", async () => {
    await makeWorkspace();
    const run = (...line: string[]) => runWardctl(line, { cwd, env: vi });
    const opened = await run(
      "incident",
      "open",
      "Token không nhận",
      "--code",
      "SIG-DRIVER",
      "--system",
      "documents",
      "--unit",
      "19777",
      "--owner",
      "Viettel",
    );
    expect(opened.stderr).toContain("Sổ tay: token-khong-nhan  ");
    await run("incident", "update", "VM-1", "--tried", "đổi cổng USB");
    const early = await run("handbook", "add", "--from-incident", "VM-1", "--yes");
    expect([early.code, early.stderr]).toEqual([3, expect.stringContaining("VM-1 chưa xong")]);
    expect(early.stderr).toContain("wardctl incident close VM-1");
    const closed = await run(
      "incident",
      "close",
      "VM-1",
      "--how",
      "Cài trình điều khiển của hãng",
      "--lesson",
      "Dán nhãn loại token",
    );
    expect(closed.stderr).toContain("wardctl handbook add --from-incident VM-1");
    expect((await run("handbook", "add", "--from-incident", "vm1", "--code", "SIG-NO-DEVICE", "--yes")).stdout).toBe(
      "Đã thêm bài token-khong-nhan: handbook/vi/token-khong-nhan.md\n",
    );
    expect(await readFile(join(cwd, "handbook/vi/token-khong-nhan.md"), "utf8")).toBe(
      `---
id: token-khong-nhan
title: Token không nhận
lang: vi
codes: [SIG-NO-DEVICE, SIG-DRIVER]
systems: [documents]
from: 2025-07-03
sources:
  - "Vướng mắc VM-1, 2025-07-03"
---

## Đã thử
- đổi cổng USB

## Cách đã xử lý
Cài trình điều khiển của hãng

## Rút kinh nghiệm
Dán nhãn loại token
`,
    );
    const titled = ["--title", "Máy không thấy token", "--source", "Hãng", "--text", "Cài lại.", "--yes"];
    expect((await run("handbook", "add", "--from-incident", "VM-1", ...titled)).code).toBe(0);
    const own = await readFile(join(cwd, "handbook/vi/may-khong-thay-token.md"), "utf8");
    expect(own).toMatch(/ {2}- Hãng\n {2}- "Vướng mắc VM-1, 2025-07-03"\n---\n\nCài lại\.\n$/);
    expect((await run("handbook", "add", "--from-incident", "VM-9", "--yes")).stderr).toContain("không có vướng mắc VM-9");
    expect((await run("handbook", "add", "--from-incident", "mười hai", "--yes")).code).toBe(2);
    const shown = await run("incident", "show", "VM-1");
    expect(shown.stdout).toContain("  Sổ tay: token-khong-nhan  ");
    const document = JSON.parse((await run("incident", "show", "VM-1", "--json")).stdout);
    expect(document.article.id).toBe("token-khong-nhan");
  });

  it("takes no applicant's data into an article, and does not repeat them", async () => {
    await makeWorkspace();
    const { code, stderr } = await add("--text", "Gọi cho người nộp: 0914 123 456.", "--yes");
    expect(code).toBe(3);
    expect(stderr).toContain("handbook/vi/may-in-ket-giay.md:10: có vẻ là số điện thoại: bỏ đi");
    expect(stderr).not.toContain("0914");
    expect((await add("--text", "Rút giấy.")).code).toBe(2);
    expect(JSON.parse((await runWardctl("handbook check --json", { cwd })).stdout)).toMatchObject({ own: 0 });
  });

  it("names every fault of own articles with file and line, and leaves only those out", async () => {
    await makeWorkspace();
    await mkdir(join(cwd, "handbook/vi"), { recursive: true });
    await writeFile(
      join(cwd, "handbook/vi/mot.md"),
      "---\nid: hai\ntitle: Một\nlang: vi\ncode: X\nsources: [a]\n---\nNội dung.\n",
    );
    await writeFile(
      join(cwd, "handbook/vi/ba.md"),
      "---\nid: ba\ntitle: Ba điều cần nhớ\nlang: vi\nsources: [a]\nrelated: [khong-co]\n---\nNội dung.\n",
    );
    const { code, stderr } = await runWardctl("handbook check", { cwd, env: vi });
    expect(code).toBe(3);
    expect(stderr).toContain("handbook/vi/mot.md:2: mã bài 'hai' khác tên tệp 'mot.md'");
    expect(stderr).toContain("handbook/vi/mot.md:5: không có khóa 'code'");
    expect(stderr).toContain("handbook/vi/ba.md:6: không có bài liên quan 'khong-co'");
    const found = await runWardctl("handbook search ba dieu can nho", { cwd, env: vi });
    expect(found.stdout).toMatch(/^Ba điều cần nhớ {2}ba\n/);
    expect(found.stderr).toContain("Bỏ qua 1 bài có lỗi; xem: wardctl handbook check");
  });

  it("writes one HTML file or a PDF, of the own articles too", async () => {
    await makeWorkspace();
    await add("--text", "Rút <giấy> & đóng lại.", "--yes");
    const page = await runWardctl("handbook export", { cwd, env: vi });
    expect(page.stdout).toContain("<p>Rút &lt;giấy&gt; &amp; đóng lại.</p>");
    expect(page.stdout).not.toMatch(/<script[^>]+src=|<link[^>]+href="http/);
    const pdf = await runWardctl("handbook export --out so-tay.pdf --json", { cwd, env: vi });
    expect(JSON.parse(pdf.stdout)).toMatchObject({ schema: "wardctl.handbook-file/1", format: "pdf", lang: "vi" });
    const bytes = await readFile(join(cwd, "so-tay.pdf"), "latin1");
    expect(bytes.startsWith("%PDF-1.7")).toBe(true);
    expect(bytes).toMatch(/\/MarkInfo[\s\S]*\/Lang \(vi-VN\)|\/Lang \(vi-VN\)[\s\S]*\/MarkInfo/);
    expect((await runWardctl("handbook export --json", { cwd })).code).toBe(2);
  });
});
