import { expect, it } from "vitest";
import { findDocType } from "../../../src/delegation/doc-types.ts";
import { type Signing, toSignatureBlock } from "../../../src/delegation/signature-block.ts";

const head = { position: "chu-tich" };
const room = (department: string) => ({ position: "truong-phong", department });
const centre = { position: "giam-doc-trung-tam", department: "trung-tam-pvhcc" };
const office = { position: "chanh-van-phong", department: "van-phong" };
const deputy = { position: "pho-chu-tich" };

const cases: readonly (readonly [string, Omit<Signing, "docType">, string])[] = [
  ["cong-van", { capacity: "HEAD", from: head, to: head }, "CHỦ TỊCH"],
  ["bao-cao", { capacity: "TM", from: head, to: head }, "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH"],
  ["bao-cao", { capacity: "KT", from: head, to: deputy }, "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"],
  ["cong-van", { capacity: "KT", from: head, to: deputy }, "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"],
  ["cong-van", { capacity: "Q", from: head, to: deputy }, "Q. CHỦ TỊCH"],
  ["cong-van", { capacity: "TL", from: head, to: office }, "TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG"],
  ["cong-van", { capacity: "TUQ", from: head, to: room("kinh-te") }, "TUQ. CHỦ TỊCH / TRƯỞNG PHÒNG KINH TẾ"],
  ["cong-van", { capacity: "TL", from: head, to: room("van-hoa-xa-hoi") }, "TL. CHỦ TỊCH / TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI"],
  ["cong-van", { capacity: "TUQ", from: head, to: centre }, "TUQ. CHỦ TỊCH / GIÁM ĐỐC TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"],
];

it.each(cases)("%s, %o gives exactly: %s", (key, signing, block) => {
  expect(toSignatureBlock({ ...signing, docType: findDocType(key)! }).join(" / ")).toBe(block);
});
