import type { Format } from "./format.ts";

export const formatNames = ["terminal", "md", "json", "html", "csv", "xlsx", "docx", "pdf", "png"] as const;
export type FormatName = (typeof formatNames)[number];

/** What is no text: it goes to a file or a pipe, never to a terminal. */
export const binaryFormats: ReadonlySet<FormatName> = new Set(["xlsx", "docx", "pdf", "png"]);

/** Every format, loaded when it is used. A new one is a file and a line here. */
export const formats = {
  terminal: async () => (await import("./terminal.ts")).terminalFormat,
  md: async () => (await import("./markdown.ts")).markdownFormat,
  json: async () => (await import("./json.ts")).jsonFormat,
  html: async () => (await import("./html.ts")).htmlFormat,
  csv: async () => (await import("./csv.ts")).csvFormat,
  xlsx: async () => (await import("./xlsx.ts")).xlsxFormat,
  docx: async () => (await import("./docx.ts")).docxFormat,
  pdf: async () => (await import("./pdf.ts")).pdfFormat,
  png: async () => (await import("./png.ts")).pngFormat,
} satisfies Record<FormatName, () => Promise<Format>>;
