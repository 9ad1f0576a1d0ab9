import { Failure } from "./failure.ts";
import { isReadByOthers, readText } from "./files.ts";
import type { Words } from "./words.ts";

/** `env:NAME` or `file:PATH`. A value itself is never accepted: it would stand in a file that is copied and mailed. */
export const secretReferenceShape = /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/;

/** Reads the secret. The value is in no message. Failure kinds: denied, invalid (no reference at all). */
export async function readSecret(
  reference: string,
  environment: Readonly<Record<string, string | undefined>>,
  resolvePath: (path: string) => string,
): Promise<string> {
  const [source, name] = [reference.slice(0, reference.indexOf(":")), reference.slice(reference.indexOf(":") + 1)];
  if (source === "env") return readFromEnvironment(name, environment);
  if (source === "file") return readFromFile(name, resolvePath(name));
  if (source === "keyring") throw denied(words.noKeyring, words.useOthers);
  throw new Failure("invalid", words.noReference);
}

function readFromEnvironment(name: string, environment: Readonly<Record<string, string | undefined>>): string {
  const value = environment[name]?.trim();
  if (value) return value;
  throw denied(words.notSet(name), words.set(name));
}

async function readFromFile(name: string, path: string): Promise<string> {
  if (await isReadByOthers(path)) throw denied(words.open(name), words.close(name));
  const text = await readText(path).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    throw new Failure("denied", words.unreadable(name, error.words), { hint: words.makeFile(name), cause: error });
  });
  if (text.trim()) return text.trim();
  throw denied(words.empty(name), words.makeFile(name));
}

function denied(message: Words, hint: Words): Failure {
  return new Failure("denied", message, { hint });
}

const words = {
  notSet: (name: string) => ({ vi: `biến môi trường ${name} chưa đặt`, en: `environment variable ${name} is not set` }),
  set: (name: string) => ({ vi: `đặt ${name} rồi chạy lại`, en: `set ${name} and run again` }),
  open: (name: string) => ({
    vi: `tệp bí mật ${name} ai trên máy cũng đọc được, nên không dùng`,
    en: `secret file ${name} can be read by everyone on this machine, so it is not used`,
  }),
  close: (name: string) => ({ vi: `chạy: chmod 600 ${name}`, en: `run: chmod 600 ${name}` }),
  unreadable: (name: string, reason: Words) => ({
    vi: `không đọc được tệp bí mật ${name}: ${reason.vi}`,
    en: `secret file ${name} cannot be read: ${reason.en}`,
  }),
  makeFile: (name: string) => ({
    vi: `ghi bí mật vào ${name}, chỉ mình đọc được (chmod 600)`,
    en: `write the secret into ${name}, readable by you alone (chmod 600)`,
  }),
  empty: (name: string) => ({ vi: `tệp bí mật ${name} rỗng`, en: `secret file ${name} is empty` }),
  noKeyring: { vi: "chưa đọc được kho khóa của máy (keyring:)", en: "the machine's keyring (keyring:) is not read yet" },
  useOthers: { vi: "dùng env:TÊN hoặc file:ĐƯỜNG_DẪN", en: "use env:NAME or file:PATH" },
  noReference: {
    vi: "tham chiếu bí mật phải là env:TÊN hoặc file:ĐƯỜNG_DẪN",
    en: "a secret reference must be env:NAME or file:PATH",
  },
};
