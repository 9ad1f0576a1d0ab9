import { describe, expect, it } from "vitest";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";

const vi = { WARDCTL_LANG: "vi" };

describe("a wrong command line", () => {
  it.each([
    ["frob", "không có lệnh 'frob'", "xem wardctl --help"],
    ["wards frob", "không có lệnh 'frob'", "xem wardctl wards --help"],
    ["wards show", "thiếu tham số <đơn-vị>", "xem wardctl wards show --help"],
    ["wards list --province", "tùy chọn '--province <tỉnh>' thiếu giá trị", "xem wardctl wards list --help"],
    ["wards list --formt csv", "không có tùy chọn '--formt' (có phải --format?)", "xem wardctl wards list --help"],
    [
      "wards list --format xml",
      "giá trị 'xml' của '--format <dạng>' không hợp lệ; chọn một trong: table, json, csv, tsv",
      "xem wardctl wards list --help",
    ],
    ["audit show --limit abc", "giá trị 'abc' của '--limit <n>' không hợp lệ; cần một số nguyên không âm", "audit show --help"],
    ["delegate gaps --class foo", "giá trị 'foo' của '--class <loại>' không hợp lệ; chọn một trong: gap", "gaps --help"],
    ["meeting open noon", "giá trị 'noon' của <loại> không hợp lệ; chọn một trong: morning, evening", "meeting open --help"],
    ["records findings x", "giá trị 'x' của <số> không hợp lệ; cần một số nguyên không âm", "records findings --help"],
    ["report range", "thiếu tham số <đầu-kỳ>", "xem wardctl report range --help"],
    ["check run --concurrency 0", "cần một số từ 1 đến", "xem wardctl check run --help"],
    ["init --schema --province 46", "'--schema' không dùng chung với '--province <tỉnh>'", "xem wardctl init --help"],
    ["audit show extra", "thừa tham số", "xem wardctl audit show --help"],
  ])("is answered in Vietnamese, with the help of the verb: %s", async (line, message, hint) => {
    const { code, stdout, stderr } = await runWardctl(line, { env: vi });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    const english = await runWardctl(line);
    expect(english.stderr).not.toMatch(/[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]/);
  });

  it("is one line of JSON under --json, also without a verb", async () => {
    for (const line of ["wards --json", "wards frob --json", "wards list --format=json --kind x"]) {
      const { code, stdout, stderr } = await runWardctl(line);
      expect([code, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
      expect(JSON.parse(stderr)).toMatchObject({
        schema: "wardctl.error/1",
        kind: "usage",
        hint: expect.stringMatching(/--help/),
      });
    }
  });

  it("names the faulty variable, its value and a right one", async () => {
    const folder = await makeTestFolder();
    const now = await runWardctl("wards list", { env: { WARDCTL_NOW: "yesterday" } });
    expect(now.stderr).toBe(
      "wardctl: WARDCTL_NOW: 'yesterday' is not an instant\n" +
        "What to do: write it like 2025-07-03T16:30:00+07:00 or 2025-07-03T16:30\n",
    );
    const nowhere = await runWardctl("audit show", { env: { WARDCTL_WORKSPACE: `${folder}/none` } });
    expect([now.code, nowhere.code]).toEqual([2, 2]);
    expect(nowhere.stderr).toContain(`${folder}/none: has no wardctl.yaml`);
    expect(nowhere.stderr).toContain("WARDCTL_WORKSPACE");
  });

  it("is answered in the next known language when one is unknown", async () => {
    const { stderr } = await runWardctl("wards list --lang fr", { env: vi });
    expect(stderr).toContain("giá trị 'fr' của '--lang <ngôn-ngữ>' không hợp lệ; chọn một trong: vi, en");
    expect((await runWardctl("wards --help", { env: { WARDCTL_LANG: "fr", LANG: "vi_VN.UTF-8" } })).stdout).toContain(
      "Cách dùng",
    );
  });
});

describe("help", () => {
  it.each(["vi", "en"])("fits 80 columns and says its placeholders in the reader's language (%s)", async (lang) => {
    const env = { WARDCTL_LANG: lang };
    for (const line of ["--help", "wards --help", "delegate --help", "delegate can-sign --help", "check run --help"]) {
      const { stdout } = await runWardctl(line, { env });
      expect(stdout.split("\n").filter((text) => text.length > 80 && !text.startsWith("  wardctl "))).toEqual([]);
    }
    const { stdout } = await runWardctl("delegate can-sign --help", { env });
    expect(stdout).toContain(
      lang === "vi"
        ? "wardctl delegate can-sign [tùy chọn] <người> <loại-văn-bản> <đơn-vị>"
        : "wardctl delegate can-sign [options] <person> <doctype> <unit>",
    );
  });
});
