import { describe, expect, it } from "vitest";
import { Failure } from "../../../src/platform/failure.ts";
import { verbatim } from "../../../src/platform/words.ts";
import { decideOutcome } from "../../../src/reports/outcome.ts";
import { createInMemoryCounts, type TestRecords } from "../../support/in-memory-counts.ts";
import { at, openTestDesk, receive } from "../../support/report-desk.ts";
import { toDeclared } from "../../support/stated.ts";

const [phuXuan, huongAn, quangDien] = ["19753", "19804", "19867"];
const allUnits = [phuXuan, huongAn, quangDien] as string[];

const records: TestRecords = {
  covered: allUnits,
  finishedAt: [at("2025-07-03T07:20"), at("2025-07-03T16:20")],
  dossiers: [
    ...receive(4, "2025-07-02T09:00", { unit: phuXuan!, due: "2025-07-02T17:00" }),
    ...receive(12, "2025-07-03T07:00", { unit: phuXuan!, resolvedAt: "2025-07-03T11:00" }),
    ...receive(8, "2025-07-03T08:00", { unit: quangDien!, channel: "direct" }),
    ...receive(4, "2025-07-03T13:00", { unit: quangDien!, seq: 2 }),
  ],
};

const section = (report: { sections: readonly { id: string }[] }, id: string) =>
  report.sections.find((own) => own.id === id) as never as {
    state: string;
    reason: { vi: string } | null;
    blocks: readonly Record<string, unknown>[];
  };

describe("an evening report", () => {
  it("sums the units of the day and says who has what", async () => {
    const { desk, evening } = await openTestDesk(createInMemoryCounts(records));
    const { report } = await desk.makeMeeting(evening);
    expect(report.window).toEqual({ start: "2025-07-03T00:00:00+07:00", end: "2025-07-03T16:30:00+07:00" });
    expect(report.total).toMatchObject({ reporting: 3, expected: 3 });
    expect(report.total.figures).toMatchObject({
      carriedOver: 4,
      received: { total: 24, online: 16, direct: 8, post: 0 },
      resolved: { total: 12, early: 12 },
      inProgress: { total: 16, within: 12, overdue: 4 },
    });
    expect(report.units.map(({ code, state }) => [code, state])).toEqual([
      [phuXuan, "reporting"],
      [huongAn, "zero"],
      [quangDien, "reporting"],
    ]);
    expect(decideOutcome(report)).toBe("ok");
  });

  it("is the same to the byte when made again, and is kept once", async () => {
    const { desk, evening, audit } = await openTestDesk(createInMemoryCounts(records));
    const first = await desk.makeMeeting(evening);
    const second = await desk.makeMeeting(evening);
    expect(second.modelSha256).toBe(first.modelSha256);
    expect(second.meeting).toEqual({ id: "evening-2025-07-03-1630", isNew: false });
    expect((await desk.listMeetings(9)).map(({ id }) => id)).toEqual(["evening-2025-07-03-1630"]);
    expect((await audit.list()).map(({ action, subject }) => [action, subject])).toEqual([
      ["report.keep", "evening-2025-07-03-1630"],
    ]);
    expect((await desk.findMeeting("evening-2025-07-03-1630"))?.report).toEqual(first.report);
  });

  it("shown again with other facts for the same minute is another revision, and the first stays as it was", async () => {
    const counts = createInMemoryCounts(records);
    const { desk, evening, database } = await openTestDesk(counts);
    const first = await desk.makeMeeting(evening);
    const again = await desk.makeMeeting({
      ...evening,
      questions: { counts, accounts: async () => ({ at: at("2025-07-03T16:00"), gaps: [] }) },
    });
    expect(again.meeting).toEqual({ id: "evening-2025-07-03-1630-2", isNew: true });
    expect((await desk.findMeeting("evening-2025-07-03-1630"))?.report).toEqual(first.report);
    await expect(database.run("UPDATE meeting SET model = '{}'")).rejects.toThrow(/insert-only/);
  });

  it("is not kept for a look", async () => {
    const { desk, evening } = await openTestDesk(createInMemoryCounts(records));
    expect((await desk.makeMeeting({ ...evening, keep: false })).meeting).toBeUndefined();
    expect(await desk.listMeetings(9)).toEqual([]);
  });

  it("leaves silent units out of the sum, names them, and asks for action", async () => {
    const { desk, evening } = await openTestDesk(createInMemoryCounts({ ...records, covered: [phuXuan!] }));
    const { report } = await desk.makeMeeting(evening);
    expect(report.total).toMatchObject({ reporting: 1, expected: 3, figures: { received: { total: 12 } } });
    expect(report.units.find(({ code }) => code === quangDien)?.figures).toBeNull();
    const curve = section(report, "day").blocks[0] as never as { points: { values: [number, number] }[] };
    expect(curve.points.reduce((sum, { values }) => sum + values[0], 0)).toBe(12);
    expect(report.warnings.map(({ code, unit, level }) => [code, unit, level])).toEqual([
      ["W-SILENT", huongAn, "attention"],
      ["W-SILENT", quangDien, "attention"],
    ]);
    expect(decideOutcome(report)).toBe("attention");
  });
});

