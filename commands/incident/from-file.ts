import { type Category, categories, categoryWords } from "../../src/meeting/category.ts";
import type { Opening } from "../../src/meeting/incident-events.ts";
import { Failure, type Fault } from "../../src/platform/failure.ts";
import { readTableFile } from "../../src/platform/table-file.ts";
import { toFold } from "../../src/platform/text.ts";
import type { Words } from "../../src/platform/words.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import { readOpening } from "./read-opening.ts";
import { findTextFault, needCode, needDeadline, needMoment, needUnits } from "./room.ts";
import { incidentWords as words } from "./words.ts";

/** Headings of a list of difficulties, without diacritics; the first one is what `--json` calls it. */
const headings = {
  title: ["title", "vuong mac", "kho khan", "noi dung"],
  category: ["category", "loai"],
  code: ["code", "ma", "ma loi"],
  unit: ["units", "unit", "don vi"],
  system: ["system", "he thong"],
  owner: ["owner", "ai xu ly", "chu tri", "don vi chu tri"],
  support: ["support", "phoi hop", "don vi phoi hop"],
  due: ["due", "han"],
  since: ["since", "tu luc"],
  tried: ["tried", "da thu"],
} as const;
type Column = keyof typeof headings;

/** Difficulties as wards send them in, CSV or XLSX. Failure kind: invalid, with every fault of the file. */
export async function readDifficulties(path: string, shownAs: string, workspace: Workspace): Promise<readonly Opening[]> {
  const file = await readTableFile(path, shownAs);
  const columns = new Map<Column, string>();
  for (const heading of file.headings) {
    const key = (Object.keys(headings) as Column[]).find((name) =>
      (headings[name] as readonly string[]).includes(toFold(heading)),
    );
    if (key && !columns.has(key)) columns.set(key, heading);
  }
  if (!columns.has("title"))
    throw new Failure("invalid", words.noTitleColumn(shownAs), { hint: words.columnsAre(Object.keys(headings)) });
  const faults: Fault[] = [];
  const openings: Opening[] = [];
  for (const { line, cells } of file.rows) {
    const cell = (key: Column): string | undefined => cells[columns.get(key) ?? ""];
    const fault = (message: Words): unknown => faults.push({ file: shownAs, line, message });
    /** What the work gives; what is wrong with it is a fault of the row, beside any others. */
    const attempt = async <Value>(work: () => Promise<Value> | Value): Promise<Value | undefined> => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        fault(error.words);
        return undefined;
      }
    };
    const category = readCategory(cell("category"));
    if (category === "unknown") fault(words.badCategory(cell("category") ?? "", categories));
    const units: string[] = [];
    for (const text of (cell("unit") ?? "").split(/[;,]/).filter((part) => part.trim() !== "")) {
      units.push(...((await attempt(() => needUnits([text.trim()], workspace))) ?? []));
    }
    const [title, code, system, owner, support, due, since, tried] = (
      ["title", "code", "system", "owner", "support", "due", "since", "tried"] as const
    ).map(cell);
    if (title === undefined) fault(words.emptyText("title"));
    const before = faults.length;
    for (const [key, text] of Object.entries({ title, system, owner, support, tried })) {
      const wrong = text === undefined ? undefined : findTextFault(text, key);
      if (wrong) fault(wrong);
    }
    if (code !== undefined) await attempt(() => needCode(code));
    if (due !== undefined) await attempt(() => needDeadline(due, workspace));
    if (since !== undefined) await attempt(() => needMoment("since", since, workspace));
    if (faults.length > before || title === undefined || category === "unknown") continue;
    const said = { title, category, code, unit: units, system, owner, support, due, since, tried };
    const opening = await attempt(() => readOpening(said, undefined, workspace, "vi"));
    if (opening) openings.push(opening);
  }
  if (file.rows.length === 0) throw new Failure("invalid", words.emptyFile(shownAs));
  if (faults.length > 0) throw new Failure("invalid", words.faultyFile(shownAs, faults.length), { faults });
  return openings;
}

function readCategory(text: string | undefined): Category | undefined | "unknown" {
  if (text === undefined) return undefined;
  const fold = toFold(text);
  const found = categories.find(
    (one) => one === fold || toFold(categoryWords[one].vi) === fold || toFold(categoryWords[one].en) === fold,
  );
  return found ?? "unknown";
}
