import { join } from "node:path";
import { type AskPassphrase, needsPassphrase, openWithPassphrase, readIdentity } from "./age.ts";
import { Failure } from "./failure.ts";
import { isReadByOthers, readBytes, readText } from "./files.ts";
import { readFromKeyring } from "./keyring.ts";
import type { Words } from "./words.ts";

/**
 * Where a secret is: `env:NAME`, `file:PATH` (readable by its owner alone), `keyring:NAME` (the desktop's), `age:PATH` (sealed), `systemd:NAME` (a
 * credential of the service, systemd.exec(5)), `prompt:NAME` (typed at the terminal each time). A value itself is never accepted: it would stand in a
 * file that is copied and mailed.
 */
export const secretReferenceShape =
  /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|(keyring|systemd|prompt):(?!\.{1,2}$)[A-Za-z0-9._@-]+|age:.+)$/;

export type SecretSource = "env" | "file" | "keyring" | "age" | "systemd" | "prompt";

/** Names the identity file that opens `age:` secrets. A path, so that it can point into a key store of the system (systemd credentials). */
export const identityVariable = "WARDCTL_AGE_IDENTITY";

type Environment = Readonly<Record<string, string | undefined>>;

interface Surroundings {
  readonly environment: Environment;
  readonly resolvePath: (path: string) => string;
  /** Absent where nobody sits at a terminal. */
  readonly ask?: AskPassphrase | undefined;
}

const readers: Readonly<Record<SecretSource, (name: string, around: Surroundings) => Promise<string>>> = {
  env: readFromEnvironment,
  file: readFromFile,
  keyring: readFromEntry,
  age: readSealed,
  systemd: readFromCredentials,
  prompt: readTyped,
};

/** The two halves of a reference. Failure kind: invalid (no reference at all; it is not repeated). */
export function splitReference(reference: string): { readonly source: SecretSource; readonly name: string } {
  if (!secretReferenceShape.test(reference)) throw new Failure("invalid", words.noReference);
  const at = reference.indexOf(":");
  return { source: reference.slice(0, at) as SecretSource, name: reference.slice(at + 1) };
}

/** Reads the secret. The value is in no message. Failure kinds: denied, invalid (no reference at all). */
export async function readSecret(
  reference: string,
  environment: Environment,
  resolvePath: (path: string) => string,
  ask?: AskPassphrase,
): Promise<string> {
  const { source, name } = splitReference(reference);
  return readers[source](name, { environment, resolvePath, ask });
}

/** Whether it can be had, without asking anybody: `asked` is typed when it is needed. Failure kinds as readSecret. */
export async function examineSecret(
  reference: string,
  environment: Environment,
  resolvePath: (path: string) => string,
): Promise<"present" | "asked"> {
  const { source, name } = splitReference(reference);
  if (source === "prompt") return "asked";
  if (source === "age") {
    const sealed = await readBytes(resolvePath(name)).catch(toDenied(name, words.makeSealed(name)));
    if (needsPassphrase(sealed)) return "asked";
  }
  await readers[source](name, { environment, resolvePath });
  return "present";
}

async function readFromEnvironment(name: string, { environment }: Surroundings): Promise<string> {
  const value = environment[name]?.trim();
  if (value) return value;
  throw denied(words.notSet(name), words.set(name));
}

async function readFromFile(name: string, { resolvePath }: Surroundings): Promise<string> {
  const path = resolvePath(name);
  if (await isReadByOthers(path)) throw denied(words.open(name), words.close(name));
  const text = await readText(path).catch(toDenied(name, words.makeFile(name)));
  if (text.trim()) return text.trim();
  throw denied(words.empty(name), words.makeFile(name));
}

async function readFromEntry(name: string): Promise<string> {
  const value = await readFromKeyring(name).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    throw new Failure("denied", error.words, { hint: error.hint, cause: error });
  });
  if (value?.trim()) return value.trim();
  throw denied(words.noEntry(name), words.setEntry(name));
}

/** systemd puts each credential of a service into a file of its own that no other user can read; the folder is gone when the service ends. */
async function readFromCredentials(name: string, { environment }: Surroundings): Promise<string> {
  const folder = environment["CREDENTIALS_DIRECTORY"]?.trim();
  if (!folder) throw denied(words.noService(name), words.loadCredential(name));
  const text = await readText(join(folder, name)).catch(toDenied(`systemd:${name}`, words.loadCredential(name)));
  if (text.trim()) return text.trim();
  throw denied(words.empty(`systemd:${name}`), words.loadCredential(name));
}

