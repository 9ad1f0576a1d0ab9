import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** All that a run of the tests makes stands in one folder, which goes with it. `KEEP_TEST_FOLDERS=1` leaves it there to look at. */
export default function useOneFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "wardctl-tests-"));
  process.env["TMPDIR"] = folder;
  process.env["TEMP"] = folder;
  return () => {
    if (process.env["KEEP_TEST_FOLDERS"]) console.log(`kept ${folder}`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}
