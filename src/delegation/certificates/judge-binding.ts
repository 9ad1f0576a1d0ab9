import type { Person, Post } from "../../directory/person.ts";
import { findPosition } from "../../directory/position.ts";
import type { CertificateText } from "../../platform/certificate-file.ts";
import { toToneKey } from "../../platform/text.ts";
import type { SignerCode } from "../signer-codes.ts";

export interface BindingRequest {
  readonly certificate: Pick<CertificateText, "subject" | "issuer" | "key" | "keyUsage" | "serial">;
  readonly person: Person;
  /** Those held on the day. */
  readonly posts: readonly Post[];
  /** Serial of the certificate that the document system uses for the account; undefined: none, or not read. */
  readonly boundSerial: string | undefined;
  readonly isAccountKnown: boolean;
  /** The unit that a text names on the day, by its code; undefined: none for sure. */
  readonly findUnit: (text: string) => string | undefined;
  readonly stateIssuers: readonly string[];
}

/**
 * Is it this person's own, for the unit and post of now, of the kind for public service, and the one the document system uses? The path to a root is
 * OpenSSL's matter; this is ours (delegate.md §7).
 */
export function judgeBinding(request: BindingRequest): SignerCode[] {
  const { certificate, boundSerial, isAccountKnown } = request;
  return [
    ...judgeSubject(request),
    ...judgeProfile(request),
    ...(isAccountKnown && boundSerial !== certificate.serial ? (["SIG-UNBOUND"] as const) : []),
  ];
}

/** NĐ 68/2024 Điều 15, 17: unit, post or e-mail that are no longer so are a ground for a change or a revocation. */
function judgeSubject({ certificate, person, posts, findUnit }: BindingRequest): SignerCode[] {
  const valuesOf = (...names: readonly string[]): string[] =>
    certificate.subject.filter(([name]) => names.includes(name)).map(([, value]) => value);
  const [name] = valuesOf("CN");
  const organisations = valuesOf("O", "OU");
  // An agency's own: its common name is the agency's, and no person stands in it.
  const isAgency =
    name === undefined || organisations.some((text) => toToneKey(text) === toToneKey(name)) || findUnit(name) !== undefined;
  if (isAgency) return ["SIG-WRONG-TYPE"];
  const units = new Set(posts.map(({ unit }) => unit));
  const named = [...organisations, ...valuesOf("L")].flatMap((text) => findUnit(text) ?? []);
  const isOwnUnit = named.length > 0 && named.every((code) => units.has(code));
  const title = valuesOf("title", "T")[0];
  const mail = valuesOf("emailAddress")[0];
  const isStale =
    toToneKey(name) !== toToneKey(person.fullName) ||
    !isOwnUnit ||
    (title !== undefined && !posts.some((post) => isTitleOf(post, title))) ||
    (mail !== undefined && person.email !== undefined && mail.toLowerCase() !== person.email.toLowerCase());
  return isStale ? ["SIG-SUBJECT-STALE"] : [];
}

/** `Chủ tịch` and `Chủ tịch UBND` are one post. */
function isTitleOf({ position }: Post, title: string): boolean {
  const [own, given] = [toToneKey(findPosition(position)?.name.vi ?? position), toToneKey(title)];
  return own === given || own.startsWith(`${given} `) || given.startsWith(`${own} `);
}

export function judgeProfile({
  certificate,
  stateIssuers,
}: Pick<BindingRequest, "stateIssuers"> & {
  readonly certificate: Pick<CertificateText, "key" | "keyUsage" | "issuer">;
}): SignerCode[] {
  const { key, keyUsage, issuer } = certificate;
  const isWeak = key.type === "rsa" ? key.bits < 2048 : key.bits < 224;
  const issuerText = toToneKey(issuer.map(([, value]) => value).join(" "));
  const isState = stateIssuers.some((text) => issuerText.includes(toToneKey(text)));
  return keyUsage?.includes("Non Repudiation") && !isWeak && isState ? [] : ["SIG-PROFILE"];
}
