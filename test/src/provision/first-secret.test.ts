import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hideSecret, isWholeSecret, makeFirstSecret, secretAlphabet } from "../../../src/provision/first-secret.ts";

/** The same bytes again and again, so that a property's counter-example can be repeated; more of them when they run out. */
function createBytes(given: Uint8Array): (count: number) => Uint8Array {
  let at = 0;
  return (count) =>
    Uint8Array.from({ length: count }, () => (given[at++ % given.length] as number) ^ ((at / given.length) & 0xff));
}

const secrets = fc.uint8Array({ minLength: 64, maxLength: 64 }).map((bytes) => makeFirstSecret(createBytes(bytes)));

describe("a first secret", () => {
  it("has sixteen characters, none that look alike, of all three kinds, and its check holds", () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        expect(secret).toMatch(/^[2-9A-HJ-NP-Za-km-z]{16}$/);
        expect(secret).toMatch(/[2-9]/);
        expect(secret).toMatch(/[A-Z]/);
        expect(secret).toMatch(/[a-z]/);
        expect(isWholeSecret(secret)).toBe(true);
      }),
    );
    expect(secretAlphabet).not.toMatch(/[0O1lI]/);
    expect(new Set(secretAlphabet).size).toBe(57);
  });

  it("is known to be wrong when any one character is another", () => {
    const place = fc.nat(15);
    const other = fc.constantFrom(...secretAlphabet);
    fc.assert(
      fc.property(secrets, place, other, (secret, at, character) => {
        fc.pre(secret[at] !== character);
        expect(isWholeSecret(secret.slice(0, at) + character + secret.slice(at + 1))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is known to be wrong when two neighbours among the first fifteen changed places", () => {
    fc.assert(
      fc.property(secrets, fc.nat(13), (secret, at) => {
        fc.pre(secret[at] !== secret[at + 1]);
        expect(isWholeSecret(secret.slice(0, at) + secret[at + 1] + secret[at] + secret.slice(at + 2))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is no secret when it is longer, shorter or has other characters", () => {
    const secret = makeFirstSecret(randomBytes);
    for (const wrong of [secret.slice(1), `${secret}2`, ` ${secret.slice(1)}`, `0${secret.slice(1)}`, ""]) {
      expect(isWholeSecret(wrong)).toBe(false);
    }
  });

  it("draws every character equally often", () => {
    const counts = new Map<string, number>();
    const draws = 4_000;
    for (let n = 0; n < draws; n++) for (const one of makeFirstSecret(randomBytes)) counts.set(one, (counts.get(one) ?? 0) + 1);
    // Secrets without a digit are drawn again, so digits come a little more often than letters; a bias of the modulus would be a quarter.
    const expected = (draws * 16) / 57;
    for (const [character, count] of counts) expect(Math.abs(count / expected - 1), character).toBeLessThan(0.22);
    expect(counts.size).toBe(57);
  });

  it("comes out of other people's text, whole or cut off at the end", () => {
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), fc.integer({ min: 3, max: 16 }), (secret, before, after, length) => {
        fc.pre(!before.includes(secret) && !after.includes(secret));
        expect(hideSecret(`${before}${secret}${after}${secret.toUpperCase()}`, secret).toLowerCase()).not.toContain(
          secret.toLowerCase(),
        );
        expect(hideSecret(`${before}|${secret.slice(0, length)}`, secret).endsWith("|•••")).toBe(true);
      }),
    );
    expect(hideSecret("taken", "abcdefghijkmnpqr")).toBe("taken");
  });
});
