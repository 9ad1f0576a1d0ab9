import { Failure, type Fault } from "../platform/failure.ts";
import { formatCount } from "../platform/format.ts";
import { both, type Words } from "../platform/words.ts";

/** The faults of a file or a source, all at once; nothing of it was taken. `count` where more were found than are told. */
export function faultyInput(file: string, faults: readonly Fault[], count = faults.length, hint?: Words): Failure {
  return new Failure(
    "invalid",
    both((lang) => {
      const n = formatCount(count, lang);
      return lang === "vi"
        ? `${file}: ${n} lỗi, chưa nhập gì`
        : `${file}: ${n} fault${count === 1 ? "" : "s"}, nothing was imported`;
    }),
    { faults, ...(hint && { hint }) },
  );
}
