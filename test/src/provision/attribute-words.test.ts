import { expect, it } from "vitest";
import { describeMove, showValue } from "../../../src/provision/attribute-words.ts";

it("shows people a class by its word in both languages, and anything else as it stands", () => {
  expect(showValue("userType", "cong_chuc")).toEqual({ vi: "công chức", en: "civil servant" });
  expect(showValue("userType", "Giám đốc").vi).toBe("Giám đốc");
  expect(showValue("title", "cong_chuc").en).toBe("cong_chuc");
  expect(describeMove({ attribute: "userType", from: "hop_dong", to: "vien_chuc" })).toEqual({
    vi: "loại: hợp đồng → viên chức",
    en: "class: contract → public employee",
  });
});
