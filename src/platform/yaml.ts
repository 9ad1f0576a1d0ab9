import type { ZodType } from "zod";
import { Failure, type Fault } from "./failure.ts";
import { describeIssue } from "./zod-faults.ts";

/**
 * Reads YAML text into a checked value. Every fault of the file at once, each with line and column: what is not YAML first,
 * then what the schema does not take. Failure kind: invalid.
 */
export async function parseYaml<T>(text: string, file: string, schema: ZodType<T>): Promise<T> {
  const { LineCounter, isMap, isNode, isScalar, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const broken: Fault[] = document.errors.map((error) => {
    const place = lines.linePos(error.pos[0]);
    return {
      file,
      line: place.line,
      column: place.col,
      message: { vi: `YAML sai: ${error.message}`, en: `not YAML: ${error.message}` },
    };
  });
  if (broken.length > 0) throw invalid(file, broken);

  const result = schema.safeParse(document.toJS() ?? {});
  if (result.success) return result.data;

  const findPlace = (path: readonly PropertyKey[]): { line: number; col: number } | undefined => {
    // A missing key has no place of its own: the nearest parent that exists has.
    for (let depth = path.length; depth >= 0; depth--) {
      const parent = document.getIn(path.slice(0, depth - 1), true);
      const key = path[depth - 1];
      const pair =
        depth > 0 && isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
      const node = pair?.key ?? document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]);
    }
    return undefined;
  };
  const faults = result.error.issues.flatMap((issue) =>
    describeIssue(issue).map(({ path, message }): Fault => {
      const place = findPlace(path);
      const value = document.getIn(path);
      const shown = value === undefined || typeof value === "object" ? undefined : String(value);
      return { file, line: place?.line ?? 1, column: place?.col ?? 1, value: shown, message };
    }),
  );
  throw invalid(
    file,
    faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)),
  );
}

function invalid(file: string, faults: readonly Fault[]): Failure {
  return new Failure(
    "invalid",
    { vi: `${file}: ${faults.length} lỗi`, en: `${file}: ${faults.length} fault${faults.length === 1 ? "" : "s"}` },
    { faults },
  );
}
