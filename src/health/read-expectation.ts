import { pointerShape } from "../platform/json-pointer.ts";
import type { Words } from "../platform/words.ts";
import type { Expectation } from "./expectation.ts";

type Cell = "status" | "text" | "json";

/** From the cells `expect_status` (`200;401`), `expect_text` and `expect_json` (`/status=UP`); undefined when all are empty. Says every fault. */
export function readExpectation(
  { status, text, json }: Readonly<Record<Cell, string>>,
  complain: (cell: Cell, message: Words) => void,
): Expectation | undefined {
  const parts = status.split(/[;\s]+/).filter(Boolean);
  const statuses = parts.map(Number);
  if (!parts.every((part) => /^[2-5]\d\d$/.test(part))) {
    complain("status", {
      vi: `'${status}' không phải mã trả lời; viết 200 hoặc 200;401`,
      en: `'${status}' is no status; write 200 or 200;401`,
    });
  }
  const at = json.indexOf("=");
  const pointer = json.slice(0, Math.max(0, at)).trim();
  if (json !== "" && (at < 0 || !pointerShape.test(pointer))) {
    complain("json", {
      vi: `'${json}' phải có dạng /khóa/khóa=giá trị`,
      en: `'${json}' must look like /key/key=value`,
    });
  }
  if (status === "" && text === "" && json === "") return undefined;
  return {
    ...(statuses.length > 0 ? { statuses } : {}),
    ...(text === "" ? {} : { text }),
    ...(json === "" ? {} : { json: { pointer, value: json.slice(at + 1).trim() } }),
  };
}
