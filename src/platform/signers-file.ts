import type { Instant } from "./clock.ts";

/** A line of an allowed_signers file (ssh-keygen(1), ALLOWED SIGNERS). */
export interface AllowedSigner {
  readonly line: number;
  /** Patterns with `*` and `?`. */
  readonly principals: readonly string[];
  /** Undefined: every namespace. */
  readonly namespaces?: readonly string[];
  readonly validAfter?: Instant;
  /** Still valid in this second. */
  readonly validBefore?: Instant;
  /** A time is written without `Z`: what it means depends on the machine that reads it. */
  readonly isZoneless: boolean;
  readonly keyType: string;
  /** Base64. */
  readonly key: string;
}

/** Lines that are no signer are passed over, as ssh-keygen does; a certificate authority's are too. */
export function parseSigners(text: string): AllowedSigner[] {
  return text.split(/\r?\n/).flatMap((raw, at) => {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) return [];
    const words = line.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
    const [principals = "", second = "", ...rest] = words;
    const hasOptions = !isKeyType(second);
    const [keyType = "", key = ""] = hasOptions ? rest : [second, ...rest];
    if (!isKeyType(keyType) || key === "") return [];
    const options = hasOptions ? toOptions(second) : new Map<string, string>();
    if (options.has("cert-authority")) return [];
    const times = [options.get("valid-after"), options.get("valid-before")];
    return [
      {
        line: at + 1,
        principals: principals.replaceAll('"', "").split(","),
        namespaces: options.get("namespaces")?.split(","),
        validAfter: readSignerTime(times[0]),
        validBefore: readSignerTime(times[1]),
        isZoneless: times.some((time) => time !== undefined && !time.endsWith("Z")),
        keyType,
        key,
      },
    ];
  });
}

function isKeyType(word: string): boolean {
  return /^(ssh-|ecdsa-|sk-)[\w@.-]+$/.test(word);
}

function toOptions(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/([\w-]+)(?:="([^"]*)")?(?:,|$)/g)].map(([, name, value]) => [(name as string).toLowerCase(), value ?? ""]),
  );
}

/** `YYYYMMDD[HHMM[SS]][Z]`; read as UTC either way, `isZoneless` tells the difference. */
function readSignerTime(text: string | undefined): Instant | undefined {
  const [, y, mo, d, h = "0", mi = "0", s = "0"] = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z?$/.exec(text ?? "") ?? [];
  return y === undefined ? undefined : Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
}

/** `20260801120000Z`, which no machine reads differently. */
export function formatSignerTime(at: Instant): string {
  return `${new Date(at).toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
}

/** Half-open [from, to): `valid-before` still counts its own second, so the second before `to` is written. */
export function formatSigner(signer: {
  readonly principal: string;
  readonly namespaces: readonly string[];
  readonly from?: Instant;
  readonly to?: Instant;
  /** Type and base64, as in a `.pub` file. */
  readonly publicKey: string;
}): string {
  const options = [
    `namespaces="${signer.namespaces.join(",")}"`,
    ...(signer.from === undefined ? [] : [`valid-after="${formatSignerTime(signer.from)}"`]),
    ...(signer.to === undefined ? [] : [`valid-before="${formatSignerTime(signer.to - 1000)}"`]),
  ];
  return `${signer.principal} ${options.join(",")} ${signer.publicKey}`;
}

export function isPrincipal({ principals }: AllowedSigner, identity: string): boolean {
  return principals.some((pattern) => {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${source}$`).test(identity);
  });
}

export function isValidAt({ validAfter, validBefore }: AllowedSigner, at: Instant): boolean {
  return (
    (validAfter === undefined || at >= validAfter) && (validBefore === undefined || Math.floor(at / 1000) * 1000 <= validBefore)
  );
}
