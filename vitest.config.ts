import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/one-temporary-folder.ts"],
    exclude: ["test/bench/**", "test/peers/**", "node_modules/**"],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    pool: "forks",
    env: { TZ: "UTC", WARDCTL_LANG: "en" },
  },
});
