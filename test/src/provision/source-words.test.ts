import { describe, expect, it } from "vitest";
import { nameSource } from "../../../src/provision/source-words.ts";

describe("what gives somebody a system, a role or a group", () => {
  it.each([
    ["class cong_chuc + position van-thu", "loại công chức + chức vụ van-thu", "class civil servant + position van-thu"],
    ["addition: thay chị Lan", "bổ sung: thay chị Lan", "addition: thay chị Lan"],
    ["owner of 27004/van-phong/clerk", "phụ trách 27004/van-phong/clerk", "owner of 27004/van-phong/clerk"],
    ["none", "không mẫu nào cho", "no template gives it"],
    ["something of a later version", "something of a later version", "something of a later version"],
  ])("%s is told in both languages", (source, vi, en) => {
    expect(nameSource(source)).toEqual({ vi, en });
  });
});
