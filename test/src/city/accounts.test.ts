import { afterEach, describe, expect, it } from "vitest";
import { createAccountService } from "../../../src/city/accounts.ts";
import { type City, type CityCore, citySystems, createCityCore, startCityServer } from "../../../src/city/city.ts";
import { createFaults } from "../../../src/city/faults.ts";
import { formatCityRoster, seedAccounts } from "../../../src/city/seed-accounts.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import { createPinnedClock } from "../../../src/platform/clock.ts";
import { createHttpClient, type HttpClient } from "../../../src/platform/http.ts";

const clock = createPinnedClock(Date.parse("2025-07-03T10:00:00+07:00"));
const units = ["19777", "27004"].map((code) => createDirectory("2025-07-03")!.findUnit(code)!);

let city: City;
let http: HttpClient;
afterEach(async () => {
  await http.close();
  await city.stop();
});

async function start(core: CityCore): Promise<void> {
  city = await startCityServer(core, [createAccountService(core)]);
  http = await createHttpClient({ ca: city.ca });
}

async function ask(method: "GET" | "POST" | "PATCH", path: string, body?: unknown, token = "city-token") {
  const answer = await http.send({
    method,
    url: `https://127.0.0.1:${city.port}${path}`,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, value: answer.body ? JSON.parse(answer.body) : undefined };
}

const user = (userName: string) => ({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName, externalId: userName });

describe("the city's account servers", () => {
  it("let nobody in without the token", async () => {
    await start(createCityCore({ units, clock }));
    expect((await ask("GET", "/video/scim/v2/Users", undefined, "guess")).status).toBe(401);
  });

  it("keep the systems apart, count their writes, and show them to the system's own side", async () => {
    const core = createCityCore({ units, clock });
    await start(core);
    const made = await ask("POST", "/video/scim/v2/Users", user("lantt"));
    expect(made.status).toBe(201);
    expect((await ask("GET", "/video/scim/v2/Users")).value.totalResults).toBe(1);
    expect((await ask("GET", "/documents/scim/v2/Users")).value.totalResults).toBe(0);
    expect([...core.accounts.video.accounts.values()]).toMatchObject([
      { id: made.value.id, userName: "lantt", externalId: "lantt" },
    ]);
    await ask("PATCH", `/video/scim/v2/Users/${made.value.id}`, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "replace", path: "active", value: false }],
    });
    expect(core.accounts.video.accounts.get(made.value.id)?.active).toBe(false);
    expect(core.accounts.video.writes).toBe(2);
    expect(core.accounts.documents.writes).toBe(0);
  });

  it("say the same of a page as long as the same accounts stand on it, and to nobody without the token", async () => {
    const core = createCityCore({ units, clock });
    await start(core);
    for (const name of ["lantt", "hungnv", "maipt"]) await ask("POST", "/video/scim/v2/Users", user(name));
    const page = "/video/scim/v2/Users?startIndex=1&count=2";
    const first = await ask("GET", page);
    expect([first.status, first.value.totalResults, first.value.Resources.length]).toEqual([200, 3, 2]);
    expect(await ask("GET", page)).toEqual(first);
    expect((await ask("GET", page, undefined, "guess")).status).toBe(401);
    const [lantt] = core.accounts.video.accounts.values();
    // As whoever plays with the city does it: no request tells of it.
    lantt!.active = false;
    expect((await ask("GET", page)).value.Resources.map(({ active }: { active: boolean }) => active)).toEqual([false, true]);
    await ask("POST", "/video/scim/v2/Users", user("anhdt"));
    expect((await ask("GET", page)).value.totalResults).toBe(4);
    expect((await ask("GET", "/documents/scim/v2/Users?startIndex=1&count=2")).value.totalResults).toBe(0);
    expect((await ask("GET", `${page}&filter=userName eq "maipt"`)).value.totalResults).toBe(1);
  });

  it("take a user name once, in whatever case", async () => {
    await start(createCityCore({ units, clock }));
    await ask("POST", "/directory/scim/v2/Users", user("lantt"));
    const again = await ask("POST", "/directory/scim/v2/Users", user("LanTT"));
    expect(again).toMatchObject({ status: 409, value: { scimType: "uniqueness" } });
  });

  it("page as they are asked to, whatever start and size", async () => {
    const core = createCityCore({ units, clock });
    seedAccounts(core);
    await start(core);
    const all = [...core.accounts.documents.accounts.values()].map(({ userName }) => userName);
    for (const [startIndex, count] of [
      [1, 5],
      [6, 5],
      [3, 10],
      [11, 10],
      [31, 10],
      [1, 500],
      [40, 5],
    ] as const) {
      const { value } = await ask("GET", `/documents/scim/v2/Users?startIndex=${startIndex}&count=${count}`);
      expect(value.totalResults).toBe(all.length);
      expect((value.Resources ?? []).map(({ userName }: { userName: string }) => userName)).toEqual(
        all.slice(startIndex - 1, startIndex - 1 + count),
      );
    }
  });

  it("are found under the name of a unit's own line too", async () => {
    const core = createCityCore({ units, clock });
    seedAccounts(core);
    await start(core);
    const answer = await http.send({
      method: "GET",
      url: `https://127.0.0.1:${city.port}/scim/v2/Users?count=1`,
      headers: { authorization: "Bearer city-token", host: "19777.documents.city.test" },
    });
    expect(answer.status).toBe(200);
  });
});

describe("the city's accounts", () => {
  it("are made from the seed: two cities agree, another seed differs", async () => {
    const [one, two, other] = ["a", "a", "b"].map((seed) => {
      const core = createCityCore({ units, clock, seed });
      seedAccounts(core);
      return JSON.stringify(citySystems.map((system) => [...core.accounts[system].accounts.values()]));
    });
    expect(one).toBe(two);
    expect(one).not.toBe(other);
    await start(createCityCore({ units: [], clock }));
  });

  it("lack the departments' document accounts where the fault says so, and those of people newly hired", async () => {
    const faults = createFaults();
    faults.on("departments-without-accounts", "27004");
    const core = createCityCore({ units, clock, faults });
    seedAccounts(core, { newHires: ["CB1977703"] });
    const keys = [...core.accounts.documents.accounts.values()].map(({ externalId }) => externalId);
    expect(keys.filter((key) => key?.startsWith("27004/"))).toEqual(["27004/van-phong/document-inbox", "27004/van-phong/clerk"]);
    expect(keys.filter((key) => key?.startsWith("19777/"))).toHaveLength(5);
    expect(keys).not.toContain("CB1977703");
    expect(Object.values(core.accounts).every(({ writes }) => writes === 0)).toBe(true);
    await start(core);
  });

  it("belong to the people of the roster file", async () => {
    const core = createCityCore({ units, clock });
    const lines = formatCityRoster(core).trimEnd().split("\r\n");
    expect(lines).toHaveLength(core.people.length + 1);
    expect(lines[0]).toContain("Mã NV,Họ và tên");
    await start(core);
  });
});
