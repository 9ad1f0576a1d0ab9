import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DocumentsLie } from "../../../src/city/documents-lies.ts";
import { toDocumentsSettings } from "../../../src/city/documents-settings.ts";
import type { Carrier } from "../../../src/delegation/carrier.ts";
import { openCarrier } from "../../../src/delegation/carriers/index.ts";
import { toMask } from "../../../src/delegation/doc-types.ts";
import { delegationSettings } from "../../../src/delegation/settings.ts";
import { readInstant, vietnamZone } from "../../../src/platform/time.ts";
import { describeCarrier } from "../../contract/carrier.contract.ts";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";

const units = [tanBinh, "19777", "19774", "19753", "19867", "19804", "19930", "19831", "27439", "27484", "27259", "27094"];
let world: SigningCity;
let carrier: Carrier;

beforeAll(async () => {
  world = await startSigningCity(units);
  carrier = await open("city-token");
});
afterAll(async () => {
  await carrier.close();
  await world.city.stop();
});
beforeEach(() => world.documents.lies.clear());

async function open(token: string): Promise<Carrier> {
  const documents = toDocumentsSettings(world.city.systemUrl("documents"), "env:T", "ca.pem");
  const settings = delegationSettings.parse({ systems: { documents } }).systems["documents"]!;
  return openCarrier(settings, { system: "documents", token, ca: world.city.ca, zone: vietnamZone });
}

describeCarrier("rest", async () => {
  const staffId = world.findStaffId(tanBinh, "chanh-van-phong");
  return { carrier, unit: tanBinh, staffId, userName: staffId.toLowerCase() };
});

describe("the REST carrier against a document system", () => {
  it("takes an answer about somebody else for no answer", async () => {
    const staffId = world.findStaffId(tanBinh, "chanh-van-phong");
    world.documents.lies.add("other-user");
    await expect(carrier.findAccount(staffId)).rejects.toMatchObject({ kind: "unavailable" });
  });

  it("reads all pages", async () => {
    const listing = await carrier.listRights();
    expect(listing.complete && listing.rights.filter(({ key }) => key === undefined)).toHaveLength(2 * units.length);
    expect(world.city.requests.some(({ path }) => path.endsWith("/delegations?page=2"))).toBe(true);
  });

  it.each<[DocumentsLie, string]>([
    ["pages-cut", "the system says there are"],
    ["pages-loop", "round in a circle"],
    ["total-wrong", "the system says there are"],
  ])("does not take half a listing for the whole: %s", async (lie, reason) => {
    world.documents.lies.add(lie);
    const listing = await carrier.listRights();
    expect(listing).toMatchObject({ complete: false, reason: { en: expect.stringContaining(reason) } });
  });

  it("names system, field and value of what it cannot translate, all of them", async () => {
    world.documents.lies.add("strange-type");
    const failure = await carrier.listRights().catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: "invalid" });
    const { faults } = failure as { faults: { file: string; value: string; message: { en: string } }[] };
    expect(faults.length).toBeGreaterThanOrEqual(2 * units.length);
    expect(faults[0]).toMatchObject({
      file: "documents",
      value: "XX",
      message: { en: "field 'docTypes': value 'XX' is not understood" },
    });
  });

  it("says that access was refused, and never shows the token", async () => {
    const stranger = await open("wrong-secret");
    const failure = (await stranger.listRights().catch((error: unknown) => error)) as Error;
    expect(failure).toMatchObject({ kind: "denied" });
    expect(JSON.stringify(failure) + failure.message).not.toContain("wrong-secret");
    await stranger.close();
  });

  it("does not carry its token to another host when a page points there", async () => {
    world.documents.lies.add("next-elsewhere");
    expect(await carrier.listRights()).toMatchObject({
      complete: false,
      reason: { en: expect.stringContaining("another host") },
    });
  });

  it("writes the last day of a right where the system counts it in", async () => {
    const day = (text: string): number => readInstant(text, vietnamZone)!;
    const staffId = world.findStaffId(tanBinh, "chanh-van-phong");
    await carrier.createRight({
      key: "days",
      unit: tanBinh,
      staffId,
      userName: staffId.toLowerCase(),
      capacity: "TL",
      docTypes: toMask(["cong-van"]),
      from: day("2025-07-03"),
      to: day("2025-08-01"),
    });
    expect(world.documents.rights.find(({ key }) => key === "days")).toMatchObject({
      startDate: "2025-07-03",
      endDate: "2025-07-31",
      docTypes: ["CV"],
    });
  });
});
