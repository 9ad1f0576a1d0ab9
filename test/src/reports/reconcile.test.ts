import { describe, expect, it } from "vitest";
import { toToneKey } from "../../../src/platform/text.ts";
import { verbatim } from "../../../src/platform/words.ts";
import type { Declared, Figures } from "../../../src/records/figures.ts";
import { reconcile } from "../../../src/reports/reconcile.ts";
import { toDeclared } from "../../support/stated.ts";

const names: Readonly<Record<string, string>> = {
  "19753": "Phường Phú Xuân",
  "19867": "Xã Quảng Điền",
  "19804": "Phường Hương An",
  "19960": "Phường Hóa Châu",
  "23143": "Xã Tân Thành",
  "23134": "Xã Tân Lập",
  "27484": "Phường Phú Thuận",
  "27259": "Phường Xóm Chiếu",
};

function check(
  declared: readonly Declared[],
  {
    units = [],
    computed = [],
  }: { units?: readonly { code: string; figures: Figures | undefined }[]; computed?: readonly (number | undefined)[] } = {},
) {
  const { findings, ties } = reconcile({
    units,
    declared: declared.map((stated, index) => ({ stated, computed: computed[index], isComparable: true })),
    namesOf: (code) => (names[code] ? [verbatim(names[code])] : []),
    isSameName: (a, b) => toToneKey(a) === toToneKey(b),
  });
  return { findings, told: findings.map(({ code, message }) => `${code} ${message.vi}`), ties: ties.map(({ vi }) => vi) };
}

const expectedUnits = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ code: String(19700 + index), figures: undefined }));

describe("the published figures of the field reports", () => {
  it("Huế 3/7/2025: 382 of 1.283 agrees with 29,77%; two of forty units cannot check the total", () => {
    const { told, ties } = check(
      [
        toDeclared({ metric: "received.total", stated: "1.283" }),
        toDeclared({ metric: "resolved.total", stated: "382" }),
        toDeclared({ metric: "rate.resolution", stated: "29,77%" }),
        toDeclared({ unit: "19753", metric: "received.total", stated: "151" }),
        toDeclared({ unit: "19867", metric: "received.total", stated: "151" }),
      ],
      { units: [...expectedUnits(38), { code: "19753", figures: undefined }, { code: "19867", figures: undefined }] },
    );
    expect(ties).toEqual(["Toàn địa bàn (bao-chi): 29,77% khớp 382/1.283"]);
    expect(told).toEqual([
      "W-TOTAL Tiếp nhận (bao-chi): không kiểm được tổng 1.283 với các đơn vị, vì chỉ có số của 2/40 đơn vị (cộng được 302)",
    ]);
  });

  it("Huế: another rate than the two counts give is told", () => {
    const { told } = check([
      toDeclared({ metric: "received.total", stated: "1.283" }),
      toDeclared({ metric: "resolved.total", stated: "382" }),
      toDeclared({ metric: "rate.resolution", stated: "29,78%" }),
    ]);
    expect(told).toEqual(["W-RATE Toàn địa bàn (bao-chi): công bố 29,78%, nhưng 382/1.283 là 29,77%"]);
  });

  it("Hương An: 36 without a base has no rate, and it is a ward, not a commune", () => {
    const { told } = check([toDeclared({ unit: "19804", metric: "resolved.total", stated: "36", name: "Xã Hương An" })]);
    expect(told).toEqual([
      "W-BASE Phường Hương An (bao-chi): đã giải quyết 36, không có số gốc nên không có tỷ lệ; chỉ xếp theo số lượng",
      'W-NAME bao-chi ghi "Xã Hương An"; đúng theo danh bạ là Phường Hương An (19804)',
    ]);
  });

  it("the other placement of a tone mark is the same name", () => {
    expect(check([toDeclared({ unit: "19960", metric: "received.total", stated: "5", name: "Phường Hoá Châu" })]).told).toEqual(
      [],
    );
  });

  it("Tân Thành: 52 = 45 + 5 + 2 ties, with what was not given named", () => {
    const { told, ties } = check([
      toDeclared({ unit: "23143", metric: "received.total", stated: "52" }),
      toDeclared({ unit: "23143", metric: "resolved.total", stated: "45" }),
      toDeclared({ unit: "23143", metric: "inProgress.total", stated: "5" }),
      toDeclared({ unit: "23143", metric: "returned.rejectedInBase", stated: "2" }),
    ]);
    expect(told).toEqual([]);
    expect(ties).toEqual([
      "Xã Tân Thành (bao-chi): cân đối hồ sơ khớp, 52 = 45 + 5 + 2 (không công bố: kỳ trước chuyển sang, mở lại, tạm dừng)",
    ]);
  });

  it("Tân Lập: 96,3% cannot come from about 30, it needs 27 or 54, and no count is derived", () => {
    const { told, findings } = check([
      toDeclared({ unit: "23134", metric: "received.total", stated: "~30" }),
      toDeclared({ unit: "23134", metric: "rate.stated", stated: "96,3%" }),
    ]);
    expect(told).toEqual([
      "W-RATE Xã Tân Lập (bao-chi): 96,3% không thể tính ra từ ~30 hồ sơ; cần số gốc 27 hoặc 54; coi là ước chừng",
    ]);
    expect(findings[0]?.message.en).toBe(
      "Xã Tân Lập (bao-chi): 96,3% cannot come from ~30 dossiers; it needs a base of 27 or 54; taken as approximate",
    );
    expect(JSON.stringify(findings)).not.toMatch(/28[.,]9/);
  });

  it("Xóm Chiếu: 751 of more than 11.600 is 6,47% at most, and Phú Thuận's bare 99% is not ranked with it", () => {
    const { told } = check([
      toDeclared({ unit: "27259", metric: "received.total", stated: ">11.600" }),
      toDeclared({ unit: "27259", metric: "received.online", stated: "751" }),
      toDeclared({ unit: "27259", metric: "rate.stated", stated: "96,17%" }),
      toDeclared({ unit: "27484", metric: "rate.online", stated: "99%" }),
    ]);
    expect(told).toEqual([
      "W-BASE Phường Xóm Chiếu (bao-chi): 96,17%, số gốc chỉ là cận dưới (từ 11.600); không suy ra số hồ sơ",
      "W-BASE Phường Phú Thuận (bao-chi): 99%, không có số gốc; không suy ra số hồ sơ",
      "W-DEFINITION Tỷ lệ trực tuyến 99% của Phường Phú Thuận và nhiều nhất 6,47% của Phường Xóm Chiếu: định nghĩa khác nhau hoặc không rõ, không xếp chung",
    ]);
  });

  it("Hà Nội 1/7–23/9/2025: the deltas −2, +6 and −6 are reported, nothing is mended", () => {
    const { findings } = check([
      toDeclared({ metric: "received.total", stated: "531.269" }),
      toDeclared({ metric: "received.online", stated: "212.790" }),
      toDeclared({ metric: "received.direct", stated: "317.199" }),
      toDeclared({ metric: "received.post", stated: "1.278" }),
      toDeclared({ metric: "resolved.total", stated: "510.541" }),
      toDeclared({ metric: "inProgress.total", stated: "20.734" }),
      toDeclared({ metric: "resolved.onTime", stated: "509.772" }),
      toDeclared({ metric: "resolved.late", stated: "763" }),
    ]);
    expect(findings.map(({ code, expected, found, delta }) => [code, expected, found, delta])).toEqual([
      ["W-CHANNEL", 531269, 531267, -2],
      ["W-BALANCE", 531269, 531275, 6],
      ["W-PARTS", 510541, 510535, -6],
    ]);
    expect(findings.every(({ level }) => level === "note")).toBe(true);
  });
});

