/**
 * Words nobody is to be called by in front of citizens, as unaccented Vietnamese and English write them. Whole parts of a user name only: `lon` is
 * one, `longnt` is not.
 */
const vulgar: ReadonlySet<string> = new Set([
  "buoi",
  "cac",
  "cak",
  "cave",
  "cc",
  "clgt",
  "clm",
  "cmm",
  "cut",
  "dcm",
  "deo",
  "dit",
  "dkm",
  "dm",
  "dmm",
  "dume",
  "fuck",
  "fuk",
  "lon",
  "loz",
  "occho",
  "porn",
  "sex",
  "shit",
  "vcc",
  "vcl",
  "vkl",
  "vl",
  "wtf",
  "xxx",
]);

/** Numbers behind it change nothing. */
export function isVulgar(username: string): boolean {
  return username.split(/[._-]/).some((part) => vulgar.has(part.replace(/\d+$/, "")));
}
