import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { exportHead, readCache, toExportLine, writeExportWorkspace } from "../../support/dossier-export.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const wardctl = fileURLToPath(new URL("../../../bin/wardctl.js", import.meta.url));

it("an import means the same whatever the machine's time zone", async () => {
  const caches = await Promise.all(
    ["UTC", "America/New_York", "Pacific/Kiritimati"].map(async (zone) => {
      const folder = await makeTestFolder();
      await writeExportWorkspace(folder);
      const lines = [
        toExportLine({ received: "03/07/2025 00:30:00", due: "03/07/2025" }),
        toExportLine({ code: "H57.101-250703-0002", status: "9", finished: "03/07/2025", updated: "03/07/2025 23:59:59" }),
      ];
      await writeFile(join(folder, "dossiers.csv"), `${[exportHead, ...lines].join("\n")}\n`);
      await promisify(execFile)(process.execPath, [wardctl, "import", "dossiers.csv"], {
        cwd: folder,
        env: { ...process.env, TZ: zone },
      });
      return readCache(folder);
    }),
  );
  // 00:30 on 3 July in Vietnam.
  expect(caches[0]?.points.map(({ t }) => t)).toContain(Date.UTC(2025, 6, 2, 17, 30) / 1000);
  expect(caches[1]).toEqual(caches[0]);
  expect(caches[2]).toEqual(caches[0]);
});
