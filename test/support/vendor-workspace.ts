import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeTestFolder, type RunResult, runWardctl } from "./run-wardctl.ts";
import { startVendor, type VendorFake, type VendorLie, vendorPass, vendorUser } from "./vendor-fake.ts";

export interface VendorWorkspace {
  readonly folder: string;
  readonly server: VendorFake;
  run(line: string, env?: Readonly<Record<string, string>>): Promise<RunResult>;
  /** wardctl.yaml anew, with another `definition:`. */
  describe(definition: string): Promise<void>;
}

export const vendorNow = "2025-07-03T10:00:00+07:00";
export const vendorEnvironment = { WARDCTL_NOW: vendorNow, QLVB_USER: vendorUser, QLVB_PASS: vendorPass };

/** 8 people of Tân Bình ward, the inboxes of its 4 departments, its clerk. */
export const vendorAccounts = 13;

const roster = fileURLToPath(new URL("../../fixtures/rosters/tan-binh.csv", import.meta.url));

/** Tân Bình ward with a vendor's document system that has no staff id. */
export async function startVendorWorkspace(...lies: readonly VendorLie[]): Promise<VendorWorkspace> {
  const server = await startVendor(...lies);
  const folder = await makeTestFolder();
  const describe = (definition: string): Promise<void> =>
    writeFile(
      join(folder, "wardctl.yaml"),
      `name: Tân Bình
province: "79"
units: ["27004"]
provision:
  systems:
    documents:
      kind: rest
      url: ${server.url}
      secrets: { user: env:QLVB_USER, pass: env:QLVB_PASS }
      definition: ${definition}
`,
    );
  await copyFile(roster, join(folder, "roster.csv"));
  await describe("vendor-docs");
  return {
    folder,
    server,
    describe,
    run: (line, env) => runWardctl(line, { cwd: folder, env: { ...vendorEnvironment, ...env } }),
  };
}