describe("what the last meeting saw", () => {
  it("stands beside the figures: new since then for what happens, more or less than then for what is open", async () => {
    const { desk, evening } = await openTestDesk(createInMemoryCounts(records));
    await desk.makeMeeting({ ...evening, kind: "morning", asOf: at("2025-07-03T07:30"), knownAsOf: "1" });
    const { report } = await desk.makeMeeting(evening);
    expect(report.previous).toEqual({ meeting: "morning-2025-07-03-0730", asOf: "2025-07-03T07:30:00+07:00", knownSeq: 1 });
    const items = section(report, "totals").blocks[0]!["items"] as { label: { vi: string }; detail: { vi: string } }[];
    expect(items.slice(0, 4).map(({ label, detail }) => [label.vi, detail.vi])).toEqual([
      ["Tiếp nhận", "+12 từ 07:30"],
      ["Đã giải quyết", "+12 từ 07:30"],
      ["Đang giải quyết", "0 từ 07:30"],
      ["Quá hạn", "0 từ 07:30"],
    ]);
  });

  it("is restated unit by unit when an import told otherwise, and the meeting itself prints as it was", async () => {
    const late = [...records.dossiers, ...receive(3, "2025-07-03T07:00", { unit: huongAn!, seq: 2 })];
    const { desk, evening } = await openTestDesk(createInMemoryCounts({ ...records, dossiers: late }));
    const morning = await desk.makeMeeting({ ...evening, kind: "morning", asOf: at("2025-07-03T07:30"), knownAsOf: "1" });
    const { report } = await desk.makeMeeting(evening);
    expect(report.restated.map(({ unit, metric, shown, known }) => [unit, metric, shown, known])).toEqual([
      [huongAn, "received.total", 0, 3],
      [huongAn, "received.online", 0, 3],
      [huongAn, "inProgress.total", 0, 3],
      [huongAn, "inProgress.within", 0, 3],
    ]);
    expect((await desk.findMeeting("morning-2025-07-03-0730"))?.report).toEqual(morning.report);
    const reprinted = await desk.makeMeeting({
      ...evening,
      kind: "morning",
      asOf: at("2025-07-03T07:30"),
      knownAsOf: "morning-2025-07-03-0730",
    });
    expect(reprinted.modelSha256).toBe(morning.modelSha256);
  });

  it("is compared over the units that report both times: one that fell silent does not look like a fall", async () => {
    const counts = createInMemoryCounts(records);
    const { desk, evening } = await openTestDesk(counts);
    await desk.makeMeeting({ ...evening, asOf: at("2025-07-03T14:00") });
    const fewer = createInMemoryCounts({ ...records, covered: [phuXuan!] });
    const { report } = await desk.makeMeeting({ ...evening, questions: { counts: fewer } });
    const items = section(report, "totals").blocks[0]!["items"] as { value: { value: number }; detail: { vi: string } }[];
    expect(items.slice(0, 3).map(({ value, detail }) => [value.value, detail.vi])).toEqual([
      [12, "0 từ 14:00"],
      [12, "0 từ 14:00"],
      [4, "0 từ 14:00"],
    ]);
  });

  it("closed at another number than this opening says so, once it was restated", async () => {
    const late = [...records.dossiers, ...receive(3, "2025-07-02T07:00", { unit: huongAn!, seq: 2 })];
    const { desk, evening } = await openTestDesk(createInMemoryCounts({ ...records, dossiers: late }));
    await desk.makeMeeting({ ...evening, asOf: at("2025-07-02T16:30"), knownAsOf: "1" });
    const { report } = await desk.makeMeeting({ ...evening, kind: "morning", asOf: at("2025-07-03T07:00") });
    expect(report.warnings.filter(({ code }) => code === "W-OPENING")).toMatchObject([
      { expected: 4, found: 7, delta: 3, level: "note" },
    ]);
  });

  it("that knew more than is asked for is not looked at", async () => {
    const { desk, evening } = await openTestDesk(createInMemoryCounts(records));
    await desk.makeMeeting({ ...evening, kind: "morning", asOf: at("2025-07-03T07:30") });
    expect((await desk.makeMeeting({ ...evening, knownAsOf: "1" })).report.previous).toBeNull();
  });
});

