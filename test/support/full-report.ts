import { writeFile } from "node:fs/promises";
import { Failure } from "../../src/platform/failure.ts";
import { noPaint } from "../../src/platform/paint.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import { formats } from "../../src/reports/formats/index.ts";
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
  const counts = createInMemoryCounts({
    covered: hueUnits.slice(0, 35).map(({ code }) => code),
    stale: [hueUnits[3]!.code],
    finishedAt: [at("2025-07-03T07:20")],
    dossiers: hueUnits.flatMap(({ code }, index) => receive(5 + ((index * 7) % 23), "2025-07-03T07:30", { unit: code })),
  });
  const { desk, evening } = await openTestDesk(counts);
  const made = await desk.makeMeeting({
    ...evening,
    units: hueUnits,
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
          units: hueUnits.map(({ code }, index) => ({
            unit: code,
            states: systems.map((_system, own) => (index % 10 === 1 ? "fail" : index === 7 && own > 0 ? "unknown" : "pass")),
          })),
        },
      }),
      accounts: async () => ({
        at: at("2025-07-03T16:20"),
        gaps: [{ unit: hueUnits[4]!.code, code: "ACC-UNIT-MISSING", inWords: { vi: "Phòng Kinh tế", en: "Economy department" } }],
      }),
      signing: async () => {
        throw new Failure("unavailable", { vi: "hệ thống văn bản không trả lời", en: "the document system does not answer" });
      },
    },
  });
  const { render } = await formats.html();
  const options = { lang, zone: vietnamZone, paint: noPaint, all: true, clockPinned: false };
  await writeFile(file, await render(made.report, { ...options, modelSha256: made.modelSha256, meeting: made.meeting?.id }));
}
