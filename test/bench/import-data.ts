import { closeSync, openSync, writeSync } from "node:fs";
import { createDirectory } from "../../src/directory/directory.ts";
import { createWorkingCalendar } from "../../src/directory/working-calendar.ts";
import { createRandom } from "../../src/platform/random.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import type { DueRules } from "../../src/records/calendar-store.ts";
import { builtInTerms } from "../../src/records/due-term.ts";
import { recordsSettings } from "../../src/records/settings.ts";
import type { NamedSource } from "../../src/records/source.ts";
import type { FileProfile } from "../../src/records/sources/file-lines.ts";

export const directory = createDirectory("2025-07-03")!;
/** After the last date of a file of 20 million rows, so that nothing lies in the future. */
export const now = Date.parse("2026-02-01T00:00:00+07:00");

/** As every import of the command line has them. */
export const dueRules: DueRules = { calendar: createWorkingCalendar(vietnamZone), terms: builtInTerms, zone: vietnamZone };

export const head = "Mã hồ sơ,Mã đơn vị,Mã TTHC,Kênh,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc xử lý,Trạng thái,Cập nhật lúc";
export const source = {
  name: "igate",
  profile: recordsSettings.parse({
    sources: {
      igate: {
        kind: "csv",
        content: "dossiers",
        export: "full",
        delimiter: ",",
        dates: ["dd/MM/yyyy HH:mm:ss"],
        columns: {
          code: "Mã hồ sơ",
          unit: "Mã đơn vị",
          procedure: "Mã TTHC",
          channel: "Kênh",
          received: "Ngày tiếp nhận",
          due: "Ngày hẹn trả",
          finished: "Ngày kết thúc xử lý",
          status: "Trạng thái",
          updated: "Cập nhật lúc",
        },
        channels: { "1": "direct", "2": "online", "3": "post" },
        status: { "4": "in_progress", "9": "resolved" },
      },
    },
  }).sources["igate"],
} as NamedSource<Extract<FileProfile, { kind: "csv"; content: "dossiers" }>>;

const perUnitAndDay = 350;
const daySeconds = 86_400;
const firstDay = Date.UTC(2025, 0, 1) / 1000;

/**
 * The same bytes for the same number of rows: 168 units of one city, 350 dossiers each a day, in the order in which they were received, four
 * in five of them closed. Nine columns, as an office exports them.
 */
export function writeExport(path: string, rows: number): void {
  const random = createRandom("import-bench");
  const units = directory.listUnits({ province: "79" }).map(({ code }) => code);
  const procedures = Array.from(
    { length: 400 },
    (_, n) => `${1 + (n % 3)}.${String(1000 + n * 7).padStart(6, "0")}.000.00.00.H29`,
  );
  const file = openSync(path, "w");
  let text = `${head}\n`;
  for (let n = 0; n < rows; n++) {
    const place = n % (units.length * perUnitAndDay);
    const unit = place % units.length;
    const midnight = firstDay + ((n - place) / (units.length * perUnitAndDay)) * daySeconds;
    const received = midnight + 7 * 3600 + random.integer(10 * 3600);
    const due = midnight + (1 + random.integer(20)) * daySeconds + 17 * 3600;
    const isOpen = random.integer(5) === 0;
    const last = received + random.integer((isOpen ? 1 : 18) * daySeconds);
    const day = toDate(midnight);
    const code = `H29.${1 + Math.floor(unit / 20)}.${1 + (unit % 20)}-${day.slice(8, 10)}${day.slice(3, 5)}${day.slice(0, 2)}-${String(1 + Math.floor(place / units.length)).padStart(4, "0")}`;
    text += `${code},${units[unit]},${procedures[random.integer(400)]},${1 + random.integer(3)},${toTime(received)},${toTime(due)},${isOpen ? "" : toTime(last)},${isOpen ? 4 : 9},${toTime(last)}\n`;
    if (text.length < 1_000_000) continue;
    writeSync(file, text);
    text = "";
  }
  writeSync(file, text);
  closeSync(file);
}

const dates = new Map<number, string>();

/** `03/07/2025`. */
function toDate(at: number): string {
  const day = Math.floor(at / daySeconds);
  const known = dates.get(day);
  if (known !== undefined) return known;
  const [year, month, date] = new Date(day * daySeconds * 1000).toISOString().slice(0, 10).split("-");
  // Two digits of the year last, for the code.
  const text = `${date}/${month}/${year}`;
  dates.set(day, text);
  return text;
}

function toTime(at: number): string {
  const second = at % daySeconds;
  const two = (n: number): string => String(Math.floor(n)).padStart(2, "0");
  return `${toDate(at)} ${two(second / 3600)}:${two((second / 60) % 60)}:${two(second % 60)}`;
}
