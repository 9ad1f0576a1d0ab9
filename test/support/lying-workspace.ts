import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Lie, type LyingServer, startLyingScim, type User } from "./lying-scim.ts";
import { makeTestFolder, type RunResult, runWardctl } from "./run-wardctl.ts";

const roster = fileURLToPath(new URL("../../fixtures/rosters/tan-binh.csv", import.meta.url));

/** 8 people, 4 departments' inboxes, the clerk. */
export const rosterAccounts = 13;

/** Tân Bình ward against one server that lies. */
export interface LyingWorkspace {
  readonly server: LyingServer;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  run(line: string, env?: Readonly<Record<string, string>>): Promise<RunResult>;
  /** Puts accounts there that nobody of ours made. */
  seed(count: number): void;
  findUser(externalId: string): User | undefined;
  editRoster(edit: (text: string) => string): Promise<void>;
  countRequests(method: string): number;
}

export interface LyingWorkspaceOptions {
  readonly lies?: readonly Lie[];
  /** YAML of further settings of the system, `rate: 20, deadlineMs: 300`. */
  readonly system?: string;
  /** YAML of further settings of its `oauth`, `sendSecret: body`. */
  readonly oauth?: string;
  /** YAML below `provision:`. */
  readonly provision?: string;
  /** Systems that behave, beside the one that lies. */
  readonly others?: Readonly<Record<string, string>>;
}

export async function startLyingWorkspace(options: LyingWorkspaceOptions = {}): Promise<LyingWorkspace> {
  const { lies = [], system = "visibleWithinMs: 500", provision = "", others = {} } = options;
  const server = await startLyingScim(...lies);
  const folder = await makeTestFolder();
  await copyFile(roster, join(folder, "roster.csv"));
  const oauth = lies.includes("short-tokens")
    ? `oauth: { url: "${server.url}/token", clientId: wardctl${options.oauth ? `, ${options.oauth}` : ""} }, `
    : "";
  const lines = [
    `    documents: { kind: scim, url: "${server.url}", token: "env:DOCS_TOKEN", ${oauth}${system} }`,
    ...Object.entries(others).map(
      ([name, url]) => `    ${name}: { kind: scim, url: "${url}", token: "env:DOCS_TOKEN", ${system} }`,
    ),
  ];
  await writeFile(
    join(folder, "wardctl.yaml"),
    `name: Tân Bình\nprovince: "79"\nunits: ["27004"]\nprovision:\n${provision}  systems:\n${lines.join("\n")}\n`,
  );
  const own = { WARDCTL_NOW: "2025-07-03T10:00:00+07:00", DOCS_TOKEN: "secret-canary" };
  return {
    server,
    folder,
    env: own,
    run: (line, env) => runWardctl(line, { cwd: folder, env: { ...own, ...env } }),
    seed(count) {
      for (let n = 1; n <= count; n++) server.users.set(`x${n}`, { id: `x${n}`, userName: `x${n}`, active: true });
    },
    findUser: (externalId) => [...server.users.values()].find((user) => user["externalId"] === externalId),
    async editRoster(edit) {
      const path = join(folder, "roster.csv");
      await writeFile(path, edit(await readFile(path, "utf8")));
    },
    countRequests: (method) => server.requests.filter((request) => request.method === method).length,
  };
}
