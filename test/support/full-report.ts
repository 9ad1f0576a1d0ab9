import { writeFile } from "node:fs/promises";
import { createDirectory } from "../../src/directory/directory.ts";
import type { Unit } from "../../src/directory/unit.ts";
import { Failure } from "../../src/platform/failure.ts";
import { noPaint } from "../../src/platform/paint.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import type { RenderOptions } from "../../src/reports/formats/format.ts";
import { type FormatName, formats } from "../../src/reports/formats/index.ts";
import type { MadeReport } from "../../src/reports/report-desk.ts";
import { hueUnits } from "./hue-day.ts";
import { createInMemoryCounts } from "./in-memory-counts.ts";
import { at, openTestDesk, receive } from "./report-desk.ts";

const systems = [
  { vi: "Văn bản", en: "Documents" },
  { vi: "Một cửa", en: "Dossiers" },
  { vi: "1022", en: "1022" },
];

/** A page with everything a page can hold: silent, stale and failing units, causes, gaps, a section whose source failed. */
export async function writeFullPage(file: string, lang: Lang): Promise<void> {
  const made = await makeFullReport(hueUnits, "Huế");
  await writeFile(file, await renderMade(made, "html", lang));
}

/** TP.HCM's 168 units. */
export const bigProvince = createDirectory("2025-07-03")!.listUnits({ province: "79" });

export async function renderMade(made: MadeReport, name: FormatName, lang: Lang, own: Partial<RenderOptions> = {}) {
  const { render } = await formats[name]();
  const options = { lang, zone: vietnamZone, paint: noPaint, all: true, clockPinned: false };
  return render(made.report, { ...options, modelSha256: made.modelSha256, meeting: made.meeting?.id, ...own });
}

export async function makeFullReport(units: readonly Unit[], city: string): Promise<MadeReport> {
  const missing = 5;
  const counts = createInMemoryCounts({
    covered: units.slice(0, -missing).map(({ code }) => code),
    stale: [units[3]!.code],
    finishedAt: [at("2025-07-03T07:20")],
    dossiers: units.flatMap(({ code }, index) => [
      ...receive(5 + ((index * 7) % 23), "2025-07-03T07:30", { unit: code }),
      ...receive(3 + ((index * 5) % 17), "2025-07-03T08:10", { unit: code, channel: "direct", resolvedAt: "2025-07-03T14:20" }),
      ...receive(index % 3, "2025-07-01T08:00", { unit: code, channel: "post", due: "2025-07-02T17:00" }),
    ]),
  });
  const { desk, evening } = await openTestDesk(counts);
  return desk.makeMeeting({
    ...evening,
    units,
    city,
    questions: {
      counts,
      health: async () => ({
        at: at("2025-07-03T16:20"),
        endpoints: { pass: 105, fail: 12, unknown: 2, untested: 1 },
        causes: [
          {
            inWords: {
              vi: "Đường truyền của một nhà mạng: 12/12 điểm không đi được",
              en: "One carrier's line: 12 of 12 unreachable",
            },
            affected: 12,
            owner: { vi: "Nhà mạng", en: "The carrier" },
          },
        ],
        grid: {
          systems,
          units: units.map(({ code }, index) => ({
            unit: code,
            states: systems.map((_system, own) => (index % 10 === 1 ? "fail" : index === 7 && own > 0 ? "unknown" : "pass")),
          })),
        },
      }),
      accounts: async () => ({
        at: at("2025-07-03T16:20"),
        gaps: [{ unit: units[4]!.code, code: "ACC-UNIT-MISSING", inWords: { vi: "Phòng Kinh tế", en: "Economy department" } }],
      }),
      signing: async () => {
        throw new Failure("unavailable", { vi: "hệ thống văn bản không trả lời", en: "the document system does not answer" });
      },
    },
  });
}
