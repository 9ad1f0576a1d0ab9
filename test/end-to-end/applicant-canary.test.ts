import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPostgres } from "../../src/platform/postgres.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { listLeaks, type Place, readPlaces } from "../support/canaries.ts";
import { hasPostgres, usePostgres } from "../support/postgres-server.ts";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";
import { writeSheets } from "../support/sheet-file.ts";

/** Applicants, as sources send them: nothing of them may be written anywhere (Luật 91/2025/QH15; domain.md §11). */
const applicant = {
  name: "Nguyễn Thị Hoài Bí Mật",
  id: "046199000111",
  phone: "0905123987",
  address: "27 Kiệt 8 Đường Kín Đáo",
  mail: "bi.mat.hoai@thu-rieng.vn",
};
const canaries = Object.values(applicant).flatMap((value) => [...new Set([value, value.normalize("NFD")])]);
const personal = ["Họ tên", "CCCD", "Điện thoại", "Địa chỉ", "Thư điện tử"];
const headings = [
  "Mã hồ sơ",
  ...personal,
  "Mã đơn vị",
  "Mã TTHC",
  "Kênh",
  "Ngày tiếp nhận",
  "Ngày hẹn trả",
  "Trạng thái",
  "Cập nhật lúc",
];

const good = ["19753", "2.000815", "1", "03/07/2025 08:00:00", "04/07/2025", "4", "03/07/2025 08:05:00"];
const toRow = (n: number, fields: readonly string[] = good, code = `H57.101-250703-${String(n).padStart(4, "0")}`): string[] => [
  code,
  ...Object.values(applicant),
  ...fields,
];
const replaced = (at: number, value: string): string[] => good.map((field, index) => (index === at ? value : field));
/** Wrong in each field in turn, with each of the applicant's values: a row that slipped sideways. */
const bad = Object.values(applicant).flatMap((value, v) => [
  ...good.map((_, at) => toRow(100 + v * 10 + at, replaced(at, value))),
  toRow(0, good, value),
]);
const goodRows = [1, 2, 3].map((n) => toRow(n));
const changed = toRow(1, replaced(5, "9").with(6, "03/07/2025 09:00:00"));

const rest = `      page: { style: page, size: 4, total: total }
      columns: { code: hoSo.ma, unit: hoSo.donVi, procedure: hoSo.tthc, channel: hoSo.kenh, received: hoSo.ngay, status: hoSo.tt, updated: hoSo.luc }
`;
const maps = `      channels: { "1": direct }
      status: { "4": in_progress, "9": resolved }
`;
const columns = `      dates: ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy"]
      columns: { code: Mã hồ sơ, unit: Mã đơn vị, procedure: Mã TTHC, channel: Kênh, received: Ngày tiếp nhận, due: Ngày hẹn trả,
                 status: Trạng thái, updated: Cập nhật lúc }
${maps}`;

/** Pages: good ones, then one with every fault, then a server that fails: what was fetched stays in staging. */
const pages: Record<string, readonly (readonly string[])[]> = {
  "/good": goodRows,
  "/bad": [...goodRows, ...bad],
  "/broken": [...goodRows, ...bad],
};

function toItem(row: readonly string[]): unknown {
  const [code, name, id, phone, address, mail, unit, procedure, channel, received, , status, updated] = row;
  const toIso = (text = ""): string => text.replace(/^(\d\d)\/(\d\d)\/(\d{4}) (.*)$/, "$3-$2-$1T$4+07:00");
  const hoSo = { ma: code, donVi: unit, tthc: procedure, kenh: channel, ngay: toIso(received), tt: status, luc: toIso(updated) };
  return { hoSo, nguoiNop: { name, id, lienHe: [{ phone, address, mail }] } };
}

function answer(url: URL, response: ServerResponse): void {
  const rows = pages[url.pathname] ?? [];
  const page = Number(url.searchParams.get("page") ?? "1");
  const send = (status: number, body: string, type = "application/json"): void =>
    void response.writeHead(status, { "content-type": type }).end(body);
  if (url.pathname === "/login") return send(200, `<html>${applicant.name} ${applicant.id}</html>`, "text/html");
  if (url.pathname === "/error") return send(500, JSON.stringify({ error: `${applicant.name} ${applicant.phone}` }));
  if (url.pathname === "/broken" && page > 2) return send(400, JSON.stringify({ error: `${applicant.name}: ${applicant.id}` }));
  send(200, JSON.stringify({ total: rows.length, items: rows.slice((page - 1) * 4, page * 4).map(toItem) }));
}

let origin = "";
const server = createServer((request, response) => answer(new URL(request.url ?? "/", "http://x"), response));
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));

const inputs = "den";