async function readTyped(name: string, { ask }: Surroundings): Promise<string> {
  const typed = (await ask?.(words.typeIt(name)))?.trim();
  if (typed) return typed;
  throw denied(words.nobodyTypes(`prompt:${name}`), words.atTerminal);
}

/** A sealed file may be readable by all: only the identity, or the passphrase, opens it. */
async function readSealed(name: string, { environment, resolvePath, ask }: Surroundings): Promise<string> {
  const makeIt = words.makeSealed(name);
  const identity = environment[identityVariable]?.trim();
  const withoutKey = await readBytes(resolvePath(name)).catch(() => undefined);
  if (withoutKey && needsPassphrase(withoutKey)) {
    const passphrase = await ask?.(words.typePassphrase(name));
    if (!passphrase) throw denied(words.nobodyTypes(name), words.atTerminal);
    return (await openWithPassphrase(withoutKey, passphrase, name)).trim();
  }
  if (!identity) throw denied(words.noIdentity(name), words.setIdentity);
  const key = await readIdentity(resolvePath(identity), identity, ask).catch(toDenied(identity, words.setIdentity));
  const sealed = await readBytes(resolvePath(name)).catch(toDenied(name, makeIt));
  const text = await key.open(sealed).catch(toDenied(name, makeIt));
  if (text === undefined) throw denied(words.otherRecipient(name, identity), makeIt);
  if (text.trim()) return text.trim();
  throw denied(words.empty(name), makeIt);
}

function toDenied(name: string, hint: Words): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Failure)) throw error;
    throw new Failure("denied", words.unreadable(name, error.words), { hint: error.hint ?? hint, cause: error });
  };
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
  noEntry: (name: string) => ({ vi: `kho khóa của máy không có ${name}`, en: `the machine's keyring has no ${name}` }),
  setEntry: (name: string) => ({ vi: `chạy: wardctl auth set ${name}`, en: `run: wardctl auth set ${name}` }),
  noIdentity: (name: string) => ({
    vi: `chưa biết khóa nào mở ${name}`,
    en: `which key opens ${name} is not known`,
  }),
  setIdentity: {
    vi: `đặt ${identityVariable} là đường dẫn tệp khóa age (tạo bằng age-keygen)`,
    en: `set ${identityVariable} to the path of an age identity file (made by age-keygen)`,
  },
  otherRecipient: (name: string, identity: string) => ({
    vi: `${name} niêm phong cho khóa khác, không phải ${identity}`,
    en: `${name} is sealed for another key than ${identity}`,
  }),
  makeSealed: (name: string) => ({
    vi: `niêm phong bí mật: age -r <age1…> -o ${name}`,
    en: `seal the secret: age -r <age1…> -o ${name}`,
  }),
  noService: (name: string) => ({
    vi: `systemd:${name} chỉ đọc được khi wardctl chạy như một dịch vụ của systemd`,
    en: `systemd:${name} can only be read while wardctl runs as a service of systemd`,
  }),
  loadCredential: (name: string) => ({
    vi: `trong tệp dịch vụ: LoadCredentialEncrypted=${name}:/etc/wardctl/${name}.cred (tạo bằng systemd-creds encrypt)`,
    en: `in the service's unit: LoadCredentialEncrypted=${name}:/etc/wardctl/${name}.cred (made by systemd-creds encrypt)`,
  }),
  typeIt: (name: string) => ({ vi: `Bí mật '${name}' (không hiện khi gõ)`, en: `Secret '${name}' (not shown while typed)` }),
  typePassphrase: (name: string) => ({
    vi: `Mật khẩu mở ${name} (không hiện khi gõ)`,
    en: `Passphrase of ${name} (not shown while typed)`,
  }),
  nobodyTypes: (name: string) => ({
    vi: `${name} phải gõ tại màn hình lệnh`,
    en: `${name} has to be typed at a terminal`,
  }),
  atTerminal: {
    vi: "chạy tại màn hình lệnh, không dùng --json; cho máy chạy tự động: keyring:, systemd: hoặc age: với tệp khóa",
    en: "run it at a terminal, without --json; for unattended runs use keyring:, systemd:, or age: with an identity file",
  },
  noReference: {
    vi: "tham chiếu bí mật phải là env:TÊN, file:ĐƯỜNG_DẪN, keyring:TÊN, age:ĐƯỜNG_DẪN, systemd:TÊN hoặc prompt:TÊN",
    en: "a secret reference must be env:NAME, file:PATH, keyring:NAME, age:PATH, systemd:NAME or prompt:NAME",
  },
};
