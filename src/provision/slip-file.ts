import { readBytes } from "../platform/files.ts";

/** Whether a file is one that wardctl writes slips into: sealed by age, or its PDF. Anything else is not to be destroyed by its name alone. */
export async function isSlipFile(path: string): Promise<boolean> {
  const bytes = await readBytes(path);
  const text = Buffer.from(bytes).toString("latin1");
  if (path.endsWith(".age")) return text.startsWith("age-encryption.org/v1");
  // Marked by formatPdf's caller in the document's information.
  return text.startsWith("%PDF-") && text.includes(slipKeyword);
}

/** Stands in the information of a PDF of slips, in plain ASCII. */
export const slipKeyword = "wardctl-slips";
