import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";

/** A workspace that reads an office's export as source `igate-hue`. `extra` are further lines of the source, ten spaces deep. */
export async function writeExportWorkspace(folder: string, extra = ""): Promise<void> {
  await writeFile(
    join(folder, "wardctl.yaml"),
    `name: Huế
province: "46"
operator: Lan
records:
  sources:
    igate-hue:
      kind: csv
      content: dossiers
      delimiter: ";"
      dates: ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy"]
      columns: { code: "Mã hồ sơ", unit: "Mã đơn vị", procedure: "Mã TTHC", channel: "Kênh", received: "Ngày tiếp nhận",
                 due: "Ngày hẹn trả", finished: "Ngày kết thúc xử lý", status: "Trạng thái", updated: "Cập nhật lúc" }
      channels: { "1": direct, "2": online, "3": post }
      status: { "1": pending, "2": in_progress, "3": refused, "4": in_progress, "5": supplement, "6": fee,
                "7": withdrawn, "8": stopped, "9": resolved, "10": handed_over }
${extra}`,
  );
}

export const exportHead =
  "Mã hồ sơ;Họ tên;CCCD;Mã đơn vị;Mã TTHC;Kênh;Ngày tiếp nhận;Ngày hẹn trả;Ngày kết thúc xử lý;Trạng thái;Cập nhật lúc";

/** One line of an export; everything that is not given is in order. */
export function toExportLine(given: {
  readonly code?: string;
  readonly name?: string;
  readonly id?: string;
  readonly unit?: string;
  readonly procedure?: string;
  readonly channel?: string;
  readonly received?: string;
  readonly due?: string;
  readonly finished?: string;
  readonly status?: string;
  readonly updated?: string;
}): string {
  return [
    given.code ?? "H57.101-250703-0001",
    given.name ?? "Nguyễn Thị Bí Mật",
    given.id ?? "046199000111",
    given.unit ?? "19753",
    given.procedure ?? "2.000815",
    given.channel ?? "1",
    given.received ?? "03/07/2025 08:00:00",
    given.due ?? "04/07/2025",
    given.finished ?? "",
    given.status ?? "4",
    given.updated ?? "03/07/2025 08:05:00",
  ].join(";");
}

/** The ledger of a workspace, and its dossiers without the internal ids that depend on the order of arrival. */
export async function readCache(folder: string) {
  const database = await openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => "");
  try {
    return {
      points: await database.all(
        `SELECT p.t, u.code AS unit, p.kind, p.channel, q.code AS procedure, p.seq, p.n FROM point p JOIN record_unit u ON u.id = p.unit_id
         JOIN record_proc q ON q.id = p.proc_id ORDER BY p.seq, p.t, u.code, p.kind, p.channel, q.code`,
      ),
      days: await database.all(
        "SELECT r.day, u.code AS unit, r.kind, r.channel, r.seq, r.n FROM roll_day r JOIN record_unit u ON u.id = r.unit_id ORDER BY 5, 1, 2, 3, 4",
      ),
      dossiers: (await database.get<{ n: number }>("SELECT COUNT(*) AS n FROM dossier"))?.n,
      history: (await database.get<{ n: number }>("SELECT COUNT(*) AS n FROM dossier_hist"))?.n,
      batches: await database.all<{ seq: number; state: string }>("SELECT seq, state FROM record_batch ORDER BY seq"),
      staged: (await database.get<{ n: number }>("SELECT COUNT(*) AS n FROM staging"))?.n,
    };
  } finally {
    await database.close();
  }
}
