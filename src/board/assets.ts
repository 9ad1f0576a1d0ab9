import { fileURLToPath } from "node:url";
import { findFontFile } from "../platform/be-vietnam-pro.ts";
import { readBytes, readText } from "../platform/files.ts";

/** The page's own files, as they stand beside this one in the sources and in the package. */
export interface Assets {
  readonly style: string;
  readonly script: string;
}

/** In this order: what is said of a narrow screen and of paper comes last. */
const styleFiles = ["theme", "masthead", "matrix", "panels", "dialog", "screens", "print"] as const;

export async function readAssets(): Promise<Assets> {
  const read = (name: string): Promise<string> => readText(fileURLToPath(new URL(`./page/${name}`, import.meta.url)));
  const [script, ...styles] = await Promise.all([read("board.js"), ...styleFiles.map((name) => read(`${name}.css`))]);
  return { style: styles.join("\n"), script };
}

export function readTypeface(face: "regular" | "bold"): Promise<Uint8Array> {
  return readBytes(findFontFile(face));
}
