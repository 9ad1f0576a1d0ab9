import type { TokenSource as GrantedTokens } from "../../platform/oauth2.ts";

/** The bearer token of one system. Its value is in no message. */
export interface TokenSource {
  read(): Promise<string>;
  /** Another token than the one that was refused; undefined when there is none to be had. Failure kinds: denied, unavailable. */
  renew(refused: string): Promise<string | undefined>;
}

/** A token kept outside, read again when it is refused: a file may hold a newer one by now. */
export function createKeptToken(readSecret: () => Promise<string>): TokenSource {
  let kept: Promise<string> | undefined;
  return {
    read() {
      kept ??= readSecret();
      return kept;
    },
    async renew(refused) {
      const held = kept;
      if (held !== undefined && (await held) !== refused) return held;
      kept = readSecret();
      const next = await kept;
      return next === refused ? undefined : next;
    },
  };
}

/** Tokens that a token server gives for a while. */
export function createGrantedToken(source: GrantedTokens): TokenSource {
  return {
    read: () => source.read(),
    async renew(refused) {
      source.discard(refused);
      const next = await source.read();
      return next === refused ? undefined : next;
    },
  };
}
