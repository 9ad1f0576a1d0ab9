import { afterEach, describe, expect, it } from "vitest";
import type { GroupLie } from "../../../src/city/account-store.ts";
import { createAccountService } from "../../../src/city/accounts.ts";
import { type City, type CityCore, createCityCore, startCityServer } from "../../../src/city/city.ts";
import { restoreAccounts, takeCityState } from "../../../src/city/city-state.ts";
import { createPinnedClock } from "../../../src/platform/clock.ts";
import { createHttpClient, type HttpClient } from "../../../src/platform/http.ts";

const clock = createPinnedClock(Date.parse("2025-07-03T10:00:00+07:00"));
const schemas = {
  group: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
  patch: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
};

let core: CityCore;
let city: City;
let http: HttpClient;
let groupId: string;

/** A group of `seeded` people, two of them named p0 and p1. */
async function start(seeded: number, ...lies: readonly GroupLie[]): Promise<void> {
  core = createCityCore({ units: [], clock });
  city = await startCityServer(core, [createAccountService(core)]);
  http = await createHttpClient({ ca: city.ca });
  const { accounts, groupLies } = core.accounts.video;
  for (let n = 0; n < 120; n++) accounts.set(`p${n}`, { id: `p${n}`, userName: `p${n}`, active: true, attributes: {} });
  const members = Array.from({ length: seeded }, (_, n) => ({ value: `p${n}` }));
  groupId = (await ask("POST", "/Groups", { schemas: schemas.group, displayName: "nhóm", members })).id;
  for (const lie of lies) groupLies.add(lie);
}
afterEach(async () => {
  await http.close();
  await city.stop();
});

async function ask(method: "GET" | "POST" | "PATCH", path: string, body?: unknown) {
  const answer = await http.send({
    method,
    url: `${city.systemUrl("video")}/scim/v2${path}`,
    headers: { authorization: `Bearer ${core.token}`, "content-type": "application/scim+json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { ...(answer.body ? JSON.parse(answer.body) : {}), status: answer.status };
}

const patch = (operation: object) => ask("PATCH", `/Groups/${groupId}`, { schemas: schemas.patch, Operations: [operation] });
const listMembers = (): string[] => [...(core.accounts.video.groups.get(groupId)?.members ?? [])].map(({ value }) => value);
const add = (...values: readonly string[]) => patch({ op: "add", path: "members", value: values.map((value) => ({ value })) });

describe("the city's groups", () => {
  it("hold accounts that are there, each once, and are kept with the city", async () => {
    await start(2);
    await add("p5");
    await add("p5");
    expect((await add("nobody")).status).toBe(400);
    await patch({ op: "remove", path: 'members[value eq "p0"]' });
    expect(listMembers()).toEqual(["p1", "p5"]);
    expect((await ask("POST", "/Groups", { schemas: schemas.group, displayName: "NHÓM" })).status).toBe(409);
    const again = createCityCore({ units: [], clock });
    restoreAccounts(again, JSON.parse(JSON.stringify(takeCityState(core, []))));
    expect(again.accounts.video.groups).toEqual(core.accounts.video.groups);
  });

  it("keep roles on the account as they came", async () => {
    await start(1);
    await ask("PATCH", "/Users/p0", {
      schemas: schemas.patch,
      Operations: [{ op: "add", path: "roles", value: [{ value: "doc.read" }] }],
    });
    expect((await ask("GET", "/Users/p0")).roles).toEqual([{ value: "doc.read" }]);
  });

  it("lie on demand: each switch does what a naive client would suffer from", async () => {
    await start(2, "stores-duplicate-members", "stores-unknown-members");
    await add("p1");
    await add("nobody");
    expect(listMembers()).toEqual(["p0", "p1", "p1", "nobody"]);
    await city.stop();

    await start(2, "500-on-unknown-member");
    expect((await add("nobody")).status).toBe(500);
    await city.stop();

    await start(2, "big-add-removes-members");
    await add(...Array.from({ length: 100 }, (_, n) => `p${n + 20}`));
    expect(listMembers()).toHaveLength(100);
    expect(listMembers()).not.toContain("p0");
    await city.stop();

    await start(3, "remove-with-values-empties");
    await patch({ op: "remove", path: "members", value: [{ value: "p1" }] });
    expect(listMembers()).toEqual([]);
  });
});
