import { open } from "node:fs/promises";
import { toFileFailure } from "./files.ts";

/** Adds a line to a file and returns when it is on the disk. A last line that a kill tore stays a line of its own. Failure kinds: invalid, denied, unavailable. */
export async function appendLine(path: string, line: string): Promise<void> {
  try {
    const file = await open(path, "a+", 0o600);
    try {
      const { size } = await file.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await file.read(last, 0, 1, size - 1);
      await file.appendFile(`${size > 0 && last.toString() !== "\n" ? "\n" : ""}${line}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFileFailure(error, path);
  }
}
