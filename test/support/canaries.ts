import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Every shape in which a secret might stand in a file, an output or a process. */
export function listForms(secret: string): readonly (readonly [form: string, bytes: Buffer])[] {
  const bytes = Buffer.from(secret);
  const wide = Buffer.from(secret, "utf16le");
  return [
    ["plain", bytes],
    ["UTF-16LE", wide],
    ["hexadecimal", Buffer.from(bytes.toString("hex"))],
    ["hexadecimal of UTF-16LE", Buffer.from(wide.toString("hex"))],
    ["URL-encoded", Buffer.from(encodeURIComponent(secret))],
    ["form-encoded", Buffer.from(new URLSearchParams({ s: secret }).toString().slice(2))],
    ["JSON", Buffer.from(JSON.stringify(secret).slice(1, -1))],
    ["JSON in JSON", Buffer.from(JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1))],
    ...listBase64(bytes).map((one) => ["base64", one] as const),
    // As Active Directory is sent it: in quotes.
    ...listBase64(Buffer.from(`"${secret}"`, "utf16le")).map((one) => ["base64 of UTF-16LE", one] as const),
  ];
}

/** Wherever it begins in what was encoded with it (`user:secret`): the three alignments, without the characters that its neighbours share. */
function listBase64(bytes: Buffer): Buffer[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const inner = text.slice(before === 0 ? 0 : before + 1, Math.floor((before + bytes.length) / 3) * 4);
    return [Buffer.from(inner), Buffer.from(inner.replaceAll("+", "-").replaceAll("/", "_"))];
  });
}

/** A place and its bytes. */
export type Place = readonly [name: string, bytes: Buffer];

/** Every file below the folders. */
export async function readPlaces(folders: readonly string[]): Promise<Place[]> {
  const lists = await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })));
  const files = lists
    .flat()
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file): Promise<Place> => [file, await readFile(file)]));
}

/** Where a secret stands, and in which form. An empty list is what is wanted. Thousands of needles in megabytes: they are found by their first four bytes. */
export function listLeaks(secrets: Iterable<string>, places: readonly Place[]): string[] {
  const needles = [...secrets].flatMap((secret) =>
    listForms(secret).map(([form, needle]) => ({ needle, leak: `${form} of ${secret}` })),
  );
  const byHead = Map.groupBy(needles, ({ needle }) => needle.readUInt32LE(0));
  const leaks = new Set<string>();
  for (const [name, bytes] of places) {
    for (let at = 0; at + 4 <= bytes.length; at++) {
      for (const { needle, leak } of byHead.get(bytes.readUInt32LE(at)) ?? []) {
        if (bytes.subarray(at, at + needle.length).equals(needle)) leaks.add(`${name}: ${leak}`);
      }
    }
  }
  return [...leaks];
}
