import { packDossierCode, parseDossierCode } from "../../src/records/dossier-code.ts";
import type { Place } from "./canaries.ts";

/** Every shape in which a store may hold a code: as text, and the number that a code of a store's first agency is, as each engine writes it. */
export function listCodeForms(code: string): readonly Buffer[] {
  const id = packDossierCode(parseDossierCode(code)!, 1);
  if (id === undefined) return [Buffer.from(code), Buffer.from(code, "utf16le")];
  const big = Buffer.alloc(8);
  big.writeBigInt64BE(BigInt(id));
  const little = Buffer.from(big).reverse();
  return [Buffer.from(code), Buffer.from(code, "utf16le"), Buffer.from(String(id)), big, little, toVarint(BigInt(id))];
}

/** A row's key in SQLite's file format: seven bits a byte, the first bit says whether another follows. */
function toVarint(value: bigint): Buffer {
  const bytes: number[] = [Number(value & 127n)];
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) bytes.unshift(Number(rest & 127n) | 128);
  return Buffer.from(bytes);
}

/** Codes of which a form stands anywhere. */
export function listCodesIn(codes: readonly string[], places: readonly Place[]): string[] {
  return codes.filter((code) => listCodeForms(code).some((form) => places.some(([, bytes]) => bytes.includes(form))));
}
