import { describe, expect, it } from "vitest";
import type { Carrier, NewRight } from "../../src/delegation/carrier.ts";
import { toMask } from "../../src/delegation/doc-types.ts";
import { readInstant, vietnamZone } from "../../src/platform/time.ts";

export interface CarrierUnderTest {
  readonly carrier: Carrier;
  /** A unit and somebody there with an account that is on and a bound certificate. */
  readonly unit: string;
  readonly staffId: string;
  readonly userName: string;
}

const day = (text: string): number => readInstant(text, vietnamZone)!;

/** The promises of src/delegation/carrier.ts, which every adapter keeps. */
export function describeCarrier(name: string, open: () => Promise<CarrierUnderTest>): void {
  describe(`carrier ${name}`, () => {
    const toRight = ({ unit, staffId, userName }: CarrierUnderTest, key: string): NewRight => ({
      key,
      unit,
      staffId,
      userName,
      capacity: "TL",
      docTypes: toMask(["cong-van", "thong-bao"]),
      from: day("2025-07-03"),
      to: day("2025-08-01"),
    });

    it("carries a right that can be read back word for word", async () => {
      const test = await open();
      const right = toRight(test, "k1");
      await test.carrier.createRight(right);
      const listing = await test.carrier.listRights();
      const found = listing.complete ? listing.rights.filter(({ key }) => key === "k1") : [];
      const { userName: _, ...expected } = right;
      expect(found).toMatchObject([{ ...expected, active: true }]);
    });

    it("makes one right of the same key sent twice", async () => {
      const test = await open();
      await test.carrier.createRight(toRight(test, "k2"));
      await test.carrier.createRight(toRight(test, "k2"));
      const listing = await test.carrier.listRights();
      expect(listing.complete && listing.rights.filter(({ key }) => key === "k2")).toHaveLength(1);
    });

    it("keeps a right without an end, and ends it when asked", async () => {
      const test = await open();
      await test.carrier.createRight({ ...toRight(test, "k3"), to: Number.POSITIVE_INFINITY });
      const find = async () => {
        const listing = await test.carrier.listRights();
        return listing.complete ? listing.rights.find(({ key }) => key === "k3") : undefined;
      };
      const before = await find();
      expect(before).toMatchObject({ to: Number.POSITIVE_INFINITY, active: true });
      await test.carrier.endRight(before!.extId, day("2025-07-05"));
      expect(await find()).toMatchObject({ active: false });
    });

    it("knows the account and the certificate of a person, and that there is none of another", async () => {
      const { carrier, staffId, userName } = await open();
      expect(await carrier.findAccount(staffId)).toMatchObject({ userName, active: true, certificate: { bound: true } });
      expect(await carrier.findAccount("nobody")).toBeUndefined();
    });

    it("never expresses a wider window than it was given", async () => {
      const { carrier } = await open();
      const windows = [
        { from: day("2025-07-03T10:30"), to: day("2025-07-09T08:00") },
        { from: day("2025-07-03"), to: day("2025-07-10") },
        { from: day("2025-07-03T10:30"), to: Number.POSITIVE_INFINITY },
      ];
      for (const window of windows) {
        const kept = carrier.toExpressible(window, day("2025-07-01"));
        expect(kept?.from).toBeGreaterThanOrEqual(window.from);
        expect(kept?.to).toBeLessThanOrEqual(window.to);
        // What is past may be added: it can no longer be used.
        expect(carrier.toExpressible(window, day("2025-07-03T11:00"))?.from).toBeLessThanOrEqual(day("2025-07-03T11:00"));
      }
      const short = { from: day("2025-07-03T10:30"), to: day("2025-07-03T10:31") };
      expect(carrier.toExpressible(short, day("2025-07-01")) ?? short).toEqual(short);
    });
  });
}
