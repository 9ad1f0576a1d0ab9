import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type City, type CityCore, createCityCore, startCityServer } from "../../src/city/city.ts";
import { createDossierService } from "../../src/city/dossiers.ts";
import { createDirectory } from "../../src/directory/directory.ts";
import { createPinnedClock } from "../../src/platform/clock.ts";
import { readInstant, vietnamZone } from "../../src/platform/time.ts";

export const tenOClock = "2025-07-03T10:00:00+07:00";

export function at(text: string): number {
  return readInstant(text, vietnamZone) as number;
}

/** Huế's 40 units with a clock that stands still. */
export function createHueCore(now = tenOClock): CityCore {
  const units = createDirectory("2025-07-03")!.listUnits({ province: "46" });
  return createCityCore({ units, clock: createPinnedClock(at(now)) });
}

/** The city's one-stop system on loopback, and a workspace beside it that knows it as source `mot-cua`. */
export async function startHue(folder: string, now = tenOClock, page = "style: cursor, param: tiep"): Promise<City> {
  const core = createHueCore(now);
  const city = await startCityServer(core, [createDossierService(core)]);
  await writeFile(join(folder, "city-ca.pem"), city.ca);
  await writeFile(join(folder, "city-token"), city.token);
  await writeFile(join(folder, "wardctl.yaml"), formatHueWorkspace(city.systemUrl("dossiers"), page));
  return city;
}

function formatHueWorkspace(url: string, page: string): string {
  return `name: Huế
province: "46"
records:
  sources:
    mot-cua:
      kind: rest
      url: ${url}/api/dossiers
      token: file:city-token
      ca: city-ca.pem
      export: full
      expectEvery: 12h
      units: province:46
      page: { ${page}, size: 200, sizeParam: kichThuoc, items: hoSo, total: tongSo, next: tiepTheo, asOf: thoiDiem }
      columns:
        code: maHoSo
        unit: maDonVi
        procedure: thuTuc.ma
        channel: kenh
        status: trangThai
        submitted: ngayNop
        received: ngayTiepNhan
        due: ngayHenTra
        finished: ngayKetThuc
        handedOver: ngayTraKetQua
        pausedFrom: tamDungTu
        pausedTo: tamDungDen
        updated: capNhatLuc
      channels: { "1": direct, "2": online, "3": post }
      status: { "1": pending, "2": in_progress, "3": refused, "4": in_progress, "5": supplement, "6": fee, "7": withdrawn, "8": stopped, "9": resolved, "10": handed_over }
`;
}
