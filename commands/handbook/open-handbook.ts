import { type Handbook, readHandbook } from "../../src/handbook/read-handbook.ts";
import type { Context } from "../context.ts";
import { handbookWords as words } from "./words.ts";

/**
 * The articles that ship and, in a workspace, its own: a ward without a workspace has its handbook too. Own articles with faults are left out, and said
 * to be.
 */
export async function openHandbook(context: Pick<Context, "findWorkspace" | "out">): Promise<Handbook> {
  const handbook = await readOwnHandbook(context);
  const files = new Set(handbook.faults.map(({ file }) => file));
  if (files.size > 0) context.out.warn(words.leftOut(files.size));
  return handbook;
}

export async function readOwnHandbook({ findWorkspace }: Pick<Context, "findWorkspace">): Promise<Handbook> {
  const workspace = await findWorkspace();
  if (!workspace) return readHandbook();
  const { folder } = workspace.settings.handbook;
  return readHandbook({ folder: workspace.resolvePath(folder), shownAs: folder });
}
