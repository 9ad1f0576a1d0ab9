import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runWardctl } from "../support/run-wardctl.ts";

describe("the committed top-level help", () => {
  it.each(["vi", "en"])("equals what the command line declares (%s); renew with: npm run help", async (lang) => {
    const committed = readFileSync(new URL(`../../bin/help.${lang}.txt`, import.meta.url), "utf8");
    expect((await runWardctl(["--help"], { env: { WARDCTL_LANG: lang } })).stdout).toBe(committed);
  });
});
