import { basename, dirname, join, resolve } from "node:path";
import { Failure } from "../src/platform/failure.ts";
import { isPresent, listFiles } from "../src/platform/files.ts";

/** `xuat/*.csv` as the files that fit, in order of name: the shells of Windows hand a pattern on as it was typed. Failure kind: invalid. */
export async function expandFiles(named: readonly string[], cwd: string): Promise<string[]> {
  const found = await Promise.all(named.map((name) => expand(name, cwd)));
  return [...new Set(found.flat())];
}

async function expand(name: string, cwd: string): Promise<readonly string[]> {
  const pattern = basename(name);
  if (!/[*?]/.test(pattern) || (await isPresent(resolve(cwd, name)))) return [name];
  const shape = new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "iu",
  );
  const files = await listFiles(resolve(cwd, dirname(name)), "");
  const fitting = files.map((file) => basename(file)).filter((file) => shape.test(file) && !file.startsWith("."));
  if (fitting.length === 0)
    throw new Failure("invalid", { vi: `${name}: không có tệp nào như vậy`, en: `${name}: no file is named so` });
  return fitting.map((file) => (dirname(name) === "." ? file : join(dirname(name), file)));
}
