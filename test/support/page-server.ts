import { writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { makeTestFolder } from "./run-wardctl.ts";

/** A workspace with source `desk`, whose server answers as the test says. `extra` are further lines of the source. */
export async function openPages(
  answer: (url: URL, request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
  extra = "",
  page = "style: page, size: 2, total: total",
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://x");
    asked.push(url.search);
    void answer(url, request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const folder = await makeTestFolder();
  await writeFile(
    join(folder, "wardctl.yaml"),
    `name: Huế
province: "46"
records:
  sources:
    desk:
      kind: rest
      url: http://127.0.0.1:${(server.address() as AddressInfo).port}/rows
      page: { ${page} }
${extra}      columns: { code: code, unit: unit, procedure: proc, channel: ch, status: st, received: got, updated: upd }
      channels: { "1": direct }
      status: { "4": in_progress }
`,
  );
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<unknown> => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { folder, asked, origin: `http://127.0.0.1:${port}`, close };
}

export function item(n: number, changes: Record<string, unknown> = {}) {
  const code = `H57.101-250703-${String(n).padStart(4, "0")}`;
  const times = { got: "2025-07-03T08:00:00+07:00", upd: `2025-07-03T08:${String(n).padStart(2, "0")}:00+07:00` };
  return { code, unit: "19753", proc: "2.000815", ch: 1, st: 4, ...times, hoTen: "Kín Đáo", ...changes };
}

export function send(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
