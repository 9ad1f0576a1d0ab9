import { resolve } from "node:path";
import { saveCityState, writeCityWorkspace } from "../../src/city/city-workspace.ts";
import { type OpenCity, openCity } from "../../src/city/open-city.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { isPresent } from "../../src/platform/files.ts";
import { readInstant, toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Words } from "../../src/platform/words.ts";
import type { Context } from "../context.ts";
import * as tell from "./tell.ts";
import { demoWords as words } from "./words.ts";

/** One real command line of the day and what is told of it. */
export interface Beat {
  readonly command: string;
  readonly exitCode: number;
  readonly told: readonly Words[];
}

export interface Scene {
  readonly at: string;
  readonly time: string;
  readonly title: Words;
  readonly beats: readonly Beat[];
}

interface Day {
  readonly root: string;
  readonly scenes: readonly Scene[];
  /** The evening's report. */
  readonly page: string;
  readonly board: string;
  readonly units: number;
  readonly people: number;
}

/** Of a step that others tell of. */
const nothing = (): readonly Words[] => [];

/** Exit codes that tell of the field, not of a broken demo: ok, denied, partial, attention. */
const expected = [0, 4, 7, 8];

const tanBinh = "27004";
const chiefOfOffice = "CB2700403";
const vyDa = "19777";
const brokenCarrier = "VNPT";

/** Plays 3 July 2025 with real commands against a city of its own. The city is gone afterwards, the workspace stays. */
export async function playDay(
  folder: string | undefined,
  { play, cwd, environment, out, signal }: Pick<Context, "play" | "cwd" | "environment" | "out" | "signal">,
): Promise<Day> {
  const root = await chooseFolder(folder, cwd);
  let now = at("07:00");
  const open = await openCity({
    clock: { now: () => now, pinned: true },
    faults: [
      { name: "departments-without-accounts", scope: tanBinh },
      { name: "departments-without-accounts", scope: "27439" },
      { name: "chief-cannot-sign", scope: tanBinh },
    ],
  });
  const scenes: Scene[] = [];
  let beats: Beat[] = [];
  const scene = (time: string, title: Words): void => {
    now = at(time);
    beats = [];
    scenes.push({ at: toIso(now, vietnamZone), time, title, beats });
    out.note(words.playing(time, title));
  };
  /** Runs the command as printed (a list that names every unit is cut short), with --json added, and tells of its document. */
  const run = async <T>(line: string, telling: (document: T) => readonly Words[], shown = line): Promise<T> => {
    if (signal.aborted) throw new Failure("cancelled", { vi: "đã dừng", en: "cancelled" });
    const typed = [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? "");
    const played = await play([...typed, "--json", "--lang", out.lang, "--workspace", root], { cwd: root, now, environment });
    if (!expected.includes(played.code)) throw new Failure("unavailable", words.broken(line, played.stderr.trim()));
    const document = JSON.parse(played.stdout) as T;
    beats.push({ command: `wardctl ${shown}`, exitCode: played.code, told: telling(document) });
    return document;
  };
  try {
    await writeCityWorkspace(root, open, out.lang);
    scene("07:00", words.accounts);
    await run("wards import contacts.csv", nothing);
    await run("provision coverage --gaps", tell.ofCoverage);
    await run("provision plan roster.csv --save plan.json", tell.ofPlan);
    await run("provision apply plan.json --yes", tell.ofApply);
    await run("provision apply plan.json --yes", tell.ofSecondApply);

    scene("09:20", words.signing);
    await run("delegate grant --file grants.csv", tell.ofGrants);
    await run("delegate verify", nothing);
    const ask = `delegate can-sign ${chiefOfOffice} cong-van ${tanBinh}`;
    await run(ask, tell.ofCanSign);
    await run("delegate grant --file tan-binh.csv", tell.ofGrants);
    await run(ask, tell.ofCanSign);
    await run(`delegate push --unit ${tanBinh} --yes`, tell.ofPush);
    await run(ask, tell.ofCanSign);

    scene("11:30", words.health);
    await breakLines(open);
    await run("check", tell.ofCheck);
    await run(`incident open --from-cause ${brokenCarrier}`, nothing);
    open.city.faults.off("carrier-down", `${brokenCarrier}/half`);
    // Vỹ Dạ's page spins on: it is what whoever looks at the board finds first, and sees mended.
    await open.lines.settled();

    scene("16:30", words.report);
    await run("sync", tell.ofSync);
    await run("import press.csv --source press", tell.ofPress);
    await run("report evening --as-of 2025-07-03T10:00 --no-store", tell.ofReport);
    await run("incident open --file difficulties.csv", nothing);
    await run("meeting open evening", nothing);
    await run("meeting decide 'Thu phí bằng biên lai giấy đến khi VNPT sửa xong' --incident VM-2", nothing);
    await run("meeting action 'Sửa kết nối thu phí' --owner VNPT --support IOC --due 2025-07-04 --incident VM-2", nothing);
    await run(`incident close VM-1 --how '${brokenCarrier} khôi phục đường truyền'`, nothing);
    await run("meeting close", tell.ofMeeting);
    await run("report evening --out report.html", nothing);
    const page = resolve(root, "report.html");
    await run("delegate certificates check", nothing);
    const every = open.city.units.map(({ code }) => `--unit ${code}`);
    await run(`check run --canary ${every.join(" ")}`, nothing, `check run --canary ${every[0]} …`);
    const board = resolve(root, "board.html");
    await run("board --export board.html", tell.ofBoard);
    await saveCityState(root, open.takeState());
    return { root, scenes, page, board, units: open.city.units.length, people: open.city.people.length };
  } finally {
    await open.stop();
  }
}

async function breakLines({ city, lines }: OpenCity): Promise<void> {
  city.faults.on("page-spins", vyDa);
  city.faults.on("carrier-down", `${brokenCarrier}/half`);
  await lines.settled();
}

function at(time: string): Instant {
  return readInstant(`2025-07-03T${time}`, vietnamZone) as Instant;
}

/** The folder named, else the first of wardctl-demo, wardctl-demo-2 … that is not there yet: nobody's work is written over. */
async function chooseFolder(named: string | undefined, cwd: string): Promise<string> {
  if (named !== undefined) {
    const folder = resolve(cwd, named);
    if (await isPresent(resolve(folder, "wardctl.yaml"))) throw new Failure("unsafe", words.taken(folder));
    return folder;
  }
  for (let n = 1; ; n++) {
    const folder = resolve(cwd, n === 1 ? "wardctl-demo" : `wardctl-demo-${n}`);
    if (!(await isPresent(folder))) return folder;
  }
}
