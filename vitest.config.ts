import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/one-temporary-folder.ts"],
    exclude: ["test/bench/**", "test/peers/**", "node_modules/**"],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    pool: "forks",
    // The default leaves a core idle; most of a test here is waiting for a process or a socket.
    maxWorkers: "100%",
    env: { TZ: "UTC", WARDCTL_LANG: "en" },
  },
});
