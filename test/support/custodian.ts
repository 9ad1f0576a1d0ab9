import { writeFile } from "node:fs/promises";
import { generateX25519Identity, identityToRecipient } from "age-encryption";

/** Somebody who hands out slips: a key pair as `age-keygen` writes it. */
export interface Custodian {
  readonly recipient: string;
  /** Path of the identity file. */
  readonly identity: string;
}

export async function makeCustodian(path: string): Promise<Custodian> {
  const key = await generateX25519Identity();
  const recipient = await identityToRecipient(key);
  await writeFile(path, `# created: 2025-07-03T10:00:00+07:00\n# public key: ${recipient}\n${key}\n`, { mode: 0o600 });
  return { recipient, identity: path };
}