describe("stated figures against others", () => {
  const city = toDeclared({ metric: "received.total", stated: "10" });
  const unit = (code: string, stated: string) => toDeclared({ unit: code, metric: "received.total", stated });

  it("a total is checked when every expected unit is given", () => {
    const units = [
      { code: "19753", figures: undefined },
      { code: "19867", figures: undefined },
    ];
    expect(check([city, unit("19753", "4"), unit("19867", "6")], { units }).told).toEqual([]);
    expect(check([city, unit("19753", "4"), unit("19867", "5")], { units }).findings).toMatchObject([
      { code: "W-TOTAL", expected: 10, found: 9, delta: -1 },
    ]);
  });

  it("units of elsewhere do not enter the total", () => {
    const units = [{ code: "19753", figures: undefined }];
    expect(check([city, unit("19753", "10"), unit("23143", "52")], { units }).told).toEqual([]);
  });

  it("ours is compared with the stated number, or with the interval it stands for", () => {
    expect(check([city], { computed: [10] }).told).toEqual([]);
    expect(check([city], { computed: [13] }).findings).toMatchObject([{ code: "W-DECLARED", expected: 10, found: 13, delta: 3 }]);
    const more = toDeclared({ metric: "received.total", stated: ">11.600" });
    expect(check([more], { computed: [12_000] }).told).toEqual([]);
    expect(check([more], { computed: [11_000] }).findings).toMatchObject([{ code: "W-DECLARED", delta: -600 }]);
  });

  it("what is broken in a system's own figures must be acted on", () => {
    const exact = [
      toDeclared({ metric: "resolved.total", stated: "10" }),
      toDeclared({ metric: "received.total", stated: "12" }),
      toDeclared({ metric: "resolved.early", stated: "4" }),
      toDeclared({ metric: "resolved.onTime", stated: "3" }),
      toDeclared({ metric: "resolved.late", stated: "2" }),
    ].map((own) => ({ ...own, quality: "exact" as const }));
    expect(check(exact).findings).toMatchObject([{ code: "W-PARTS", level: "attention", delta: -1 }]);
  });
});

describe("computed figures", () => {
  const figures: Figures = {
    carriedOver: 3,
    received: { total: 10, online: 6, direct: 3, post: 1 },
    reopened: 1,
    resolved: { total: 5, early: 2, onTime: 2, late: 1 },
    inProgress: { total: 6, within: 4, overdue: 2 },
    paused: { total: 2, supplement: 1, fee: 1, stopped: 0, overdue: 0 },
    returned: { total: 1, withdrawn: 1, rejectedInBase: 0 },
    pendingIntake: 9,
    refusedAtIntake: 2,
    resultHandedOver: 4,
  };

  it("that tie are said to tie, once for all units", () => {
    const { told, ties } = check([], { units: [{ code: "19753", figures }] });
    expect(told).toEqual([]);
    expect(ties).toHaveLength(1);
  });

  it.each([
    ["W-CHANNEL", { ...figures, received: { ...figures.received, post: 2 } }, 1],
    ["W-BALANCE", { ...figures, carriedOver: 4 }, -1],
    ["W-PARTS", { ...figures, paused: { ...figures.paused, fee: 3 } }, 2],
  ])("that break an identity need attention: %s", (code, broken, delta) => {
    const { findings, ties } = check([], { units: [{ code: "19753", figures: broken }] });
    expect(findings).toMatchObject([{ code, unit: "19753", level: "attention", delta }]);
    expect(ties).toEqual([]);
  });
});
