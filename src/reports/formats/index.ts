import type { Format } from "./format.ts";

export const formatNames = ["terminal", "md", "json", "html"] as const;
export type FormatName = (typeof formatNames)[number];

/** Every format, loaded when it is used. A new one is a file and a line here. */
export const formats = {
  terminal: async () => (await import("./terminal.ts")).terminalFormat,
  md: async () => (await import("./markdown.ts")).markdownFormat,
  json: async () => (await import("./json.ts")).jsonFormat,
  html: async () => (await import("./html.ts")).htmlFormat,
} satisfies Record<FormatName, () => Promise<Format>>;
