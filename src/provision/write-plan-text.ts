import type { Plan } from "./plan.ts";

/**
 * The plan as `JSON.stringify(plan, undefined, 2)` writes it, in pieces: in one string, the plan of a whole province takes twice its size again, and
 * again as bytes.
 */
export function* writePlanText(plan: Plan): Generator<string> {
  yield "{";
  let comma = "";
  for (const [key, value] of Object.entries(plan) as [string, unknown][]) {
    if (value === undefined) continue;
    yield `${comma}\n  ${JSON.stringify(key)}: `;
    if (Array.isArray(value) && value.length > 0) yield* writeList(value);
    else yield indent(value, "  ");
    comma = ",";
  }
  yield "\n}\n";
}

function* writeList(items: readonly unknown[]): Generator<string> {
  let piece = "[";
  for (const [n, item] of items.entries()) {
    piece += `${n === 0 ? "" : ","}\n    ${indent(item, "    ")}`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}\n  ]`;
}

/** JSON holds no line break inside a text, so every one is between two members. */
function indent(value: unknown, by: string): string {
  return (JSON.stringify(value, undefined, 2) ?? "null").replaceAll("\n", `\n${by}`);
}

const pieceLength = 65_536;