describe("a morning report", () => {
  it("starts at the last evening that is kept, else at the hour set for it", async () => {
    const { desk, evening } = await openTestDesk(createInMemoryCounts(records));
    const morning = { ...evening, kind: "morning" as const, asOf: at("2025-07-04T07:30") };
    expect((await desk.makeMeeting({ ...morning, keep: false })).report.window.start).toBe("2025-07-03T16:30:00+07:00");
    await desk.makeMeeting({ ...evening, asOf: at("2025-07-03T17:05") });
    const { report } = await desk.makeMeeting(morning);
    expect(report.window.start).toBe("2025-07-03T17:05:00+07:00");
    expect(report.sections.map(({ id }) => id)).not.toContain("channels");
  });
});

describe("what is due soon", () => {
  const due = [
    ...receive(3, "2025-07-03T07:00", { unit: phuXuan!, due: "2025-07-03T17:00" }),
    ...receive(2, "2025-07-03T07:00", { unit: quangDien!, due: "2025-07-04T17:00" }),
    ...receive(5, "2025-07-03T07:00", { unit: quangDien!, due: "2025-07-05T17:00" }),
    ...receive(7, "2025-07-01T07:00", { unit: phuXuan!, due: "2025-07-02T17:00" }),
    ...receive(1, "2025-07-03T07:00", { unit: phuXuan!, due: "2025-07-03T17:00", resolvedAt: "2025-07-03T09:00" }),
  ];

  it("is today's in the morning and tomorrow's too in the evening, without what is overdue or done already", async () => {
    const { desk, evening } = await openTestDesk(createInMemoryCounts({ ...records, dossiers: due }));
    const told = async (request: typeof evening) =>
      (section((await desk.makeMeeting({ ...request, keep: false })).report, "due").blocks[0] as { text: { vi: string } }).text
        .vi;
    expect(await told({ ...evening, kind: "morning", asOf: at("2025-07-03T10:00") })).toMatch(
      /^3 hồ sơ .* hết ngày 03\/7\/2025;/,
    );
    expect(await told(evening)).toMatch(/^5 hồ sơ .* hết ngày 04\/7\/2025;/);
    expect(await told({ ...evening, asOf: at("2025-07-07T10:00") })).toBe(
      "Không có hồ sơ nào đến hạn từ nay đến hết ngày 08/7/2025.",
    );
  });
});

