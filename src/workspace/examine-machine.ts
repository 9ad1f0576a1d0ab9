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
    ...(await examineTools()),
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

/** What proofs and certificates are judged by; all else works without. */
async function examineTools(): Promise<Finding[]> {
  const [{ findSshVersion }, { findOpensslVersion }] = await Promise.all([
    import("../platform/ssh-signature.ts"),
    import("../platform/openssl.ts"),
  ]);
  const [ssh, openssl] = await Promise.all([findSshVersion(), findOpensslVersion()]);
  return [
    ssh === undefined ? note("ssh", words.noSsh, words.installSsh) : judgeSsh(ssh),
    openssl === undefined ? note("openssl", words.noOpenssl, words.installOpenssl) : ok("openssl", words.openssl(openssl)),
  ];
}

/** Times with Z in allowed_signers came with 9.1. Pure. */
export function judgeSsh(version: string): Finding {
  const [, major = "0", minor = "0"] = /_(\d+)\.(\d+)/.exec(version) ?? [];
  const isOld = Number(major) < 9 || (Number(major) === 9 && Number(minor) < 1);
  return isOld ? note("ssh", words.oldSsh(version), words.installSsh) : ok("ssh", words.ssh(version));
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
