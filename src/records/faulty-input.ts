import { Failure, type Fault } from "../platform/failure.ts";

/** Every fault of a file or a source at once; nothing of it was taken. */
export function faultyInput(file: string, faults: readonly Fault[]): Failure {
  return new Failure(
    "invalid",
    {
      vi: `${file}: ${faults.length} lỗi, chưa nhập gì`,
      en: `${file}: ${faults.length} fault${faults.length === 1 ? "" : "s"}, nothing was imported`,
    },
    { faults },
  );
}