describe("a forecast made of the past", () => {
  it("says what is known from after its instant, and no closing of an overdue dossier hides what falls due", async () => {
    const dossiers = [
      ...receive(3, "2025-07-03T07:00", { unit: phuXuan!, due: "2025-07-04T17:00" }),
      ...receive(7, "2025-07-01T07:00", { unit: phuXuan!, due: "2025-07-02T17:00", resolvedAt: "2025-07-03T17:00" }),
      ...receive(2, "2025-07-03T16:40", { unit: phuXuan!, due: "2025-07-09T17:00" }),
    ];
    const { desk, evening } = await openTestDesk(createInMemoryCounts({ ...records, dossiers }));
    const told = (
      section((await desk.makeMeeting(evening)).report, "due").blocks as never as { text?: { vi: string } }[]
    ).flatMap(({ text }) => text?.vi ?? []);
    expect(told[0]).toMatch(/^3 hồ sơ /);
    expect(told[1]).toContain("Sau 16:30 03/7/2025 nguồn đã báo thêm: 2 hồ sơ tiếp nhận hoặc mở lại, 7 hồ sơ xong hoặc trả lại");
  });
});

describe("a unit that only states its own totals", () => {
  const own = (metric: string, stated: string) =>
    ({
      ...toDeclared({ unit: huongAn, metric, stated, start: "2025-07-03", end: "2025-07-03T16:00", source: "bang-phuong" }),
      quality: "exact",
    }) as const;
  const declared = [own("received.total", "61"), own("resolved.total", "40"), own("inProgress.total", "21")];
  const withOwn = { ...records, covered: [phuXuan!, quangDien!], declared };

  it("has them in its row, marked, and in no sum, ranking or list of the silent", async () => {
    const { desk, evening } = await openTestDesk(createInMemoryCounts(withOwn));
    const { report } = await desk.makeMeeting(evening);
    expect(report.units.find(({ code }) => code === huongAn)).toMatchObject({
      state: "declared",
      figures: null,
      declared: {
        ...{ source: "bang-phuong", quality: "exact" },
        window: { start: "2025-07-03T00:00:00+07:00", end: "2025-07-03T16:00:00+07:00" },
        counts: { "received.total": 61, "resolved.total": 40, "inProgress.total": 21 },
      },
    });
    expect(report.total).toMatchObject({ reporting: 2, expected: 3, figures: { received: { total: 24 } } });
    expect(report.warnings.map(({ code }) => code)).not.toContain("W-SILENT");
    const row = (
      section(report, "units").blocks as never as { rows: { text?: { vi: string }; value?: number }[][] }[]
    )[0]?.rows.find(([name]) => name?.text?.vi === "Phường Hương An");
    expect(row?.map(({ value }) => value).slice(1, 4)).toEqual([undefined, 61, undefined]);
    expect(row?.at(-1)?.text?.vi).toBe("tự báo: bang-phuong, chính xác, đến 16:00");
    expect(JSON.stringify(section(report, "rankings").blocks)).not.toContain("Hương An");
    expect(JSON.stringify(section(report, "status").blocks)).toContain("Chỉ có số tự báo, không có hồ sơ (1): Phường Hương An");
  });

  it("fills the columns of a form that it states enough for, and no others", async () => {
    const stated = [...declared, own("received.online", "20"), own("received.direct", "30"), own("received.post", "11")];
    const more = [...stated, own("carriedOver", "0"), own("paused.total", "0"), own("returned.total", "0")];
    const { desk, evening } = await openTestDesk(createInMemoryCounts({ ...withOwn, declared: more }));
    const { report } = await desk.makeLook({ ...evening, kind: "range", from: at("2025-07-03"), layout: "ii06a" });
    const row = (
      section(report, "layout").blocks as never as { rows: { text?: { vi: string }; value?: number }[][] }[]
    )[0]?.rows.find(([, name]) => name?.text?.vi === "Phường Hương An (tự báo)");
    const unknown = undefined;
    expect(row?.slice(2).map(({ value }) => value)).toEqual([61, 20, 41, 0, 40, unknown, unknown, unknown, 21, unknown, unknown]);
  });

  it("is silent where the press speaks of it, or its own table is of another time", async () => {
    const others = [
      declared.map((one) => ({ ...one, quality: "press" as const })),
      declared.map((one) => ({ ...one, window: { ...one.window, start: at("2025-07-01") } })),
      declared.map((one) => ({ ...one, window: { start: undefined, end: at("2025-07-02T16:00") } })),
    ];
    for (const told of others) {
      const { desk, evening } = await openTestDesk(createInMemoryCounts({ ...withOwn, declared: told }));
      const { report } = await desk.makeMeeting(evening);
      expect(report.units.find(({ code }) => code === huongAn)).toMatchObject({ state: "silent", declared: null });
      expect(report.warnings.map(({ code, unit }) => `${code} ${unit}`)).toContain(`W-SILENT ${huongAn}`);
    }
  });
});

