import { describe, expect, it } from "vitest";
import { createDirectory } from "../../../src/directory/directory.ts";
import { findFontReading, isSyllable } from "../../../src/platform/vietnamese-fonts.ts";

describe("text of a font from before Unicode", () => {
  it.each([
    ["NguyÔn V¨n An", "Nguyễn Văn An"],
    ["NguyÔn §Æng Hoµ B×nh", "Nguyễn Đặng Hoà Bình"],
    ["Ph¹m ThÞ H\u00AD¬ng", "Phạm Thị Hương"],
    ["Nguyeãn Ñaëng Hoaø Bình", "Nguyễn Đặng Hoà Bình"],
    ["TRAÀN THÒ LAN", "Trần Thị Lan"],
    ["Leâ Thò Hoàng", "Lê Thị Hồng"],
  ])("%s is probably %s", (text, reading) => {
    expect(findFontReading(text)).toBe(reading);
  });

  it("is never seen in a name of today: no unit of the country, no minority's or foreigner's name", () => {
    const units = createDirectory("2025-07-03")!.listUnits();
    expect(units.map(({ name }) => name).filter((name) => findFontReading(name) !== undefined)).toEqual([]);
    const people = [
      "Y Moan Êban",
      "H’ Hen Niê",
      "Kpă Hơ’Đinh",
      "Y-Wơn Kbuôr",
      "Müller Jürgen",
      "José Peña",
      "Søren Ångström",
      "Lò Văn Ọi",
    ];
    expect(people.filter((name) => findFontReading(name) !== undefined)).toEqual([]);
  });

  it("is told by syllables that Vietnamese has or has not", () => {
    expect(["nguyễn", "Quỳnh", "gì", "khuỷu", "thuở", "yến"].filter((word) => !isSyllable(word, true))).toEqual([]);
    expect(["traàn", "vaên", "hac̀", "ngx", "tôt̀"].filter((word) => isSyllable(word, true))).toEqual([]);
  });
});
