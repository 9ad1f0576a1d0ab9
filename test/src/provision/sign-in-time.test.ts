import { describe, expect, it } from "vitest";
import { vietnamZone } from "../../../src/platform/time.ts";
import { judgeClaims } from "../../../src/provision/claims.ts";
import type { LedgerLine } from "../../../src/provision/handout.ts";
import type { SystemReading } from "../../../src/provision/read-systems.ts";
import { readSignInTime } from "../../../src/provision/sign-in-time.ts";

const at = Date.parse("2025-07-03T03:15:00Z");

describe("a last sign-in", () => {
  it.each([
    ["ISO 8601", "2025-07-03T10:15:00+07:00"],
    ["generalized time of LDAP", "20250703031500Z"],
    ["generalized time with a fraction", "20250703031500.123Z"],
    ["a Windows count of 100 ns since 1601", String((at + 11_644_473_600_000) * 10_000)],
    ["milliseconds since 1970", at],
    ["seconds since 1970", String(at / 1000)],
  ])("is read as %s", (_how, value) => {
    expect(readSignInTime(value)).toBe(at);
  });

  it.each([[undefined], [null], [""], ["0"], [0]])("is never where %s stands", (value) => {
    expect(readSignInTime(value)).toBeNull();
  });

  it.each([["yesterday"], ["12345"], [{ at: 1 }], [["20250703031500Z"]]])(
    "that is not understood (%s) is not taken for never",
    (value) => {
      expect(readSignInTime(value)).toBeUndefined();
    },
  );
});

const line = (system: string, more: Partial<LedgerLine> = {}): LedgerLine => ({
  id: `slip-${system}`,
  plan: "p",
  operation: "op-1",
  generation: 1,
  cause: "create",
  system,
  subject: "CB1",
  unit: "27004",
  username: "lantt",
  recipient: "age1",
  sealedAt: "2025-07-03T10:00:00+07:00",
  expiresAt: "2025-07-13T10:00:00+07:00",
  lastEvent: "issued",
  lastEventAt: "2025-07-03T10:00:00+07:00",
  state: "issued",
  ...more,
});
const account = (id: string, lastSignInAt?: number | null) => ({
  id,
  userName: id,
  externalId: id,
  active: true,
  attributes: {},
  ...(lastSignInAt === undefined ? {} : { lastSignInAt }),
});
const sealed = Date.parse("2025-07-03T10:00:00+07:00");

function judge(accounts: readonly ReturnType<typeof account>[], lines = [line("video")], now = sealed + 8 * 86_400_000) {
  const readings: SystemReading[] = [{ system: "video", state: "read", accounts }];
  const links = [{ system: "video", subject: "person/CB1", targetId: "a", unit: "27004" }];
  return judgeClaims(lines, { readings, links, days: 7, now, zone: vietnamZone }).map(({ signedIn, overdue }) => [
    signedIn,
    overdue,
  ]);
}

describe("a claim", () => {
  it("is settled by a sign-in at or after the slip was made, never by an earlier one", () => {
    expect(judge([account("a", sealed)])).toEqual([["yes", true]]);
    expect(judge([account("a", sealed - 1)])).toEqual([["no", true]]);
    expect(judge([account("a", null), account("b", sealed)])).toEqual([["no", true]]);
  });

  it("is not known where the system shows nobody's sign-in, or not this account's, or could not be read", () => {
    expect(judge([account("a", null), account("b", null)])).toEqual([["unknown", true]]);
    expect(judge([account("a"), account("b", sealed)])).toEqual([["unknown", true]]);
    expect(judge([account("b", sealed)])).toEqual([["unknown", true]]);
    expect(judge([account("a", sealed)], [line("dossiers")])).toEqual([["unknown", true]]);
  });

  it("is overdue from the seventh day on, and asked only of slips that wait for somebody", () => {
    const day = 86_400_000;
    expect(judge([account("a", null), account("b", 1)], [line("video")], sealed + 7 * day - 1)).toEqual([["no", false]]);
    expect(judge([account("a", null), account("b", 1)], [line("video")], sealed + 7 * day)).toEqual([["no", true]]);
    // What ran out before is to be closed at once, whatever the days.
    expect(judge([account("a", null), account("b", 1)], [line("video", { state: "expired" })], sealed + day)).toEqual([
      ["no", true],
    ]);
    for (const state of ["seen", "superseded", "refused", "unknown"] as const) {
      expect(judge([account("a", sealed)], [line("video", { state })])).toEqual([]);
    }
  });
});