describe("what is known", () => {
  it("is asked for by import, instant or meeting, and an unknown one is refused", async () => {
    const { desk, evening } = await openTestDesk(createInMemoryCounts(records));
    const seqOf = async (knownAsOf: string | undefined) =>
      (await desk.makeMeeting({ ...evening, keep: false, knownAsOf })).report.knownSeq;
    expect(await seqOf(undefined)).toBe(2);
    expect(await seqOf("1")).toBe(1);
    expect(await seqOf("2025-07-03T12:00")).toBe(1);
    await expect(seqOf("3")).rejects.toMatchObject({ kind: "usage" });
    await expect(seqOf("evening-1999")).rejects.toMatchObject({ kind: "usage" });
  });
});

describe("a source that fails", () => {
  it("is a visible section, and the report is partial", async () => {
    const counts = createInMemoryCounts(records);
    const { desk, evening } = await openTestDesk(counts);
    const down = async () => {
      throw new Failure("unavailable", { vi: "máy chủ không trả lời", en: "the server does not answer" });
    };
    const { report } = await desk.makeMeeting({ ...evening, questions: { counts, signing: down } });
    expect(section(report, "signing")).toMatchObject({ state: "unavailable", reason: { vi: "máy chủ không trả lời" } });
    expect(report.sections.map(({ id }) => id)).not.toContain("accounts");
    expect(decideOutcome(report)).toBe("partial");
  });

  it("by a bug of ours is not hidden in a section", async () => {
    const counts = createInMemoryCounts(records);
    const { desk, evening } = await openTestDesk(counts);
    const bug = async () => {
      throw new TypeError("undefined is not a function");
    };
    await expect(desk.makeMeeting({ ...evening, questions: { counts, health: bug } })).rejects.toThrow(TypeError);
  });
});

describe("other rooms' facts", () => {
  it("are sections of their own, in words, with what nobody measured told apart from what is fine", async () => {
    const counts = createInMemoryCounts(records);
    const { desk, evening } = await openTestDesk(counts);
    const { report } = await desk.makeMeeting({
      ...evening,
      questions: {
        counts,
        health: async () => undefined,
        accounts: async () => ({
          at: at("2025-07-03T16:00"),
          gaps: [{ unit: phuXuan!, code: "ACC-UNIT-MISSING", inWords: verbatim("Phòng Kinh tế"), owner: verbatim("IOC") }],
        }),
        signing: async () => ({ at: at("2025-07-03T16:00"), gaps: [] }),
      },
    });
    expect(section(report, "health").blocks).toMatchObject([{ block: "note", text: { vi: "Chưa kiểm tra lần nào." } }]);
    expect(JSON.stringify(section(report, "accounts").blocks)).toContain("ACC-UNIT-MISSING");
    expect(section(report, "signing").blocks.at(-1)).toMatchObject({ text: { vi: "Loại văn bản nào cũng có người ký được." } });
  });
});

