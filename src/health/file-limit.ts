import { readFileSync } from "node:fs";

/** A sweep needs a file descriptor for each probe under way; below this it is narrower than it need be (check.md §3). */
export const enoughFiles = 4_096;

/** How many files this process may have open; undefined where the system does not say (Windows has no such limit). */
export function readFileLimit(): number | undefined {
  try {
    const soft = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    return soft === undefined || soft === "unlimited" ? undefined : Number(soft);
  } catch {
    return undefined;
  }
}
