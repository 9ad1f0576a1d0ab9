import { Failure } from "./failure.ts";
import { isReadByOthers, readBytes, readText } from "./files.ts";
import type { Words } from "./words.ts";

/** An X25519 recipient of age (age-encryption.org/v1); its checksum is looked at by `findRecipientFault`. */
export const recipientShape = /^age1[02-9ac-hj-np-z]{58}$/;

export interface AgeIdentity {
  /** The public side of every key in the file. */
  readonly recipients: readonly string[];
  /** The text that was sealed; undefined when it was sealed for somebody else. Failure kind: invalid (torn or altered). */
  open(sealed: Uint8Array): Promise<string | undefined>;
}

/** What is wrong with a recipient, without repeating it: somebody may have pasted the private half. Undefined: nothing. */
export async function findRecipientFault(recipient: string): Promise<Words | undefined> {
  if (/^age-secret-key-/i.test(recipient)) return words.privateKey;
  if (!recipientShape.test(recipient)) return words.noRecipient;
  const { Encrypter } = await import("age-encryption");
  try {
    new Encrypter().addRecipient(recipient);
    return undefined;
  } catch {
    return words.noRecipient;
  }
}

/** Encrypts for one recipient each; stock `age -d` opens what it gives. Recipients must be sound. */
export async function createSealer(): Promise<(recipient: string, text: string) => Promise<Uint8Array>> {
  const { Encrypter } = await import("age-encryption");
  const ready = new Map<string, InstanceType<typeof Encrypter>>();
  return (recipient, text) => {
    let encrypter = ready.get(recipient);
    if (!encrypter) {
      encrypter = new Encrypter();
      encrypter.addRecipient(recipient);
      ready.set(recipient, encrypter);
    }
    return encrypter.encrypt(text);
  };
}

/** Asks the person at the terminal for a passphrase, which is not shown; undefined where nobody can be asked. */
export type AskPassphrase = (question: Words) => Promise<string | undefined>;

/** Encrypts for several recipients at once: each opens it alone. Recipients must be sound. */
export async function sealFor(recipients: readonly string[], text: string): Promise<Uint8Array> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(text);
}

/** Seals with a passphrase (age's scrypt stanza); `age -d` asks for it. */
export async function sealWithPassphrase(passphrase: string, text: string): Promise<Uint8Array> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  return encrypter.encrypt(text);
}

/** Whether a sealed file opens with a passphrase rather than with a key: its first stanza says so (age-encryption.org/v1). */
export function needsPassphrase(sealed: Uint8Array): boolean {
  return Buffer.from(sealed.subarray(0, 200)).toString("latin1").split("\n")[1]?.startsWith("-> scrypt ") ?? false;
}

/** Failure kind: denied (another passphrase). */
export async function openWithPassphrase(sealed: Uint8Array, passphrase: string, shownAs: string): Promise<string> {
  const { Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(sealed, "text");
  } catch {
    // Not as its cause: nothing of the library's is known to leave the passphrase out.
    throw new Failure("denied", words.otherPassphrase(shownAs));
  }
}

/**
 * The keys of an identity file as `age-keygen` writes it; one that is itself sealed with a passphrase is opened by asking for it. Failure kinds: invalid,
 * denied (others can read it, another passphrase).
 */
export async function readIdentity(path: string, shownAs = path, ask?: AskPassphrase): Promise<AgeIdentity> {
  const bytes = await readBytes(path);
  if (await isReadByOthers(path)) throw new Failure("denied", words.openIdentity(shownAs), { hint: words.close(shownAs) });
  const passphrase = ask && needsPassphrase(bytes) ? await ask(words.passphrase(shownAs)) : undefined;
  const text = passphrase === undefined ? await readText(path) : await openWithPassphrase(bytes, passphrase, shownAs);
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines.some((line) => line.startsWith("age-encryption.org/v1") || line.startsWith("-----BEGIN AGE"))) {
    throw new Failure("invalid", words.lockedIdentity(shownAs), { hint: words.unlock(shownAs) });
  }
  const keys = lines.filter((line) => line !== "" && !line.startsWith("#"));
  if (keys.length === 0) throw new Failure("invalid", words.noKeys(shownAs), { hint: words.makeKeys });
  const { Decrypter, identityToRecipient } = await import("age-encryption");
  const recipients: string[] = [];
  for (const [at, key] of keys.entries()) {
    try {
      recipients.push(await identityToRecipient(key));
    } catch {
      // Neither the line nor the library's words about it: they are the key.
      throw new Failure("invalid", words.badKey(shownAs, at + 1), { hint: words.makeKeys });
    }
  }
  return {
    recipients,
    async open(sealed) {
      const decrypter = new Decrypter();
      for (const key of keys) decrypter.addIdentity(key);
      let isForAnother = false;
      // Asked last, so only when no key of ours fits; the library's own error says it in words alone.
      decrypter.addIdentity({
        unwrapFileKey: () => {
          isForAnother = true;
          return null;
        },
      });
      try {
        return await decrypter.decrypt(sealed, "text");
      } catch (error) {
        if (isForAnother) return undefined;
        throw new Failure("invalid", words.torn, { cause: error });
      }
    },
  };
}

const words = {
  noRecipient: { vi: "không phải khóa công khai age (age1…)", en: "no public key of age (age1…)" },
  privateKey: {
    vi: "đây là khóa riêng, phải giữ kín; cần khóa công khai (age1…)",
    en: "this is a private key and must stay secret; the public one (age1…) is needed",
  },
  openIdentity: (file: string) => ({
    vi: `tệp khóa ${file} ai trên máy cũng đọc được, nên không dùng`,
    en: `identity file ${file} can be read by everyone on this machine, so it is not used`,
  }),
  close: (file: string) => ({ vi: `chạy: chmod 600 ${file}`, en: `run: chmod 600 ${file}` }),
  lockedIdentity: (file: string) => ({
    vi: `tệp khóa ${file} đang được mã hóa`,
    en: `identity file ${file} is itself encrypted`,
  }),
  unlock: (file: string) => ({
    vi: `mở trước vào một tệp chỉ mình đọc được: (umask 077; age -d -o khoa.txt ${file})`,
    en: `open it first into a file readable by you alone: (umask 077; age -d -o key.txt ${file})`,
  }),
  noKeys: (file: string) => ({ vi: `${file} không có khóa nào`, en: `${file} holds no key` }),
  badKey: (file: string, nth: number) => ({
    vi: `${file}: khóa thứ ${nth} không phải khóa age (AGE-SECRET-KEY-1…)`,
    en: `${file}: key number ${nth} is no age key (AGE-SECRET-KEY-1…)`,
  }),
  makeKeys: { vi: "tạo khóa: age-keygen -o khoa.txt", en: "make one: age-keygen -o key.txt" },
  passphrase: (file: string) => ({
    vi: `Mật khẩu mở ${file} (không hiện khi gõ)`,
    en: `Passphrase of ${file} (not shown while typed)`,
  }),
  otherPassphrase: (file: string) => ({
    vi: `mật khẩu này không mở được ${file}`,
    en: `this passphrase does not open ${file}`,
  }),
  torn: { vi: "tệp niêm phong bị đứt hoặc đã bị sửa", en: "the sealed file is torn or was altered" },
};
