/** What of an applicant a text seems to hold. */
export type ApplicantTrace = "citizen-id" | "phone" | "dossier-code";

/**
 * Twelve figures: a citizen's number (Thông tư 59/2021/TT-BCA, Điều 4), in one piece or in threes as it is read out. A day and an hour
 * (`2025-07-03-1630`) have hyphens and are none.
 */
const citizenId = /(?<!\d)(?:\d{12}|0(?:0[1-9]|[1-8]\d|9[0-6])(?:[ .]\d{3}){3})(?!\d)/;

/** A mobile number or one of a line, in one piece or in groups; not two codes of units beside each other, which have five figures each. */
const phone =
  /(?<!\d)(?:(?:\+84|0)[35789]\d{8}|0[35789]\d[ .-]\d{3}[ .-]\d{4}|0[35789]\d{2}[ .-](?:\d{3}[ .-]\d{3}|\d{2}[ .-]\d{2}[ .-]\d{2}|\d{6})|0[35789]\d[ .-]\d{3}[ .-]\d{2}[ .-]\d{2}|\+84[ .-]\d{2,3}(?:[ .-]?\d{3}[ .-]?\d{3,4})|02\d{9}|02\d{1,2}[ .-]\d{3,4}[ .-]?\d{3,4})(?!\d)/;

/** Of a dossier (domain.md §5): pseudonymous, and kept for seven days only, which what is insert-only cannot do. */
const dossierCode = /(?<![\w.])(?:[A-Z]\d{2}(?:\.\d{1,3}){0,3}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})-\d{6}-\d{4,7}(?!\d)/;

/** What a text must not hold before it is kept for good (Law 91/2025/QH15; domain.md §11). Undefined: nothing was seen, which is no proof. */
export function findApplicantTrace(text: string): ApplicantTrace | undefined {
  if (dossierCode.test(text)) return "dossier-code";
  if (citizenId.test(text)) return "citizen-id";
  return phone.test(text) ? "phone" : undefined;
}
