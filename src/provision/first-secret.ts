/** Without `0 O 1 l I`, which look alike on paper. 57 characters. */
export const secretAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
export const secretLength = 16;

/** The largest multiple of the alphabet's size in a byte: bytes above it would favour its first characters. */
const fairBytes = 256 - (256 % secretAlphabet.length);

/**
 * A temporary password: fifteen characters by chance and one that checks them, with a digit, a capital and a small letter as most systems
 * demand. `readBytes` gives bytes nobody can guess.
 */
export function makeFirstSecret(readBytes: (count: number) => Uint8Array): string {
  for (;;) {
    let drawn = "";
    while (drawn.length < secretLength - 1) {
      for (const byte of readBytes(secretLength * 2)) {
        if (byte < fairBytes && drawn.length < secretLength - 1) drawn += secretAlphabet[byte % secretAlphabet.length];
      }
    }
    const secret = drawn + toCheckCharacter(drawn);
    if (/[2-9]/.test(secret) && /[A-Z]/.test(secret) && /[a-z]/.test(secret)) return secret;
  }
}

/**
 * Weights are powers of two modulo 57 = 3 · 19: each, and the difference of two neighbours, is prime to 57, so one wrong character and two
 * neighbours that changed places are always noticed.
 */
function toCheckCharacter(text: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of text) {
    weight = (weight * 2) % secretAlphabet.length;
    sum += secretAlphabet.indexOf(character) * weight;
  }
  return secretAlphabet[sum % secretAlphabet.length] as string;
}

/** True when nothing of it was misread. */
export function isWholeSecret(text: string): boolean {
  if (text.length !== secretLength || [...text].some((character) => !secretAlphabet.includes(character))) return false;
  return toCheckCharacter(text.slice(0, -1)) === text.at(-1);
}

/**
 * Takes a secret out of text of others: systems repeat what they refuse. The end counts too, since a message that was cut short may end in
 * the middle of it.
 */
export function hideSecret(text: string, secret: string): string {
  const hidden = text.replaceAll(new RegExp(secret, "gi"), "•••");
  for (let length = secret.length - 1; length >= 3; length--) {
    if (hidden.toLowerCase().endsWith(secret.slice(0, length).toLowerCase())) return `${hidden.slice(0, -length)}•••`;
  }
  return hidden;
}
