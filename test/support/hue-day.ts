import { createDirectory } from "../../src/directory/directory.ts";
import { formatCsv } from "../../src/platform/csv.ts";
import { createRandom, type Random } from "../../src/platform/random.ts";

/**
 * A made-up day of Huế's 40 units whose counts at 10:00 on 3 July 2025 are the published ones: 1,283 received and 382 resolved, Phú Xuân and Quảng
 * Điền 151 received each, Quảng Điền 61 resolved, Hương An 36. Dossiers are drawn from a seed; nothing is a real dossier.
 */
export const hueUnits = createDirectory("2025-07-03")!.listUnits({ province: "46" });

export const phuXuan = "19753";
export const quangDien = "19867";
export const huongAn = "19804";

interface Load {
  readonly unit: string;
  readonly received: number;
  readonly resolved: number;
}

const fixed: readonly Load[] = [
  { unit: phuXuan, received: 151, resolved: 44 },
  { unit: quangDien, received: 151, resolved: 61 },
  { unit: huongAn, received: 72, resolved: 36 },
];

/** Received and resolved of every unit by 10:00. */
export function listMorningLoads(): Load[] {
  const random = createRandom("hue-2025-07-03");
  const others = hueUnits.filter(({ code }) => !fixed.some(({ unit }) => unit === code)).map(({ code }) => code);
  const sum = (read: (load: Load) => number): number => fixed.reduce((total, load) => total + read(load), 0);
  const received = split(1283 - sum((load) => load.received), others.length, random);
  const resolved = split(382 - sum((load) => load.resolved), others.length, random);
  return [
    ...fixed,
    ...others.map((unit, index) => ({ unit, received: received[index] as number, resolved: resolved[index] as number })),
  ];
}

/** `total` over `parts`, uneven by up to a third. */
function split(total: number, parts: number, random: Random): number[] {
  const weights = Array.from({ length: parts }, () => 2 + random.next() * 2);
  const whole = weights.reduce((a, b) => a + b, 0);
  const counts = weights.map((weight) => Math.floor((total * weight) / whole));
  for (let left = total - counts.reduce((a, b) => a + b, 0); left > 0; left--)
    counts[left % parts] = (counts[left % parts] as number) + 1;
  return counts;
}

const head = [
  "Mã hồ sơ",
  "Mã đơn vị",
  "Mã TTHC",
  "Kênh",
  "Ngày tiếp nhận",
  "Ngày hẹn trả",
  "Ngày kết thúc",
  "Trạng thái",
  "Cập nhật",
];

/** The day's export as a one-stop system writes it at 10:00, or at 16:30: the same dossiers and the afternoon's, each as it is then. */
export function createHueCsv({ afternoon = false } = {}): string {
  const exportedAt = afternoon ? 16 * 60 + 30 : 10 * 60;
  const random = createRandom("hue-dossiers");
  let serial = 0;
  const write = (unit: string, { date, day, at, due, done, waits }: Life, own: Random): string[] => {
    serial += 1;
    const isDone = done !== undefined && done < exportedAt;
    const channel = own.next() < 0.62 ? "2" : own.next() < 0.9 ? "1" : "3";
    const status = isDone ? "9" : waits ? "5" : "4";
    const code = `H57.20-${date}-${String(serial).padStart(4, "0")}`;
    const finished = isDone ? toStamp("03", done) : "";
    return [
      code,
      unit,
      "2.000815",
      channel,
      toStamp(day, at),
      `${due}/07/2025 17:00:00`,
      finished,
      status,
      finished || toStamp(day, at),
    ];
  };
  const loads = listMorningLoads();
  const rows = [
    ...loads.map((load) => ({ load, part: "day" as const })),
    ...loads.map((load) => ({ load, part: "afternoon" as const })),
  ].flatMap(({ load, part }) => {
    if (part === "afternoon" && !afternoon) return [];
    const own = random.fork(`${part}-${load.unit}`);
    const lives = part === "day" ? [...listEarlier(own), ...listMorning(load, own)] : listAfternoon(load, own);
    return lives.map((life) => write(load.unit, life, own));
  });
  return formatCsv([head, ...rows], ";");
}

/** Times are minutes of the day; `done` is on 3 July. */
interface Life {
  readonly date: string;
  readonly day: string;
  readonly at: number;
  readonly due: string;
  readonly done: number | undefined;
  readonly waits: boolean;
}

function listEarlier(random: Random): Life[] {
  return Array.from({ length: 2 + random.integer(9) }, () => {
    const due = random.next() < 0.18 ? "02" : "09";
    const done = random.next() < 0.3 ? 601 + random.integer(350) : undefined;
    return { date: "250701", day: "01", at: 7 * 60 + random.integer(570), due, done, waits: false };
  });
}

/** Exactly `resolved` of them are done before 10:00; some more are done later. */
function listMorning({ received, resolved }: Load, random: Random): Life[] {
  return Array.from({ length: received }, (_, index) => {
    const at = 7 * 60 + random.integer(179);
    const later = random.next() < 0.4 ? 601 + random.integer(380) : undefined;
    const done = index < resolved ? at + 1 + random.integer(600 - at - 1) : later;
    return { date: "250703", day: "03", at, due: toDue(random), done, waits: random.next() < 0.06 };
  });
}

function listAfternoon({ received }: Load, random: Random): Life[] {
  return Array.from({ length: Math.floor(received * 1.1) }, () => {
    // Few come at lunch.
    const drawn = 601 + random.integer(380);
    const at = drawn > 690 && drawn < 780 && random.next() < 0.7 ? drawn - 90 : drawn;
    const done = random.next() < 0.34 ? Math.min(at + 5 + random.integer(120), 989) : undefined;
    return { date: "250703", day: "03", at, due: toDue(random), done, waits: random.next() < 0.06 };
  });
}

function toDue(random: Random): string {
  return String(3 + random.integer(9)).padStart(2, "0");
}

function toStamp(day: string, minutes: number): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${day}/07/2025 ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`;
}

/** What the press printed of that morning. */
export const huePressCsv = formatCsv([
  ["unit", "name", "asOf", "start", "received", "resolved", "rate"],
  ["", "", "2025-07-03T10:00", "2025-07-03T00:00", "1,283", "382", "29.77%"],
  [phuXuan, "", "2025-07-03T10:00", "2025-07-03T00:00", "151", "", ""],
  [quangDien, "", "2025-07-03T10:00", "2025-07-03T00:00", "151", "61", ""],
  [huongAn, "Xã Hương An", "2025-07-03T10:00", "2025-07-03T00:00", "", "36", ""],
]);

export const hueSettings = `name: Huế
province: "46"
operator: Trực IOC
records:
  sources:
    mot-cua:
      kind: csv
      content: dossiers
      export: full
      units: province:46
      expectEvery: 12h
      delimiter: ";"
      dates: dd/MM/yyyy HH:mm:ss
      columns: { code: Mã hồ sơ, unit: Mã đơn vị, procedure: Mã TTHC, channel: Kênh, received: Ngày tiếp nhận, due: Ngày hẹn trả, finished: Ngày kết thúc, status: Trạng thái, updated: Cập nhật }
      channels: { "1": direct, "2": online, "3": post }
      status: { "4": in_progress, "5": supplement, "9": resolved }
    bao-chi:
      kind: csv
      content: counts
      quality: press
      locale: en
      expectEvery: 7d
      columns: { unit: unit, name: name, asOf: asOf, start: start }
      metrics: { received.total: received, resolved.total: resolved, rate.resolution: rate }
`;
