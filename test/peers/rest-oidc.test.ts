import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import Provider from "oidc-provider";
import { afterEach, describe, expect, it } from "vitest";
import { keycloakDefinition } from "../../src/provision/connectors/definitions/keycloak.ts";
import { type KeycloakFake, startKeycloak } from "../support/keycloak-fake.ts";
import { startVendorWorkspace, vendorAccounts } from "../support/vendor-workspace.ts";

const secret = "oidc-canary+/&=4711";

interface Issuer {
  readonly url: string;
  readonly tokens: { given: number };
  isGood(token: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** oidc-provider, a third party's token server: client credentials, tokens of a few seconds. */
async function startIssuer(lifeSeconds: number): Promise<Issuer> {
  const server: Server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: "wardctl",
        client_secret: secret,
        grant_types: ["client_credentials"],
        redirect_uris: [],
        response_types: [],
        token_endpoint_auth_method: "client_secret_basic",
      },
    ],
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
    ttl: { ClientCredentials: lifeSeconds },
  });
  const tokens = { given: 0 };
  provider.on("client_credentials.saved", () => {
    tokens.given += 1;
  });
  const answer = provider.callback();
  server.on("request", (request, response) => void answer(request, response));
  return {
    url,
    tokens,
    async isGood(token) {
      const found = await provider.ClientCredentials.find(token);
      return found !== undefined && !found.isExpired;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

let issuer: Issuer;
let system: KeycloakFake;
afterEach(async () => {
  await system.stop();
  await issuer.stop();
});

describe("oidc-provider", () => {
  // A machine that stands still for two seconds twice in a row loses two tokens in a row, and apply rightly ends partial.
  it("gives tokens of two seconds, which end again and again in the middle of an apply: everybody once", {
    retry: 1,
    timeout: 60_000,
  }, async () => {
    issuer = await startIssuer(2);
    system = await startKeycloak();
    system.isTokenGood = issuer.isGood;
    const { folder, run, server } = await startVendorWorkspace();
    await server.stop();
    const definition = keycloakDefinition
      .replace(/ {2}tokenUrl: .*\n/, "  issuer: ${var.issuer}\n  sendSecret: header\n")
      .replace("concurrency: 8", "concurrency: 2");
    await writeFile(join(folder, "iam.yaml"), definition);
    await writeFile(
      join(folder, "wardctl.yaml"),
      `name: Tân Bình
province: "79"
units: ["27004"]
provision:
  systems:
    documents:
      kind: rest
      url: ${system.url}
      rate: 4
      secrets: { client: env:IAM_SECRET }
      variables: { realm: phuong, client: wardctl, issuer: "${issuer.url}" }
      definition: iam.yaml
`,
    );
    const env = { IAM_SECRET: secret };
    expect((await run("provision plan roster.csv --save plan.json", env)).code).toBe(8);
    const before = issuer.tokens.given;
    const applied = await run("provision apply plan.json --yes --json", env);
    expect(applied.code).toBe(0);
    expect(JSON.parse(applied.stdout).totals.done).toBe(vendorAccounts);
    expect(issuer.tokens.given - before).toBeGreaterThanOrEqual(3);
    expect(system.users.size).toBe(vendorAccounts);
    const creates = system.requests.filter(({ method, letIn }) => method === "POST" && letIn);
    expect(creates).toHaveLength(vendorAccounts);
    expect((await run("provision plan roster.csv", env)).code).toBe(0);

    const denied = await run("provision plan roster.csv", { IAM_SECRET: "wrong-canary" });
    expect(denied.code).toBe(4);
    expect(denied.stderr).toContain("invalid_client");
    expect(denied.stderr + denied.stdout).not.toContain("canary");
  });
});
