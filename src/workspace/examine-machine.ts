import { changesKnownUntil } from "../directory/built-in/changes.ts";
import { builtInAsOf } from "../directory/built-in/units.ts";
import type { Clock } from "../platform/clock.ts";
import type { Environment } from "../platform/environment.ts";
import { isWritable, readFreeBytes } from "../platform/files.ts";
import { readMachine } from "../platform/machine.ts";
import { toIsoDate, vietnamZone } from "../platform/time.ts";
import { machineWords as words } from "./doctor-words.ts";
import { type Finding, note, ok, problem } from "./finding.ts";

const mebibyte = 1024 * 1024;
const tooLittle = 50 * mebibyte;
const little = 500 * mebibyte;

/** The machine and the folder the work would be done in. Changes nothing. */
export async function examineMachine(
  folder: string,
  { clock, environment }: { readonly clock: Clock; readonly environment: Environment },
): Promise<readonly Finding[]> {
  const machine = readMachine();
  return [
    ok("node", words.node(machine.nodeVersion, machine.platform)),
    await examineSqlite(),
    (await isWritable(folder))
      ? ok("folder", words.writable(folder))
      : problem("folder", words.notWritable(folder), words.askForRights),
    judgeSpace(await readFreeBytes(folder)),
    ...judgeClock(clock),
    machine.timeZone === vietnamZone.name || machine.timeZone === "Asia/Saigon"
      ? ok("zone", words.zone(machine.timeZone))
      : note("zone", words.otherZone(machine.timeZone)),
    judgeLocale(environment),
    ...(machine.sortsVietnamese ? [] : [problem("sorting", words.noSorting, words.fullNode)]),
  ];
}

async function examineSqlite(): Promise<Finding> {
  try {
    const { readSqliteVersion } = await import("../platform/sqlite.ts");
    return ok("sqlite", words.sqlite(await readSqliteVersion()));
  } catch (error) {
    // Whatever keeps the engine from loading is what the person has to know.
    return problem("sqlite", words.noSqlite((error as Error).message), words.reinstall);
  }
}

/** Pure. */
export function judgeSpace(bytes: number): Finding {
  const megabytes = Math.floor(bytes / mebibyte);
  if (bytes < tooLittle) return problem("space", words.space(megabytes), words.makeRoom);
  return bytes < little ? note("space", words.space(megabytes), words.makeRoom) : ok("space", words.space(megabytes));
}

/** A clock before the units existed is wrong; one long after the last known change makes the directory old. Pure. */
export function judgeClock({ now, pinned }: Clock): Finding[] {
  const today = toIsoDate(now(), vietnamZone);
  if (today < builtInAsOf) return [problem("clock", words.clockEarly(now()), words.setClock)];
  const stale = monthsOf(today) - monthsOf(changesKnownUntil) >= 6;
  return [
    pinned ? note("clock", words.pinned(now())) : ok("clock", words.clock(now())),
    ...(stale ? [note("directory", words.oldDirectory(changesKnownUntil), words.update)] : []),
  ];
}

function monthsOf(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}

/** POSIX takes the first of these that is set; Windows has none and its terminals are Unicode. Pure. */
export function judgeLocale(environment: Environment): Finding {
  const locale = environment["LC_ALL"] || environment["LC_CTYPE"] || environment["LANG"];
  if (!locale) return ok("locale", words.noLocale);
  return /utf-?8/i.test(locale)
    ? ok("locale", words.locale(locale))
    : note("locale", words.narrowLocale(locale), words.setLocale);
}
