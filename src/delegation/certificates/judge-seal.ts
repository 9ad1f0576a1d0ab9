import { basename, extname } from "node:path";
import type { Directory } from "../../directory/directory.ts";
import type { Unit } from "../../directory/unit.ts";
import type { CertificateText } from "../../platform/certificate-file.ts";
import { toSerial } from "../../platform/openssl.ts";
import { toToneKey } from "../../platform/text.ts";
import type { SealBound } from "../seals/seal.ts";
import type { SignerCode } from "../signer-codes.ts";
import { judgeProfile } from "./judge-binding.ts";

export interface SealRequest {
  readonly certificate: Pick<CertificateText, "subject" | "issuer" | "key" | "keyUsage" | "serial">;
  readonly unit: Unit;
  /** Which one the document system uses for the unit; undefined: not read. */
  readonly bound: SealBound | undefined;
  readonly findUnit: (text: string) => string | undefined;
  readonly stateIssuers: readonly string[];
}

/** The unit whose seal a certificate is: by the file's name (`27004.pem`), or by the one unit that its common name names. */
export function findSealUnit(
  { subject }: Pick<CertificateText, "subject">,
  file: string,
  directory: Directory,
  findUnit: (text: string) => string | undefined,
): Unit | undefined {
  const named = directory.findUnit(basename(file, extname(file)));
  if (named) return named;
  const code = findUnit(subject.find(([name]) => name === "CN")?.[1] ?? "");
  return code === undefined ? undefined : directory.findUnit(code);
}

/** Is it an agency's, this unit's as it is called on the day, of the kind for public service, and the one the document system seals with? */
export function judgeSeal({ certificate, unit, bound, findUnit, stateIssuers }: SealRequest): SignerCode[] {
  const valuesOf = (...names: readonly string[]): string[] =>
    certificate.subject.filter(([name]) => names.includes(name)).map(([, value]) => value);
  const [name] = valuesOf("CN");
  const organisations = valuesOf("O", "OU");
  const isAgency =
    name === undefined || organisations.some((text) => toToneKey(text) === toToneKey(name)) || findUnit(name) !== undefined;
  const named = [name ?? "", ...organisations].flatMap((text) => findUnit(text) ?? []);
  const isOwn = named.length > 0 && named.every((code) => code === unit.code);
  const used = bound?.certificate;
  const isUsed = used?.bound && toSerial(used.serial) === certificate.serial;
  return [
    ...(isAgency ? [] : (["SIG-WRONG-TYPE"] as const)),
    ...(isAgency && !isOwn ? (["SIG-SUBJECT-STALE"] as const) : []),
    ...judgeProfile({ certificate, stateIssuers }),
    ...(bound && !isUsed ? (["SIG-UNBOUND"] as const) : []),
  ];
}
