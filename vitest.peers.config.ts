import { defineConfig } from "vitest/config";

/** `npm run test:peers`: servers that other people wrote, installed on the machine. */
export default defineConfig({
  test: {
    include: ["test/peers/**/*.test.ts"],
    globalSetup: ["test/support/one-temporary-folder.ts", "test/peers/ensure-slapd.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    env: { TZ: "UTC", WARDCTL_LANG: "en" },
  },
});
