import { expect, it } from "vitest";
import { allDocTypes, toMask } from "../../../src/delegation/doc-types.ts";
import type { Grant } from "../../../src/delegation/grant.ts";
import { listGrantFaults } from "../../../src/delegation/judge-grant.ts";
import { readInstant, vietnamZone } from "../../../src/platform/time.ts";
import { base, makeGrant } from "../../support/signing-world.ts";

const faultsOf = (change: Partial<Grant>, known: readonly Grant[] = []) =>
  listGrantFaults(makeGrant(change), vietnamZone, (id) => known.find((grant) => grant.id === id));
const decision = { kind: "quyet-dinh", number: "5/QĐ-UBND", date: base - 5 } as const;

it("refuses TL. without a clause of a regulation, and does not propose a TUQ", () => {
  const [fault, ...rest] = faultsOf({ basis: { ...makeGrant().basis, clause: undefined } });
  expect(rest).toEqual([]);
  expect(fault).toMatchObject({ code: "DEL-TL-NO-REGULATION", field: "clause", rule: "D30-13.4" });
  expect(fault?.message.en).toContain("do not make it a TUQ");
  expect(fault?.message.vi).toContain("Điều 13 khoản 4 Nghị định 30/2020/NĐ-CP");
  expect(faultsOf({ basis: decision }).map(({ code }) => code)).toEqual(["DEL-TL-NO-REGULATION"]);
});

it("refuses TL. for all types: the regulation names them", () => {
  // Certification is among all types, and cannot be given by TL. at all.
  expect(faultsOf({ docTypes: allDocTypes }).map(({ field }) => field)).toEqual(["doc_types"]);
});

it("refuses a TUQ. for a deputy and says KT. (C5)", () => {
  const [fault] = faultsOf({ capacity: "TUQ", to: { position: "pho-chu-tich" }, basis: decision, validTo: base + 5 });
  expect(fault).toMatchObject({ code: "DEL-CAPACITY", field: "capacity" });
  expect(fault?.message.vi).toContain("dùng KT");
});

it("asks for the legal basis when the grantee heads nothing", () => {
  const grant = { capacity: "TUQ", to: { position: "chuyen-vien", department: "van-phong" }, validTo: base + 5 } as const;
  expect(faultsOf({ ...grant, basis: decision }).map(({ field }) => field)).toEqual(["legal_basis"]);
  expect(faultsOf({ ...grant, basis: { ...decision, legalBasis: "Luật 72/2025/QH15" } })).toEqual([]);
});

it("refuses certification to a civil servant before 1 November 2025 by its date, and takes it from that day", () => {
  const grant = (day: string) => ({
    capacity: "TUQ" as const,
    to: { position: "chuyen-vien", department: "van-phong" },
    docTypes: toMask(["ban-sao"]),
    validFrom: readInstant(day, vietnamZone)!,
    validTo: base + 5,
    basis: { ...decision, date: readInstant("2025-09-01", vietnamZone)!, legalBasis: "Nghị định 280/2025/NĐ-CP" },
  });
  expect(faultsOf(grant("2025-10-31"))[0]?.message.vi).toContain("chỉ có hiệu lực từ 01/11/2025");
  expect(faultsOf(grant("2025-11-01"))).toEqual([]);
});

it("passes on a standing order once, to the own deputy, no wider and no longer (I4, I5)", () => {
  const parent = makeGrant({ validTo: base + 100 });
  const child = {
    id: "c",
    capacity: "KT",
    from: parent.to,
    to: { position: "pho-chanh-van-phong", department: "van-phong" },
    parent: "g1",
    validTo: base + 100,
    basis: { kind: "phan-cong", number: "2", date: base - 5 },
  } as const;
  expect(faultsOf(child, [parent])).toEqual([]);
  expect(faultsOf({ ...child, parent: undefined }, [parent]).map(({ code }) => code)).toEqual(["DEL-DEPTH"]);
  expect(faultsOf({ ...child, validTo: base + 101 }, [parent]).map(({ code }) => code)).toEqual(["DEL-CHILD-WIDER"]);
  expect(faultsOf({ ...child, docTypes: toMask(["cong-van", "thong-bao"]) }, [parent])[0]?.message.en).toContain("thong-bao");
  expect(faultsOf({ ...child, from: { position: "giam-doc-trung-tam" } }, [parent]).map(({ code }) => code)).toEqual([
    "DEL-DEPTH",
  ]);
  expect(faultsOf({ parent: "g1" }, [parent]).map(({ code }) => code)).toEqual(["DEL-DEPTH"]);
  const [none] = faultsOf({ ...child, to: { position: "pho-truong-phong", department: "van-hoa-xa-hoi" } }, [parent]);
  expect(none?.code).toBe("DEL-DEPTH");
});

it("names every fault of a grant at once", () => {
  const fields = faultsOf({ capacity: "TUQ", docTypes: 0, basis: { kind: "phan-cong" } }).map(({ field }) => field);
  expect(fields.sort()).toEqual(["basis_date", "basis_kind", "basis_number", "doc_types", "to"]);
});