async function prepare(store: string): Promise<string> {
  const folder = await makeTestFolder();
  await mkdir(join(folder, inputs));
  const sources = Object.keys({ ...pages, "/login": 0, "/error": 0 }).map(
    (path) => `    rest-${path.slice(1)}:\n      kind: rest\n      url: ${origin}${path}\n${rest}${maps}`,
  );
  await writeFile(
    join(folder, "wardctl.yaml"),
    `name: Huế
province: "46"
operator: Lan
${store}records:
  codeKey: env:CODE_KEY
  sources:
    csv:
      kind: csv
      content: dossiers
      delimiter: ";"
${columns}    sheet:
      kind: xlsx
      content: dossiers
${columns}    totals:
      kind: csv
      content: counts
      delimiter: ";"
      columns: { unit: Mã đơn vị, asOf: Ngày tiếp nhận }
      dates: "dd/MM/yyyy HH:mm:ss"
      metrics: { received.total: Số }
${sources.join("")}`,
  );
  const place = (name: string): string => join(folder, inputs, name);
  const toText = (rows: readonly (readonly string[])[]): string => [headings, ...rows].map((row) => row.join(";")).join("\r\n");
  await writeFile(place("tot.csv"), toText(goodRows));
  await writeFile(place("doi.csv"), toText([changed, ...goodRows.slice(1)]));
  await writeFile(place("xau.csv"), toText([...goodRows, ...bad]));
  await writeFile(place("trich.csv"), `${toText(goodRows)}\r\n"${applicant.name}" x;"${applicant.id}\r\n`);
  await writeFile(place("khong-dau-de.csv"), bad.map((row) => row.join(";")).join("\r\n"));
  await writeFile(
    place("so.csv"),
    `Mã đơn vị;Ngày tiếp nhận;Họ tên;Số\r\n19753;03/07/2025 10:00:00;${applicant.name};3\r\n${applicant.id};${applicant.name};x;${applicant.phone}\r\n`,
  );
  const sheet = (rows: readonly (readonly string[])[]) => [{ name: "DS", rows: [headings, ...rows] }];
  await writeSheets(place("tot.xlsx"), sheet(goodRows));
  await writeSheets(place("xau.xlsx"), sheet([...goodRows, ...bad, ["Tổng cộng", ...Object.values(applicant)]]));
  return folder;
}

const look = ["", " --json"];
const lines = [
  ...["tot.csv", "xau.csv", "trich.csv", "khong-dau-de.csv", "tot.xlsx", "xau.xlsx", "so.csv"].flatMap((file) =>
    look.map((flags) => `import ${inputs}/${file} --inspect${flags}`),
  ),
  ...[
    "csv xau.csv",
    "csv trich.csv",
    "csv khong-dau-de.csv",
    "sheet xau.xlsx",
    "totals so.csv",
    "csv tot.xlsx",
    "sheet tot.csv",
  ].flatMap((what) => {
    const [source, file] = what.split(" ");
    return ["", " --json", " --lang vi", " --skip-invalid --json"].map(
      (flags) => `import ${inputs}/${file} --source ${source}${flags}`,
    );
  }),
  `import ${inputs}/tot.csv ${inputs}/doi.csv ${inputs}/xau.csv --source csv --force --skip-invalid`,
  `import ${inputs}/tot.xlsx --source sheet --json`,
  "sync rest-good",
  ...["sync rest-bad", "sync rest-bad --json --lang vi", "sync rest-bad --skip-invalid --json"],
  "sync rest-broken --skip-invalid --json",
  "sync rest-broken --lang vi",
  "sync rest-login",
  "sync rest-error --json",
  "report evening --all",
  "report evening --json",
  ...["html", "md", "json", "csv", "xlsx"].map((kind) => `report evening --no-store --out ra.${kind}`),
  "report unit 19753",
  "report explain 19753 received.total --format csv",
  "report verify ra.html",
  "records show H57.101-250703-0001",
  "records findings --format csv",
  "records findings 2 --json",
  "records forget H57.101-250703-0002 --yes",
  "records prune",
  "doctor --json",
  "doctor --rebuild --compare",
  "audit show --json",
  "audit export --out so.tar",
];

describe("an applicant", () => {
  const { makeUrl } = usePostgres();

  const check = async (store: string, asked: readonly string[], url?: string): Promise<void> => {
    const folder = await prepare(store);
    const said: Place[] = [];
    const codes = new Map<number, number>();
    for (const line of asked) {
      const { code, stdout, stderr } = await runWardctl(line, {
        cwd: folder,
        env: { WARDCTL_NOW: "2025-07-03T17:00:00+07:00", CODE_KEY: "khoa", WARDCTL_PG: url },
      });
      expect(code, `${line}\n${stderr}`).not.toBe(1);
      codes.set(code, (codes.get(code) ?? 0) + 1);
      said.push([line, Buffer.from(stdout + stderr)]);
    }
    // Refused and taken, both many times: a run in which nothing happened would leak nothing.
    expect(codes.get(3)).toBeGreaterThanOrEqual(4);
    expect(codes.get(7)).toBeGreaterThanOrEqual(4);
    const written = (await readPlaces([folder])).filter(
      ([name]) => !name.startsWith(`${join(folder, inputs)}/`) || name.includes("rejected"),
    );
    expect(written.map(([name]) => name.slice(folder.length + 1))).toEqual(
      expect.arrayContaining([`${inputs}/xau.csv.rejected.csv`, `${inputs}/xau.xlsx.rejected.csv`, "ra.html", "ra.xlsx"]),
    );
    const stored: Place[] = [];
    if (url) {
      const database = await openPostgres(url, allMigrations, () => "");
      await database.run("CHECKPOINT");
      const place = await database.get<{ path: string }>("SELECT current_setting('data_directory') AS path");
      await database.close();
      stored.push(...(await readPlaces([join(place?.path ?? "", "base"), join(place?.path ?? "", "pg_wal")])));
      // The search sees what is stored.
      expect(
        stored.some(([, bytes]) => bytes.includes("Phú Xuân") || bytes.includes("igate") || bytes.includes("rest-good")),
      ).toBe(true);
    }
    const leaks = listLeaks(canaries, [...said, ...written]);
    for (const [name, bytes] of stored)
      leaks.push(...canaries.filter((value) => bytes.includes(value)).map((value) => `${name}: ${value}`));
    expect(leaks).toEqual([]);
  };

  it("is written nowhere, whatever sources send, whatever is wrong with it and whatever is asked afterwards", () =>
    check("", lines));

  it.skipIf(!hasPostgres)("is written nowhere in a shared store either, its log included", () =>
    check(
      "store: { kind: postgres, url: env:WARDCTL_PG }\n",
      lines.filter((line) => !/--inspect|--lang vi|ra\.csv|rest-error/.test(line)),
      makeUrl(),
    ),
  );
});
