import type { Document, LineCounter, YAMLError } from "yaml";
import type { ZodType } from "zod";
import { Failure, type Fault } from "./failure.ts";
import { describeBreak, yamlWords } from "./yaml-words.ts";
import { type DescribedIssue, describeIssue, isSecretName } from "./zod-faults.ts";

/**
 * Reads YAML text into a checked value. Every fault of the file at once, each with line and column, in the order of the file:
 * what is not YAML, what the schema does not take, and what `check` finds in the raw value (which need not fit the schema).
 * Where the text breaks, only what stands above the break is held to the schema. Failure kind: invalid.
 */
export async function parseYaml<T>(
  text: string,
  file: string,
  schema: ZodType<T>,
  check: (raw: unknown) => readonly DescribedIssue[] = () => [],
): Promise<T> {
  const { LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const parse = (source: string): Document.Parsed =>
    parseDocument(source, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  let document = parse(text);
  const faults: Fault[] = [];
  if (document.errors.length > 0) {
    const tabbed = listTabbedLines(text);
    faults.push(...tabbed.map(({ from, to }) => ({ file, line: from, column: 1, message: yamlWords.tabs(from, to) })));
    // Tabs stand for something: with them out of the way the rest of the file can be judged in the same run.
    if (tabbed.length > 0) {
      lines.lineStarts.length = 0;
      document = parse(text.replace(/^[ \t]+/gm, (indent) => indent.replaceAll("\t", "  ")));
    }
  }
  const places = await createPlaces(document, lines);
  const toFault = (error: YAMLError): Fault => {
    const { line, col } = lines.linePos(places.startOfBreak(error.pos[0]));
    const message = error.code === "DUPLICATE_KEY" ? places.describeTwin(error.pos[0]) : describeBreak(error.code, error.message);
    return { file, line, column: col, message };
  };
  // One slip makes the parser stumble several times on its line.
  const stumbles = document.errors.map(toFault);
  faults.push(...stumbles.filter((fault, at) => stumbles.findIndex((other) => other.line === fault.line) === at));
  const broken = document.errors.filter((error) => error.code !== "DUPLICATE_KEY");
  const soundBefore = Math.min(...broken.map((error) => toFault(error).line ?? 1));

  const raw = readValue(document);
  if ("fault" in raw) throw invalid(file, [...faults, { file, line: 1, column: 1, message: raw.fault }]);
  const result = schema.safeParse(raw.value ?? {}, { reportInput: true });
  const context = { schema, sourceOf: places.sourceOf };
  const issues = [
    ...(result.success ? [] : result.error.issues.flatMap((issue) => describeIssue(issue, context))),
    ...check(raw.value),
  ];
  if (result.success && issues.length === 0 && faults.length === 0) return result.data;
  const isEmpty = raw.value === null || raw.value === undefined;
  if (!result.success && broken.length === 0 && (isEmpty || typeof raw.value !== "object" || Array.isArray(raw.value))) {
    throw invalid(file, [...faults, { file, line: 1, column: 1, message: isEmpty ? yamlWords.empty : yamlWords.notMapping }]);
  }
  for (const issue of issues) {
    const place = places.find(issue.path);
    const missing = document.getIn(issue.path) === undefined;
    if (place.line >= soundBefore || (missing && broken.length > 0)) continue;
    const value = issue.secret || issue.atKey || isSecretName(issue.path) ? undefined : places.sourceOf(issue.path);
    faults.push({ file, line: place.line, column: place.col, value, message: issue.message });
  }
  throw invalid(file, faults);
}

function readValue(document: Document.Parsed): { readonly value: unknown } | { readonly fault: Fault["message"] } {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as unknown };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { fault: yamlWords.badAlias };
  }
}

interface Places {
  /** Where a path stands: at its key, a list item at itself, a missing key where the nearest parent does. */
  find(path: readonly PropertyKey[]): { readonly line: number; readonly col: number };
  /** A scalar as it is written in the file. */
  sourceOf(path: readonly PropertyKey[]): string | undefined;
  /** Where a break begins: an open quote is noticed only at the end of what it swallowed. */
  startOfBreak(offset: number): number;
  /** For a second key of one name, by the offset of it. */
  describeTwin(offset: number): Fault["message"];
}

async function createPlaces(document: Document.Parsed, lines: LineCounter): Promise<Places> {
  const { isAlias, isMap, isNode, isScalar, isSeq, visit } = await import("yaml");
  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  // Of two keys of one name the value is that of the last.
  const pairOf = (parent: unknown, name: PropertyKey | undefined) =>
    isMap(parent) ? parent.items.findLast((item) => isScalar(item.key) && String(item.key.value) === String(name)) : undefined;
  const nodeAt = (path: readonly PropertyKey[]): unknown =>
    path.reduce<unknown>((node, key) => {
      const parent = resolve(node);
      return isSeq(parent) ? parent.items[Number(key)] : pairOf(parent, key)?.value;
    }, document.contents);
  const startOf = (node: unknown): { line: number; col: number } | undefined =>
    isNode(node) && node.range ? lines.linePos(node.range[0]) : undefined;
  return {
    find(path) {
      for (let depth = path.length; depth > 0; depth--) {
        const parent = nodeAt(path.slice(0, depth - 1));
        const value = nodeAt(path.slice(0, depth));
        const pair = pairOf(parent, path[depth - 1]);
        const place = startOf(pair?.key ?? value);
        if (place) return place;
      }
      return startOf(document.contents) ?? { line: 1, col: 1 };
    },
    sourceOf(path) {
      const node = resolve(nodeAt(path));
      if (!isScalar(node) || node.value === null) return undefined;
      return typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
    },
    startOfBreak(offset) {
      let start = offset;
      visit(document, {
        Scalar(_key, scalar) {
          const quoted = scalar.type === "QUOTE_DOUBLE" || scalar.type === "QUOTE_SINGLE";
          if (quoted && scalar.range && scalar.range[0] < offset && scalar.range[1] >= offset) start = scalar.range[0];
        },
      });
      return start;
    },
    describeTwin(offset) {
      let name = "";
      let first = 0;
      visit(document, {
        Map(_key, map) {
          const twin = map.items.find((item) => isScalar(item.key) && item.key.range?.[0] === offset);
          if (!twin || !isScalar(twin.key)) return undefined;
          name = String(twin.key.value);
          const elder = map.items.find((item) => isScalar(item.key) && String(item.key.value) === name);
          first = startOf(elder?.key)?.line ?? 0;
          return visit.BREAK;
        },
      });
      return yamlWords.twice(name, first);
    },
  };
}

/** Runs of neighbouring lines that are indented with a tab. */
function listTabbedLines(text: string): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (!/^ *\t[ \t]*[^ \t\r#]/.test(line)) continue;
    const last = runs.at(-1);
    if (last?.to === at) last.to = at + 1;
    else runs.push({ from: at + 1, to: at + 1 });
  }
  return runs;
}

function invalid(file: string, faults: readonly Fault[]): Failure {
  const ordered = [...faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  return new Failure("invalid", yamlWords.count(file, ordered.length), { faults: ordered });
}
