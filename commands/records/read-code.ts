import { Failure } from "../../src/platform/failure.ts";
import { type DossierCode, parseDossierCode } from "../../src/records/dossier-code.ts";
import { recordsWords as words } from "./words.ts";

/** Failure kind: usage. What was typed is not repeated: it may be somebody's name or number. */
export function readCode(text: string): DossierCode {
  const code = parseDossierCode(text.trim());
  if (!code) throw new Failure("usage", words.noCode, { hint: words.codeShape });
  return code;
}
