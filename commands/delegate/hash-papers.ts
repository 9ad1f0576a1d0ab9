import { resolve } from "node:path";
import type { GrantText } from "../../src/delegation/grant-columns.ts";
import { sha256 } from "../../src/platform/canonical-json.ts";
import { readBytes } from "../../src/platform/files.ts";

/** Where a text names the file of the signed paper, its hash takes the name's place; a name that is no file stays, and is complained of. */
export async function hashPapers(texts: readonly GrantText[], folder: string): Promise<GrantText[]> {
  const known = new Map<string, Promise<string>>();
  return Promise.all(
    texts.map(async (text) => {
      const given = text.cells.basis_sha256;
      if (!given || isSha256(given)) return text;
      const path = resolve(folder, given);
      const hash = known.get(path) ?? readHash(path, given);
      known.set(path, hash);
      return { ...text, cells: { ...text.cells, basis_sha256: await hash } };
    }),
  );
}

export function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/i.test(text);
}

async function readHash(path: string, given: string): Promise<string> {
  try {
    return sha256(await readBytes(path));
  } catch {
    return given;
  }
}
