import { expect, it } from "vitest";
import { describeFailed, listFailed } from "../../../src/provision/failed-words.ts";

const denied = (system: string) => ({
  system,
  message: { vi: `${system} từ chối truy cập (401); kiểm tra mã`, en: `${system} let nobody in (401); look at the token` },
});
const silent = (system: string) => ({ system, message: { vi: "không trả lời", en: "no answer" } });

it("several systems of which the same is to be said are named together, the remedy once", () => {
  const failed = [denied("documents"), silent("video"), denied("dossiers"), silent("feedback")];
  expect(describeFailed(failed).map(({ en }) => en)).toEqual([
    "documents, dossiers let nobody in (401); look at the token",
    "video, feedback: no answer",
  ]);
  expect(listFailed(failed).vi).toBe("documents, dossiers từ chối truy cập (401); kiểm tra mã; video, feedback: không trả lời");
  expect(describeFailed([])).toEqual([]);
});
