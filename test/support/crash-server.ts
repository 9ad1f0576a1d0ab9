import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createAccountService } from "../../src/city/accounts.ts";
import { createCityCore } from "../../src/city/city.ts";
import { sha256 } from "../../src/platform/canonical-json.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { createRandom } from "../../src/platform/random.ts";
import { wait } from "../../src/platform/wait.ts";
import type { CrashAddress } from "./crash-run.ts";
import { type FakeDirectory, readText, startFakeDirectory } from "./fake-directory.ts";
import { keycloakSecret, startKeycloak } from "./keycloak-fake.ts";
import { startVendor, vendorPass } from "./vendor-fake.ts";

/** An account in the server's own store. `person` tells people apart, however the system names them. */
export interface StoredAccount {
  readonly person: string;
  readonly userName: string;
}

/** One create in fifty is carried out late, perhaps after a later process has looked for it. */
function makeLate(name: string): () => Promise<void> {
  const random = createRandom(name);
  return async () => {
    if (random.integer(50) === 0) await wait(200 + random.integer(600), new AbortController().signal);
  };
}

/** A server that keeps the truth, for many trials one after the other. */
export interface CrashServer {
  readonly name: string;
  readonly address: CrashAddress;
  empty(): Promise<void>;
  dump(): readonly StoredAccount[];
  /** Members of each group, as often as they stand there. Undefined: groups are not tried with this server. */
  groups?(): readonly { readonly name: string; readonly members: readonly string[] }[];
  /** Undefined: passwords are not tried with this server. */
  isPassword?(userName: string, password: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** SCIMMY, which somebody else wrote. */
export async function startScimCrashServer(): Promise<CrashServer> {
  const core = createCityCore({ units: [], clock: systemClock });
  const { accounts, groups } = core.accounts.documents;
  const service = createAccountService(core);
  const late = makeLate("scim");
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === "POST") await late();
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://peer");
    await service.handle(request, response, { system: "documents", unit: undefined, path: pathname, query: searchParams });
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    name: "SCIM (SCIMMY)",
    address: { kind: "scim", url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`, secret: core.token },
    async empty() {
      accounts.clear();
      groups.clear();
    },
    dump: () => [...accounts.values()].map(({ externalId = "", userName }) => ({ person: externalId, userName })),
    groups: () =>
      [...groups.values()].map(({ displayName, members }) => ({ name: displayName, members: members.map(({ value }) => value) })),
    async isPassword(userName, password) {
      const account = [...accounts.values()].find((one) => one.userName === userName);
      return account?.passwordSha256 === sha256(password);
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

export async function startKeycloakCrashServer(): Promise<CrashServer> {
  const fake = await startKeycloak();
  const { url, users, passwords, requests, stop } = fake;
  fake.onCreate = makeLate("keycloak");
  return {
    name: "REST (Keycloak's fake)",
    address: { kind: "keycloak", url, secret: keycloakSecret },
    async empty() {
      users.clear();
      passwords.clear();
      requests.length = 0;
    },
    dump: () =>
      [...users.values()].map(({ username, attributes }) => {
        const { staffId } = attributes as { readonly staffId: readonly string[] };
        return { person: staffId[0] ?? "", userName: username };
      }),
    async isPassword(userName, password) {
      const user = [...users.values()].find(({ username }) => username === userName);
      return user !== undefined && passwords.get(user.id)?.value === password;
    },
    stop,
  };
}

/** It has no staff id: people are told apart by the names they are shown under, which are all different here. */
export async function startVendorCrashServer(): Promise<CrashServer> {
  const fake = await startVendor();
  const { url, users, requests, passwords, stop } = fake;
  fake.onWrite = makeLate("vendor");
  return {
    name: "REST (a vendor's system, no staff id)",
    address: { kind: "vendor", url, secret: vendorPass },
    async empty() {
      users.clear();
      passwords.clear();
      requests.length = 0;
    },
    dump: () => [...users.values()].map((user) => ({ person: String(user["hoTen"]), userName: user.tenDangNhap })),
    isPassword: async (userName, password) => passwords.get(userName) === password,
    stop,
  };
}

/** A directory that needs no package of the machine; test/bench and test/peers take slapd. */
export async function startDirectoryCrashServer(): Promise<CrashServer> {
  const directory: FakeDirectory = await startFakeDirectory({ kind: "ldap" });
  const { url, entries, requests, stop } = directory;
  return {
    name: "LDAP (a fake)",
    address: { kind: "ldap", url, bindDn: "cn=wardctl", base: "OU=UBND,DC=hue,DC=vn", secret: "secret-canary" },
    async empty() {
      entries.length = 0;
      requests.length = 0;
    },
    dump: () =>
      entries.map(({ values }) => ({
        person: readText(values, "employeeNumber") ?? "",
        userName: readText(values, "uid") ?? "",
      })),
    stop,
  };
}
