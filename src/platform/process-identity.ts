import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** Who holds something: enough to tell this process from a later one that was given the same pid. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** Start of the process in clock ticks since boot, empty where the system does not tell. */
  readonly start: string;
  /** Changes with every boot, empty where the system does not tell. */
  readonly boot: string;
}

export function readProcessIdentity(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, start: readStart(process.pid)?.start ?? "", boot: readBoot() };
}

/** True only when it is certain: on this machine, and the pid is free, a zombie's, another process's, or of an earlier boot. */
export function isProvablyGone(holder: ProcessIdentity): boolean {
  if (holder.host !== hostname()) return false;
  const boot = readBoot();
  if (boot !== "" && holder.boot !== "" && boot !== holder.boot) return true;
  if (!isAlive(holder.pid)) return true;
  const now = readStart(holder.pid);
  if (!now || holder.start === "") return false;
  return now.start !== holder.start || now.state === "Z" || now.state === "X";
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code !== "ESRCH";
  }
}

function readBoot(): string {
  return readSystemFile("/proc/sys/kernel/random/boot_id")?.trim() ?? "";
}

/** proc(5): the name in brackets may hold spaces, so fields are counted after it; state is field 3, start time field 22. */
function readStart(pid: number): { readonly state: string; readonly start: string } | undefined {
  const text = readSystemFile(`/proc/${pid}/stat`);
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields?.[19] === undefined ? undefined : { state: fields[0] ?? "", start: fields[19] };
}

function readSystemFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
