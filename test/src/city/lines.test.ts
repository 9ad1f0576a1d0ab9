import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { carrierOf, listHalf } from "../../../src/city/carriers.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import { createHttpClient } from "../../../src/platform/http.ts";
import { type LinedCity, startLinedCity } from "../../support/city-lines.ts";

const hue = createDirectory("2025-07-03")!.listUnits({ province: "46" });
const unit = hue[0]!.code;
let city: LinedCity;
beforeAll(async () => {
  city = await startLinedCity({ count: 6 });
});
afterAll(() => city.stop());

/** What a connection to the unit's line ends in. */
function tryLine(code: string): Promise<string> {
  return new Promise((done) => {
    const socket = connect({ host: "127.0.0.1", port: city.portOf(code) });
    socket.once("error", (error: NodeJS.ErrnoException) => done(error.code ?? ""));
    socket.once("connect", () => {
      socket.destroy();
      done("open");
    });
  });
}

describe("the city's lines", () => {
  it("lead to the city's systems", async () => {
    const client = await createHttpClient({ ca: city.ca });
    const page = await client.send({
      method: "GET",
      url: `https://127.0.0.1:${city.portOf(unit)}/`,
      headers: { host: `${unit}.video.city.test` },
    });
    expect(page.status).toBe(200);
    expect(page.body).toContain("<title>Họp trực tuyến</title>");
    await client.close();
  });

  it("go down with their carrier, cut what was connected, and come back on the same port", async () => {
    const before = city.portOf(unit);
    const held = connect({ host: "127.0.0.1", port: before });
    await new Promise((ready) => held.once("connect", ready));
    const cut = new Promise((done) => held.once("close", done));
    await city.turn("on", "carrier-down", carrierOf(unit));
    await cut;
    expect(await tryLine(unit)).toBe("ECONNREFUSED");
    const other = hue.slice(0, 6).find(({ code }) => carrierOf(code) !== carrierOf(unit))!;
    expect(await tryLine(other.code)).toBe("open");
    await city.turn("off", "carrier-down", carrierOf(unit));
    expect(await tryLine(unit)).toBe("open");
    expect(city.portOf(unit)).toBe(before);
  });

  it("know payments that are out of order", async () => {
    const client = await createHttpClient({ ca: city.ca });
    const ask = (): Promise<{ readonly status: number }> =>
      client.send({
        method: "GET",
        url: `https://127.0.0.1:${city.portOf(unit)}/payments/health`,
        headers: { host: `${unit}.dossiers.city.test` },
      });
    expect((await ask()).status).toBe(200);
    await city.turn("on", "fees-fail", unit);
    expect((await ask()).status).toBe(503);
    await city.turn("off", "fees-fail", unit);
    await client.close();
  });
});

describe("the city's carriers", () => {
  it("are the same for a unit every time, and all three serve Huế", () => {
    expect(hue.map(({ code }) => carrierOf(code))).toEqual(hue.map(({ code }) => carrierOf(code)));
    expect(new Set(hue.map(({ code }) => carrierOf(code)))).toEqual(new Set(["VNPT", "Viettel", "MobiFone"]));
  });

  it("have a half that is half of theirs and nobody else's", () => {
    const vnpt = hue.filter(({ code }) => carrierOf(code) === "VNPT");
    const half = listHalf("VNPT", hue);
    expect(half).toHaveLength(Math.floor(vnpt.length / 2));
    expect(half.every((code) => carrierOf(code) === "VNPT")).toBe(true);
  });
});
