import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findApplicantTrace } from "../../../src/meeting/applicant-data.ts";

describe("what is kept for good", () => {
  it.each([
    ["Bà Lan, CCCD 046185001234, chưa nhận được", "citizen-id"],
    ["046 185 001 234", "citizen-id"],
    ["046.185.001.234 nộp ngày 3/7", "citizen-id"],
    ["số 123456789012", "citizen-id"],
    ["gọi 0912345678", "phone"],
    ["gọi 0912 345 678 sau 14 giờ", "phone"],
    ["091 234 5678", "phone"],
    ["0912.34.56.78", "phone"],
    ["+84912345678", "phone"],
    ["+84 912 345 678", "phone"],
    ["máy bàn 0234 3822 115", "phone"],
    ["02343822115", "phone"],
    ["hồ sơ H57.101-250703-0123 bị treo", "dossier-code"],
    ["H15.50.05.13-261008-0975", "dossier-code"],
    ["000.00.12.H57-250703-0001", "dossier-code"],
  ])("holds nothing of an applicant: '%s' has a %s", (text, trace) => {
    expect(findApplicantTrace(text)).toBe(trace);
  });

  it.each([
    "Chưa thu được lệ phí của 12 hồ sơ đất đai từ 01/7/2025",
    "báo cáo evening-2025-07-03-1630",
    "đơn vị 03415 19777 và 00004 19774",
    "thủ tục 2.000815, biểu II.06a, 1.283 hồ sơ, 29,77%",
    "tổng đài 1022, 18001091",
    "Công điện 111/CĐ-TTg, NĐ 118/2025/NĐ-CP ngày 09/6/2025",
    "10.0.12.7:8443 trả 502 sau 3.000 ms",
    "11:30 03/7/2025 – 16:30 03/7/2025",
  ])("lets pass what the field writes: '%s'", (text) => {
    expect(findApplicantTrace(text)).toBeUndefined();
  });

  it("sees a citizen's number wherever it stands between words", () => {
    const word = fc.stringMatching(/^[a-zà-ỹ]{0,8}$/u);
    const digits = fc.integer({ min: 0, max: 999_999_999 }).map((rest) => `046${String(rest).padStart(9, "0")}`);
    fc.assert(
      fc.property(word, digits, word, (before, number, after) => {
        expect(findApplicantTrace(`${before} ${number}, ${after}`)).toBe("citizen-id");
      }),
    );
  });
});
