import { unitCodeShape } from "../directory/unit.ts";
import { findRecipientFault } from "../platform/age.ts";
import { readCsv } from "../platform/csv.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import { toFold } from "../platform/text.ts";
import type { CredentialsSettings } from "./credentials-settings.ts";
import { handoutFaults as words } from "./handout-words.ts";

/** Unit code to the recipient of whoever hands out that unit's slips. */
export type Custodians = ReadonlyMap<string, string>;

export interface CustodianSource {
  readonly settings: CredentialsSettings;
  resolvePath(path: string): string;
  isUnit(code: string): boolean;
}

const headings: Readonly<Record<"unit" | "recipient", readonly string[]>> = {
  unit: ["unit", "ma don vi", "don vi"],
  recipient: ["recipient", "khoa cong khai", "khoa"],
};

/** From wardctl.yaml and from its CSV; every fault of both at once. Failure kinds: invalid, denied. */
export async function readCustodians({ settings, resolvePath, isUnit }: CustodianSource): Promise<Custodians> {
  const found = new Map<string, string>();
  const faults: Fault[] = [];
  const take = async (unit: string, recipient: string, place: Pick<Fault, "file" | "line">): Promise<void> => {
    const fault = await findRecipientFault(recipient);
    if (!unitCodeShape.test(unit) || !isUnit(unit)) faults.push({ ...place, value: unit, message: words.noUnit(unit) });
    else if (fault) faults.push({ ...place, message: words.badRecipient(unit, fault) });
    else if (found.has(unit) && found.get(unit) !== recipient) faults.push({ ...place, value: unit, message: words.twice(unit) });
    else found.set(unit, recipient);
  };
  for (const [unit, recipient] of Object.entries(settings.custodians)) await take(unit, recipient, { file: "wardctl.yaml" });
  const file = settings.custodiansFile;
  if (file !== undefined) {
    const [head, ...rows] = await readCsv(resolvePath(file));
    const columns = (head?.cells ?? []).map(toFold);
    const unitAt = columns.findIndex((name) => headings.unit.includes(name));
    const recipientAt = columns.findIndex((name) => headings.recipient.includes(name));
    if (unitAt < 0 || recipientAt < 0) faults.push({ file, line: 1, message: words.columns });
    else
      for (const { line, cells } of rows)
        await take((cells[unitAt] ?? "").trim(), (cells[recipientAt] ?? "").trim(), { file, line });
  }
  if (faults.length > 0) throw new Failure("invalid", words.faultyCustodians(faults.length), { faults });
  return found;
}
