import { describe, expect, it } from "vitest";
import { runWardctl } from "../../support/run-wardctl.ts";

describe("wardctl check selftest", () => {
  it("tells every fault right on this machine, in a document for programs", async () => {
    const { code, stdout, stderr } = await runWardctl("check selftest --json");
    const document = JSON.parse(stdout);
    expect(Object.keys(document)[0]).toBe("schema");
    const wrong = document.results.filter(({ right }: { right: boolean }) => !right);
    expect(wrong.map(({ behaviour, way, seen }: Record<string, string>) => [behaviour, way, seen])).toEqual([]);
    expect(document).toMatchObject({ schema: "wardctl.check-selftest/1", cancelled: false, right: document.tried });
    expect(document.tried).toBe(document.results.length);
    expect(stderr).toContain("Testing itself");
    expect(code).toBe(document.overshootMs.p99 <= 100 ? 0 : 8);
  });

  it("says the verdict in Vietnamese, the last line", async () => {
    const { stdout } = await runWardctl("check selftest --lang vi");
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/^Công cụ trên máy này đoán đúng \d+ trong \d+ hành vi\.$/);
    expect(stdout).toMatch(/256 MB nén thành 261 KB +trả lời quá lớn +✓/);
  });

  it("stops when it is told to, and says so", async () => {
    const stop = new AbortController();
    stop.abort();
    const { code, stdout, stderr } = await runWardctl("check selftest --format csv", { signal: stop.signal });
    expect(stdout).toMatch(/^behaviour,family,way,expected,seen,right,attempts,totalMs,overshootMs\r?\n$/);
    expect(stderr).toContain("Stopped: the rest was not tried.");
    expect(code).toBe(130);
  });
});
