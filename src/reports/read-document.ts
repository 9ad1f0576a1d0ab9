import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import { readZipTexts } from "../platform/zip-entries.ts";
import type { FormatName } from "./formats/index.ts";
import type { Report } from "./model.ts";

/** What a document says of the report it was made from. */
export interface ReadDocument {
  /** Undefined: no hash is in it. */
  readonly modelSha256: string | undefined;
  /** The model itself, where the document carries it. */
  readonly model: Report | undefined;
  /** By its content. `text`: printed for a terminal, as Markdown or as CSV. */
  readonly kind: "json" | "html" | "zip" | "pdf" | "png" | "text";
}

/** The formats that a text may have been made in. */
export const formatsOfKind = {
  html: ["html"],
  text: ["md", "terminal", "csv"],
} as const satisfies Record<string, readonly FormatName[]>;

const hash = /\b[0-9a-f]{64}\b/g;

/** Finds the hash of the model in a document of any format. Pure; never throws on foreign bytes. */
export async function readDocument(bytes: Uint8Array): Promise<ReadDocument> {
  const head = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  if (head.startsWith("PK")) {
    const properties = readZipTexts(bytes, (name) => /^docProps\/|^(xl|word)\/(footer|worksheets)/.test(name));
    return { kind: "zip", model: undefined, modelSha256: findHash(properties.join("\n")) };
  }
  if (head.startsWith("%PDF")) {
    return { kind: "pdf", model: undefined, modelSha256: findHash(readPdfText(bytes)) };
  }
  if (head.startsWith("\x89PNG")) {
    // After the hash stands the chunk's sum, whose first byte may be a letter.
    const [, sha] = /wardctl-model\0{5}([0-9a-f]{64})/.exec(Buffer.from(bytes).toString("latin1")) ?? [];
    return { kind: "png", model: undefined, modelSha256: sha };
  }
  const text = Buffer.from(bytes)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  const json = text.startsWith("{") ? readReport(text) : undefined;
  if (json) return { kind: "json", model: json, modelSha256: sha256(await toCanonicalJson(json)) };
  if (/^<!doctype html>/i.test(text)) {
    const embedded = /<script type="application\/json" id="report-model">([\s\S]*?)<\/script>/.exec(text);
    const visible = embedded ? text.replace(embedded[0], "") : text;
    return { kind: "html", model: embedded?.[1] ? readReport(embedded[1]) : undefined, modelSha256: findHash(visible) };
  }
  return { kind: "text", model: undefined, modelSha256: findHash(text) };
}

/** The last one: it stands in the footer. */
function findHash(text: string): string | undefined {
  return text.match(hash)?.at(-1);
}

/** Properties stand in the open; text that PDF writes as UTF-16 or as hexadecimal digits is turned back. */
function readPdfText(bytes: Uint8Array): string {
  const open = Buffer.from(bytes).toString("latin1");
  const wide = open.replaceAll("\0", "");
  const digits = [...open.matchAll(/<((?:[0-9A-Fa-f]{2}){64,})>/g)].map(([, hex]) =>
    Buffer.from(hex as string, "hex")
      .toString("latin1")
      .replaceAll("\0", ""),
  );
  return [wide, ...digits].join("\n");
}

function readReport(text: string): Report | undefined {
  try {
    const value = JSON.parse(text) as Report;
    return value.schema === "wardctl.report/1" ? value : undefined;
  } catch {
    return undefined;
  }
}
