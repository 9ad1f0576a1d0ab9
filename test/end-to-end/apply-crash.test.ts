import { afterEach, expect, it } from "vitest";
import type { Instant } from "../support/crash-run.ts";
import {
  type CrashServer,
  startDirectoryCrashServer,
  startKeycloakCrashServer,
  startScimCrashServer,
  startVendorCrashServer,
} from "../support/crash-server.ts";
import { runCrashTrial } from "../support/crash-trial.ts";

/** One trial a protocol; `npm run bench -- crash` makes two hundred, with slapd and at instants by chance. */
const instants: readonly Instant[] = [
  { at: "create-answered", nth: 5 },
  { at: "before-commit", nth: 3 },
  { at: "read", nth: 2, afterMs: 0 },
];
const trial = { arm: "ours", people: 24, kills: instants.length, instants } as const;

let server: CrashServer;
afterEach(() => server.stop());

it.each<readonly [string, () => Promise<CrashServer>]>([
  ["SCIM", startScimCrashServer],
  ["LDAP", startDirectoryCrashServer],
  ["a REST with staff ids", startKeycloakCrashServer],
  ["a REST without", startVendorCrashServer],
])(
  "kill -9 three times on %s, then the same once more: nobody twice, nobody lost, every password sealed",
  async (name, start) => {
    server = await start();
    const passwords = server.isPassword !== undefined;
    const result = await runCrashTrial({ ...trial, server, seed: name, passwords, probed: true });
    expect(result).toMatchObject({ duplicates: 0, lost: 0, misnamed: 0, unsealed: 0, lockedOut: 0, toldUnknown: 0 });
    expect(result.kills).toEqual(instants.map(({ at }) => at));
    // Eight were under way each time at most.
    expect(result.extraCreates).toBeLessThanOrEqual(8 * instants.length);
    expect(result.slips >= trial.people).toBe(passwords);
  },
);

it("what scripts do makes people twice under the same kills", async () => {
  server = await startScimCrashServer();
  const result = await runCrashTrial({ ...trial, arm: "naive", server, seed: "naive", instants: [], passwords: false });
  expect(result.duplicates).toBeGreaterThan(0);
});