describe("a long list of what is missing", () => {
  it("is summed up by code and owner before the table that a terminal prints only when asked for", async () => {
    const counts = createInMemoryCounts(records);
    const { desk, evening } = await openTestDesk(counts);
    const gap = (unit: string, code: string) => ({ unit, code, inWords: verbatim("–"), owner: verbatim("IOC") });
    const gaps = [
      ...Array.from({ length: 15 }, () => gap(phuXuan!, "ACC-MISSING")),
      ...Array.from({ length: 9 }, (_, index) => gap(allUnits[index % 3]!, "ACC-UNIT-MISSING")),
    ];
    const accounts = async () => ({ at: at("2025-07-03T16:00"), gaps });
    const { report } = await desk.makeMeeting({ ...evening, questions: { counts, accounts } });
    const [, summary, whole] = section(report, "accounts").blocks as never as { rows: { value?: number }[][]; long: boolean }[];
    expect(summary?.rows.map((row) => row.slice(2).map(({ value }) => value))).toEqual([
      [15, 1],
      [9, 3],
    ]);
    expect([summary?.long, whole?.long, whole?.rows.length]).toEqual([false, true, 24]);
  });
});

describe("a source that changed how it is counted", () => {
  it("is named with the day, and how it holds results against appointments stands in the definitions", async () => {
    const rulesChanged = { seq: 2, at: at("2025-07-03T16:20") };
    const sources = [
      { name: "mot-cua", kind: "csv", quality: "exact", lastSeq: 2, lastDeliveryAt: undefined, stale: false } as const,
    ].map((one) => ({ ...one, onTime: "instant" as const, rulesChanged }));
    const { desk, evening } = await openTestDesk(createInMemoryCounts({ ...records, sources }));
    const { report } = await desk.makeMeeting(evening);
    const told = JSON.stringify([section(report, "provenance").blocks, section(report, "definitions").blocks]);
    expect(told).toContain("Nguồn mot-cua đổi quy tắc tính từ lần nhập 2 (16:20 03/7/2025)");
    expect(told).toContain("hồ sơ đã hết hạn lưu vẫn theo quy tắc cũ");
    expect(told).toContain("Riêng nguồn mot-cua so đến từng giây");
    expect(report.sources[0]?.rulesChanged).toEqual({ seq: 2, at: "2025-07-03T16:20:00+07:00" });
  });
});

describe("a workspace that knows only what the press printed", () => {
  it("shows it as given, ranks what can be ranked, and calls nobody silent", async () => {
    const end = "2025-07-03T10:00";
    const declared = [
      toDeclared({ metric: "received.total", stated: "1.283", end }),
      toDeclared({ metric: "resolved.total", stated: "382", end }),
      toDeclared({ unit: phuXuan, metric: "received.total", stated: "151", end }),
      toDeclared({ unit: quangDien, metric: "received.total", stated: "151", end }),
      toDeclared({ unit: quangDien, metric: "resolved.total", stated: "61", end }),
      toDeclared({ unit: huongAn, metric: "resolved.total", stated: "36", end, name: "Xã Hương An" }),
    ];
    const { desk, evening } = await openTestDesk(createInMemoryCounts({ ...records, dossiers: [], covered: [], declared }));
    const { report } = await desk.makeMeeting({ ...evening, expectsDossiers: false });
    expect(report.total).toMatchObject({
      figures: null,
      reason: { vi: "Chưa có số liệu nào để cộng." },
      reporting: 0,
      expected: 3,
    });
    expect(report.warnings.filter(({ code }) => code === "W-SILENT").every(({ level }) => level === "note")).toBe(true);
    expect(decideOutcome(report)).toBe("ok");
    const tables = section(report, "declared").blocks.filter(({ block }) => block === "table") as never as {
      rows: unknown[][];
    }[];
    expect(tables[0]?.rows.map((row) => [row[0], row[2]])).toEqual([
      [
        { cell: "rank", rank: 1, tied: true },
        { cell: "count", value: 151 },
      ],
      [
        { cell: "rank", rank: 1, tied: true },
        { cell: "count", value: 151 },
      ],
    ]);
    expect(tables[1]?.rows.map((row) => [row[0], row[2], row[3]])).toMatchObject([
      [{ rank: 1 }, { value: 61 }, { cell: "rate", numerator: 61, denominator: 151, definition: "resolution" }],
      [{ cell: "absent" }, { value: 36 }, { cell: "absent", reason: { vi: "không có số gốc" } }],
    ]);
  });
});
