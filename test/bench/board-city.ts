import { mkdir, rename, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import { runWardctl } from "../support/run-wardctl.ts";
import { makeLedger, units } from "./figures-ledger.ts";

const systems = ["documents", "dossiers", "feedback", "video", "directory"];

/** A workspace of Thành phố Hồ Chí Minh (168 units) with a month of dossiers and a sweep of all its endpoints. */
export async function makeBoardCity(
  folder: string,
  perUnitAndDay: number,
): Promise<{ readonly now: string; readonly dossiers: number }> {
  const cache = join(folder, ".wardctl");
  await mkdir(cache, { recursive: true });
  const { database, dossiers, asOf } = await makeLedger(cache, 34, perUnitAndDay);
  await database.close();
  await rename(join(cache, "ledger-34.db"), join(cache, "cache.db"));
  await writeFile(join(folder, "wardctl.yaml"), settings);
  const site = createServer((_request, response) => response.end("<title>ok</title>"));
  await new Promise<void>((ready) => site.listen(0, "127.0.0.1", ready));
  const { port } = site.address() as AddressInfo;
  const rows = units.flatMap(({ code }) =>
    systems.map((system) => `${code},${system},http://127.0.0.1:${port}/${system}/${code}`),
  );
  await writeFile(join(folder, "endpoints.csv"), ["unit,system,url", ...rows].join("\n"));
  const now = toIso(asOf * 1000, vietnamZone);
  const run = async (line: string): Promise<void> => {
    const { code, stderr } = await runWardctl(line, { cwd: folder, env: { WARDCTL_NOW: now } });
    if (![0, 8].includes(code)) throw new Error(`${line}: ${stderr}`);
  };
  await run("check");
  await new Promise((done) => site.close(done));
  return { now, dossiers };
}

const settings = `name: Thành phố Hồ Chí Minh
province: "79"
check:
  inventory: endpoints.csv
records:
  sources:
    s:
      kind: csv
      content: dossiers
      units: province:79
      columns: { code: a, unit: b, procedure: c, channel: d, status: e, received: f }
      channels: { "1": direct }
      status: { "1": pending }
`;
