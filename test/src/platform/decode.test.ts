import { describe, expect, it } from "vitest";
import { decodeText } from "../../../src/platform/decode.ts";
import { Failure } from "../../../src/platform/failure.ts";

const bytes = (...parts: (number | string)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "number" ? Buffer.from([part]) : Buffer.from(part, "latin1"))));

describe("text of an office's file", () => {
  it("is UTF-8 when nothing else is said, with or without its mark", () => {
    expect(decodeText(Buffer.from("Vỹ Dạ"), "f")).toBe("Vỹ Dạ");
    expect(decodeText(Buffer.from("\uFEFFVỹ Dạ"), "f")).toBe("Vỹ Dạ");
  });

  it("is composed, whatever it was stored as", () => {
    expect(decodeText(Buffer.from("Thảo Điền".normalize("NFD")), "f")).toBe("Thảo Điền".normalize("NFC"));
  });

  it("is Windows-1258 when declared: letter and tone stand apart there", () => {
    // Vi + e with circumflex + dot below + t
    expect(decodeText(bytes("Vi", 0xea, 0xf2, "t ", 0xd0, "\u00F4", "ng"), "f", "windows-1258")).toBe("Việt Đông");
  });

  it("is UTF-16 by its mark, as spreadsheets save it", () => {
    const saved = Buffer.from("\uFEFFHuế;40\r\n", "utf16le");
    expect(decodeText(saved, "f")).toBe("Huế;40\r\n");
    expect(decodeText(saved.swap16(), "f")).toBe("Huế;40\r\n");
  });

  it("believes the mark more than what was declared", () => {
    expect(decodeText(Buffer.from("\uFEFFHuế"), "f", "windows-1258")).toBe("Huế");
    expect(decodeText(Buffer.from("\uFEFFHuế", "utf16le"), "f", "utf-8")).toBe("Huế");
  });

  it("is refused with line and column and a way out when bytes do not fit", () => {
    let failure: unknown;
    try {
      decodeText(bytes("mot\r\nhai\rba ", 0xea, 0xf2, "t"), "roster.csv");
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({
      kind: "invalid",
      hint: { en: "try encoding: windows-1258" },
      faults: [{ file: "roster.csv", line: 3, column: 4 }],
    });
  });
});
