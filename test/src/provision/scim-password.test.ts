import { afterEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../src/platform/canonical-json.ts";
import { makeAccount } from "../../contract/connector.contract.ts";
import { type CityWorkspace, canaryToken, startCityWorkspace } from "../../support/city-workspace.ts";
import { connectScim } from "../../support/connect-scim.ts";
import { type LyingServer, startLyingScim } from "../../support/lying-scim.ts";

let stop: () => Promise<unknown> = async () => undefined;
afterEach(() => stop());

async function startLying(): Promise<LyingServer> {
  const server = await startLyingScim();
  stop = () => server.stop();
  return server;
}

async function startCity(): Promise<CityWorkspace> {
  const city = await startCityWorkspace({ empty: true });
  stop = () => city.city.stop();
  return city;
}

describe("a first password over SCIM", () => {
  it("stands in the create's body, and a reset changes nothing else", async () => {
    const server = await startLying();
    const connector = await connectScim({ url: server.url, token: "secret-canary" });
    const made = await connector.createWithPassword!(makeAccount(1), "Erst3sGeheimnis");
    expect(made).toMatchObject({ outcome: "done" });
    const [before] = [...server.users.values()];
    expect(before).toMatchObject({ userName: "user1", password: "Erst3sGeheimnis" });
    expect(await connector.setPassword!(before!.id, "Zw3itesGeheimnis")).toMatchObject({ outcome: "done" });
    expect([...server.users.values()]).toEqual([{ ...before, password: "Zw3itesGeheimnis" }]);
    expect(server.requests.every(({ url }) => !url.includes("Geheimnis"))).toBe(true);
    // What a careless system gives back is not kept.
    expect(JSON.stringify(await connector.sweep())).not.toContain("Geheimnis");
    await connector.close();
  });

  it("is set by a whole account where PATCH was seen to be refused", async () => {
    const server = await startLyingScim("refuses-patch");
    stop = () => server.stop();
    const plain = await connectScim({ url: server.url, token: "secret-canary" });
    const request = { writes: true, marker: "m1", probedAt: "2025-07-03T10:00:00+07:00" };
    const { profile } = await plain.probe!(request);
    const connector = await connectScim({ url: server.url, token: "secret-canary", profile });
    const made = await connector.createWithPassword!(makeAccount(1), "Erst3sGeheimnis");
    const id = made.outcome === "done" ? (made.id as string) : "";
    expect(await connector.setPassword!(id, "Zw3itesGeheimnis")).toMatchObject({ outcome: "done" });
    expect(server.users.get(id)).toMatchObject({ userName: "user1", externalId: "CB1", password: "Zw3itesGeheimnis" });
    await Promise.all([plain.close(), connector.close()]);
  });

  it("that comes with another account's id is no success", async () => {
    const server = await startLyingScim("adopts-anothers");
    stop = () => server.stop();
    server.users.set("x1", { id: "x1", userName: "somebody" });
    const connector = await connectScim({ url: server.url, token: "secret-canary" });
    const made = await connector.createWithPassword!(makeAccount(1), "Erst3sGeheimnis");
    expect(made).toMatchObject({ outcome: "refused", conflict: true });
    expect(JSON.stringify(made)).not.toContain("Geheimnis");
    await connector.close();
  });

  it("is taken by SCIMMY, which keeps it to itself; the city stores its hash only", async () => {
    const { city, core } = await startCity();
    const url = `${city.systemUrl("documents")}/scim/v2`;
    const connector = await connectScim({ url, token: canaryToken, ca: city.ca });
    const made = await connector.createWithPassword!(makeAccount(1), "Erst3sGeheimnis");
    const id = made.outcome === "done" ? (made.id as string) : "";
    const stored = (): object => core.accounts.documents.accounts.get(id) as object;
    expect(stored()).toMatchObject({ passwordSha256: sha256("Erst3sGeheimnis"), userName: "user1" });
    expect(await connector.setPassword!(id, "Zw3itesGeheimnis")).toMatchObject({ outcome: "done" });
    expect(stored()).toMatchObject({ passwordSha256: sha256("Zw3itesGeheimnis"), userName: "user1", externalId: "CB1" });
    await connector.setActive(id, false);
    expect(stored()).toMatchObject({ passwordSha256: sha256("Zw3itesGeheimnis"), active: false });
    expect(JSON.stringify(stored())).not.toContain("Geheimnis");
    await connector.close();
  });
});
