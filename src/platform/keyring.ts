import { Failure } from "./failure.ts";

/** All entries of this tool stand under one service name. */
const service = "wardctl";

/** A keyring is part of a desktop session: servers have none, and the package itself is optional. */
async function openEntry(name: string) {
  try {
    const { AsyncEntry } = await import("@napi-rs/keyring");
    // Without this Linux would fall back to the kernel's keyring, which forgets everything at the next start, and not say so.
    return new AsyncEntry(service, name, { linux: { store: "secret-service" } });
  } catch (error) {
    throw noKeyring(error);
  }
}

/** Undefined: the keyring has no such entry. Failure kind: unavailable (no keyring on this machine, or locked). */
export async function readFromKeyring(name: string): Promise<string | undefined> {
  const entry = await openEntry(name);
  const value = await entry.getPassword().catch((error: unknown) => {
    throw noKeyring(error);
  });
  return value ?? undefined;
}

/** Failure kind: unavailable. */
export async function writeToKeyring(name: string, value: string): Promise<void> {
  const entry = await openEntry(name);
  await entry.setPassword(value).catch(() => {
    // The library's error stays out: it may repeat what it was given.
    throw noKeyring(undefined);
  });
}

function noKeyring(cause: unknown): Failure {
  return new Failure("unavailable", words.none, { hint: words.useOthers, cause });
}

const words = {
  none: { vi: "máy này không có kho khóa dùng được (keyring)", en: "this machine has no keyring that can be used" },
  useOthers: {
    vi: "dùng tệp chỉ mình đọc được (file:), tệp niêm phong (age:) hoặc biến môi trường (env:)",
    en: "use a file readable by you alone (file:), a sealed file (age:) or the environment (env:)",
  },
};
