import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type CityWorkspace, canaryToken, cityNow, startCityWorkspace } from "../../support/city-workspace.ts";
import { startTlsDirectory } from "../../support/connect-directory.ts";
import { type FakeDirectory, readText } from "../../support/fake-directory.ts";

let workspace: CityWorkspace;
let directory: FakeDirectory;
afterEach(async () => {
  await workspace.city.stop();
  await directory.stop();
});

/** A directory of a kind, under TLS, next to a SCIM system, both empty. */
async function start(kind: "ldap" | "ad") {
  const { ca, ...started } = await startTlsDirectory(kind);
  directory = started.directory;
  workspace = await startCityWorkspace({ systems: ["documents"], empty: true });
  const file = join(workspace.folder, "wardctl.yaml");
  await writeFile(join(workspace.folder, "directory.pem"), ca);
  await writeFile(
    file,
    `${await readFile(file, "utf8")}    directory:
      kind: ${kind}
      url: ${directory.url}
      bindDn: cn=wardctl
      password: env:DIRECTORY_PASSWORD
      base: OU=UBND,DC=hue,DC=vn
      ca: directory.pem
      pageSize: 10
  functional:
    - { purpose: document-inbox, departments: all, systems: [documents, directory], username: "{department}.{unit}" }
`,
  );
  const env = { WARDCTL_NOW: cityNow, CITY_TOKEN: canaryToken, DIRECTORY_PASSWORD: "secret-canary" };
  return (line: string) => workspace.run(line, env);
}

describe("provision with a directory beside a SCIM system", () => {
  it.each(["ldap", "ad"] as const)(
    "%s: makes people and departments, reads them back, and has nothing more to do",
    async (kind) => {
      const run = await start(kind);
      expect((await run("provision coverage --json")).code).toBe(8);
      expect((await run("provision plan roster.csv --save plan.json")).code).toBe(8);
      expect(directory.entries).toHaveLength(0);
      const applied = await run("provision apply plan.json --yes --json");
      expect(applied.code).toBe(0);
      const plan = JSON.parse(await readFile(join(workspace.folder, "plan.json"), "utf8"));
      const wanted = plan.operations.filter(({ system }: { system: string }) => system === "directory");
      expect(directory.entries).toHaveLength(wanted.length);
      expect(directory.entries.map(({ values }) => readText(values, "employeeNumber"))).toContain(
        "27004/van-hoa-xa-hoi/document-inbox",
      );
      expect(directory.requests.filter(({ operation }) => operation !== "search")).toHaveLength(wanted.length);
      expect((await run("provision plan roster.csv")).code).toBe(0);
      expect((await run("provision verify plan.json")).code).toBe(0);
      expect((await run("provision coverage")).code).toBe(0);
      expect(JSON.stringify(directory.requests) + applied.stdout + applied.stderr).not.toContain("secret-canary");
    },
  );

  it("plans nothing on half a list", async () => {
    const run = await start("ldap");
    await run("provision plan roster.csv --save plan.json");
    await run("provision apply plan.json --yes");
    directory.lies.add("empty-page-before-the-end");
    const planned = await run("provision plan roster.csv");
    expect(planned.code).toBe(7);
    expect(planned.stdout + planned.stderr).toContain("gave an empty page before the end");
  });
});
