import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createAuditLog } from "../../src/audit/audit-store.ts";
import { openIncidents } from "../../src/meeting/incident-store.ts";
import type { Database } from "../../src/platform/database.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { readInstant, vietnamZone } from "../../src/platform/time.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { hasChromium, launchChromium } from "../support/chromium.ts";
import { type Bench, median } from "./bench.ts";
import { makeBoardCity } from "./board-city.ts";

const browsers = 10;
const entry = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));

/** A looker: told of each event with its number, and when what it says stood on the screen. */
interface Looker {
  readonly ids: string[];
  /** By the text that was waited for: epoch milliseconds. */
  readonly shown: Map<string, number>;
  close(): Promise<void>;
}

/** Real pages where there is Chromium: the time counts until the text stands in the page and a frame was drawn. */
async function openPages(url: string): Promise<{ lookers: readonly Looker[]; close(): Promise<void> }> {
  const browser = await launchChromium();
  const lookers = await Promise.all(
    Array.from({ length: browsers }, async () => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      const looker: Looker = { ids: [], shown: new Map(), close: () => page.close() };
      await page.exposeFunction("tell", (text: string, at: number) => {
        if (!looker.shown.has(text)) looker.shown.set(text, at);
      });
      await page.exposeFunction("tellId", (id: string) => looker.ids.push(id));
      await page.goto(url);
      await page.evaluate(`new MutationObserver(() => requestAnimationFrame(() => {
        for (const item of document.querySelectorAll('[data-part="difficulties"] .items li > p:first-child')) tell(item.firstChild.textContent.trim(), Date.now());
      })).observe(document.querySelector('[data-part="difficulties"]'), { childList: true, subtree: true });
      new MutationObserver(() => tellId(document.documentElement.dataset.event)).observe(document.documentElement, { attributeFilter: ["data-event"] });`);
      return looker;
    }),
  );
  return { lookers, close: () => browser.close() };
}

/** Without Chromium: the stream alone. */
async function openStreams(url: string): Promise<{ lookers: readonly Looker[]; close(): Promise<void> }> {
  const page = await (await fetch(url)).text();
  const from = /data-event="([^"]+)"/.exec(page)?.[1] ?? "";
  const lookers = await Promise.all(
    Array.from({ length: browsers }, async () => {
      const sent = request(`${url}events?lang=en&from=${from}`);
      sent.on("error", () => undefined);
      const looker: Looker = { ids: [], shown: new Map(), close: async () => void sent.destroy() };
      sent.end();
      const [response] = (await once(sent, "response")) as [NodeJS.ReadableStream];
      let text = "";
      response.on("error", () => undefined);
      response.on("data", (chunk) => {
        text += String(chunk);
        for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
          const event = text.slice(0, end);
          text = text.slice(end + 2);
          const id = /^id: (.*)$/m.exec(event)?.[1];
          if (id) looker.ids.push(id);
          for (const [, title] of event.matchAll(/<p>(bench \d+) </g))
            if (!looker.shown.has(title!)) looker.shown.set(title!, Date.now());
        }
      });
      return looker;
    }),
  );
  return { lookers, close: async () => void (await Promise.all(lookers.map((looker) => looker.close()))) };
}

/** User and system milliseconds of a process so far (proc_pid_stat(5), clock ticks of 10 ms). */
async function readCpuMs(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\) /s, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function startBoard(folder: string, now: string): Promise<{ board: ChildProcess; url: string }> {
  const board = spawn(process.execPath, [entry, "board", "--port", "0", "--json", "--lang", "en"], {
    cwd: folder,
    env: { ...process.env, WARDCTL_NOW: now },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = "";
  for await (const chunk of board.stdout!) {
    told += String(chunk);
    if (told.trimEnd().endsWith("}")) break;
  }
  return { board, url: (JSON.parse(told) as { url: string }).url };
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Writes as another process would, and waits until every looker shows it. Milliseconds from the commit to the last screen. */
async function measureChange(database: Database, now: number, title: string, lookers: readonly Looker[]): Promise<number> {
  const desk = {
    database,
    audit: createAuditLog(database, () => new Date(now).toISOString()),
    clock: { now: () => now, pinned: true },
    actor: "bench",
  };
  await openIncidents(desk, [{ title, category: "software", units: [], sources: [] }], "");
  const committed = Date.now();
  const deadline = committed + 10_000;
  while (lookers.some(({ shown }) => !shown.has(title))) {
    if (Date.now() > deadline) throw new Error(`${title} was never shown`);
    await pause(5);
  }
  return Math.max(...lookers.map(({ shown }) => shown.get(title)!)) - committed;
}

/** Event to screen on the board of a city of 168 units with a million dossiers, ten browsers looking. */
export const bench: Bench = {
  name: "board",
  unit: "ms",
  goal: 1_000,
  better: "lower",
  async run(quick) {
    const folder = await mkdtemp(join(tmpdir(), "board-"));
    let board: ChildProcess | undefined;
    try {
      const { now, dossiers } = await makeBoardCity(folder, quick ? 12 : 175);
      const started = await startBoard(folder, now);
      board = started.board;
      const { lookers, close } = await (hasChromium ? openPages(started.url) : openStreams(started.url));
      await pause(2_000);
      const idleMs = quick ? 5_000 : 30_000;
      const before = await readCpuMs(board.pid!);
      await pause(idleMs);
      const idle = (await readCpuMs(board.pid!)) - before;
      const database = await openSqlite(join(folder, ".wardctl/cache.db"), allMigrations, () => now);
      const times: number[] = [];
      for (let at = 0; at < (quick ? 5 : 20); at++) {
        times.push(await measureChange(database, readInstant(now, vietnamZone)!, `bench ${at}`, lookers));
        await pause(300);
      }
      await database.close();
      // Numbers in a row from the first on: nothing missed, nothing twice.
      const missed = lookers.reduce((sum, { ids }) => {
        const numbers = ids.map((id) => Number(id.split(".")[1]));
        const wanted = Array.from({ length: times.length }, (_, index) => index + 1);
        return sum + wanted.filter((number, index) => numbers[index] !== number).length;
      }, 0);
      await close();
      if (missed > 0) throw new Error(`${missed} events were missed or came out of order`);
      return {
        value: Math.max(...times),
        rows: [
          ["dossiers in the store", String(dossiers)],
          [`commit to the last of ${browsers} ${hasChromium ? "screens" : "streams"}, median`, `${median(times).toFixed(0)} ms`],
          ["the same, slowest", `${Math.max(...times).toFixed(0)} ms`],
          ["events missed or out of order", "0"],
          [`CPU while nothing happens, ${idleMs / 1000} s`, `${((idle / idleMs) * 100).toFixed(2)} %`],
        ],
      };
    } finally {
      board?.kill("SIGINT");
      await rm(folder, { recursive: true, force: true });
    }
  },
};
