import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

it("a faulty mapping profile is told with every fault and its line", async () => {
  const folder = await makeTestFolder();
  await writeFile(
    join(folder, "wardctl.yaml"),
    `name: Huế
province: "46"
records:
  sources:
    a:
      kind: csv
      content: dossiers
      expectEvery: daily
      dates: dd-mm
      units: Huế
      columns: { code: A, unit: B, procedure: C, channel: D, recieved: F }
      channels: { "1": counter }
      status: {}
    b:
      kind: rest
      url: ftp://x
      token: secret
      columns: { code: A, unit: B, procedure: C, channel: D, status: E, received: F }
      channels: { "1": direct }
      status: { "1": pending }
    c:
      kind: csv
      content: counts
      columns: { unit: u, asOf: t }
      metrics: { recived: r }
    d:
      kind: xml
`,
  );
  const { code, stderr } = await runWardctl("import x.csv", { cwd: folder });
  expect(code).toBe(3);
  for (const told of [
    "wardctl.yaml:8:7: 'records.sources.a.expectEvery': 'daily': a duration is written like 15m, 12h, 7d",
    "wardctl.yaml:9:7: 'records.sources.a.dates': 'dd-mm': a date pattern is written like dd/MM/yyyy HH:mm:ss, or iso",
    "wardctl.yaml:10:7: 'records.sources.a.units': 'Huế' has the wrong form; needs province:46",
    "wardctl.yaml:11:7: 'records.sources.a.columns.status' is missing; add it",
    "wardctl.yaml:11:62: key 'recieved' is not known here; did you mean 'received'?",
    "wardctl.yaml:12:19: 'records.sources.a.channels.1' must be one of: online, direct, post; found 'counter'",
    "wardctl.yaml:13:7: the map must not be empty",
    "wardctl.yaml:16:7: 'records.sources.b.url': 'ftp://x'",
    "wardctl.yaml:17:7: 'records.sources.b.token': a secret never stands in this file; write env:NAME, file:PATH",
    "wardctl.yaml:25:18: key 'recived'",
    "wardctl.yaml:27:7: 'records.sources.d.kind' must be one of: csv, xlsx, rest; found 'xml'",
  ]) {
    expect(stderr).toContain(told);
  }
});
