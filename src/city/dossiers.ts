import type { Instant } from "../platform/clock.ts";
import { readInstant, toIso, vietnamZone } from "../platform/time.ts";
import { type CityCore, type CityService, sendJson } from "./city.ts";
import type { DossierStep } from "./dossier-life.ts";
import { type CityDossier, openingDays, planDossiers } from "./dossier-plan.ts";

/** A dossier as the one-stop system shows it at one instant. Undefined fields have not happened yet. */
interface DossierView {
  readonly dossier: CityDossier;
  readonly status: number;
  readonly updated: Instant;
  readonly submitted: Instant | undefined;
  readonly received: Instant | undefined;
  readonly due: Instant | undefined;
  readonly finished: Instant | undefined;
  readonly handedOver: Instant | undefined;
  readonly pausedFrom: Instant | undefined;
  readonly pausedTo: Instant | undefined;
}

/** What has happened up to `now`, in order of the last change. Only Huế's units of the city have dossiers. */
function listViews(plan: readonly CityDossier[], { units }: Pick<CityCore, "units">, now: Instant): DossierView[] {
  const own = new Set(units.map((unit) => unit.code));
  return plan
    .filter((dossier) => own.has(dossier.unit))
    .flatMap((dossier) => toView(dossier, now) ?? [])
    .sort((a, b) => a.updated - b.updated || (a.dossier.code < b.dossier.code ? -1 : 1));
}

function toView(dossier: CityDossier, now: Instant): DossierView | undefined {
  const steps = dossier.steps.filter((step) => step.at <= now);
  const last = steps.at(-1);
  if (!last) return undefined;
  const find = (...statuses: number[]): Instant | undefined => steps.find((step) => statuses.includes(step.status))?.at;
  const received = find(2);
  const pause = steps.findIndex((step) => step.status === 5 || step.status === 6);
  const paused = steps[pause];
  return {
    dossier,
    status: last.status,
    updated: last.at,
    submitted: find(1),
    received,
    due: received === undefined ? undefined : dossier.due,
    finished: find(9, 7),
    handedOver: find(10),
    pausedFrom: paused?.at,
    pausedTo: paused && (steps[pause + 1] as DossierStep | undefined)?.at,
  };
}

/** The one-stop system's export of records, `/dossiers/api/dossiers`: pages by number (`trang`) or by cursor (`tiep`). */
export function createDossierService(core: CityCore): CityService {
  let interruptions = 0;
  let plan: { readonly days: number; readonly dossiers: readonly CityDossier[] } | undefined;
  const readPlan = (now: Instant): readonly CityDossier[] => {
    const days = openingDays.filter((day) => day <= now).length;
    if (plan?.days !== days) plan = { days, dossiers: planDossiers(core.seed, now) };
    return plan.dossiers;
  };
  return {
    handle(request, response, { system, path, query }) {
      if (system !== "dossiers" || path !== "/api/dossiers") return false;
      if (request.method !== "GET") return sendJson(response, 405, { loi: "chỉ đọc" });
      if (request.headers.authorization !== `Bearer ${core.token}`) return sendJson(response, 401, { loi: "khóa không đúng" });
      const now = core.clock.now();
      const since = query.get("capNhatTu") ? readInstant(query.get("capNhatTu") as string, vietnamZone) : undefined;
      const rows = listViews(core.withoutDossiers ? [] : readPlan(now), core, now).filter(
        (view) => since === undefined || view.updated >= since,
      );
      const size = Math.min(Math.max(Number(query.get("kichThuoc")) || 200, 1), 1000);
      const from = findStart(rows, query, size);
      // Midway, so that what came before is there to be kept.
      if (core.faults.has("sync-interrupted", "dossiers") && from > 0) {
        interruptions += 1;
        if (interruptions % 2 === 1) {
          request.socket.destroy();
          return true;
        }
        response.writeHead(503, { "content-type": "application/json", "retry-after": "0" }).end('{"loi":"hệ thống bận"}');
        return true;
      }
      const page = rows.slice(from, from + size);
      const last = page.at(-1);
      return sendJson(response, 200, {
        tongSo: rows.length,
        thoiDiem: toIso(now, vietnamZone),
        hoSo: page.map(toRecord),
        tiepTheo: last && from + size < rows.length ? toCursor(last) : null,
      });
    },
  };
}

function toCursor({ updated, dossier }: DossierView): string {
  return Buffer.from(`${updated}|${dossier.code}`).toString("base64url");
}

function findStart(rows: readonly DossierView[], query: URLSearchParams, size: number): number {
  const cursor = query.get("tiep");
  if (!cursor) return (Math.max(Number(query.get("trang")) || 1, 1) - 1) * size;
  const [updated, code] = Buffer.from(cursor, "base64url").toString().split("|") as [string, string];
  const at = rows.findIndex(
    (row) => row.updated > Number(updated) || (row.updated === Number(updated) && row.dossier.code > code),
  );
  return at < 0 ? rows.length : at;
}

/** As such systems answer: the record and, beside it, the applicant. */
function toRecord(view: DossierView): Record<string, unknown> {
  const { dossier } = view;
  const time = (at: Instant | undefined): string | null => (at === undefined ? null : toIso(at, vietnamZone));
  return {
    maHoSo: dossier.code,
    maDonVi: dossier.unit,
    thuTuc: { ma: dossier.procedure.code, ten: dossier.procedure.name },
    kenh: dossier.channel,
    trangThai: view.status,
    ngayNop: time(view.submitted),
    ngayTiepNhan: time(view.received),
    ngayHenTra: time(view.due),
    ngayKetThuc: time(view.finished),
    ngayTraKetQua: time(view.handedOver),
    tamDungTu: time(view.pausedFrom),
    tamDungDen: time(view.pausedTo),
    capNhatLuc: time(view.updated),
    nguoiNop: {
      hoTen: dossier.applicant.name,
      soDinhDanh: dossier.applicant.id,
      dienThoai: dossier.applicant.phone,
      diaChi: dossier.applicant.address,
    },
  };
}
