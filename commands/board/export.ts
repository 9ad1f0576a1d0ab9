import { resolve } from "node:path";
import { readAssets } from "../../src/board/assets.ts";
import { renderBoard } from "../../src/board/render/parts.ts";
import { renderStillPage } from "../../src/board/render/still-page.ts";
import { sha256 } from "../../src/platform/canonical-json.ts";
import { writeWhole } from "../../src/platform/files.ts";
import { toIso } from "../../src/platform/time.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { readBoard } from "./read-board.ts";
import { summarize } from "./summary.ts";
import { boardCommandWords as words } from "./words.ts";

/** The board as it stands now, as one file. */
export async function exportBoard(
  path: string,
  { workspace: open, out, clock, cwd }: Pick<Context, "workspace" | "out" | "clock" | "cwd">,
): Promise<Outcome> {
  const workspace = await open();
  const { zone } = workspace;
  const board = await readBoard(workspace, clock);
  const rendered = { vi: renderBoard(board, { lang: "vi", zone }), en: renderBoard(board, { lang: "en", zone }) };
  const page = { lang: out.lang, zone, city: board.city, clockPinned: clock.pinned };
  const content = renderStillPage(rendered, page, await readAssets());
  const file = resolve(cwd, path);
  await writeWhole(file, content);
  await out.emit({
    document: { schema: "wardctl.board-file/1", file, sha256: sha256(content), at: toIso(board.at, zone), ...summarize(board) },
    render: () => out.say(words.written(path)),
  });
  return "ok";
}
