import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SigningCity, startSigningCity, tanBinh, viDa } from "../../support/signing-city.ts";

/** Tân Bình's system can be asked; of Vỹ Dạ's there are screens only. */
describe("wardctl delegate attest", () => {
  let world: SigningCity;
  let deputy: string;
  beforeAll(async () => {
    world = await startSigningCity();
    deputy = world.findStaffId(viDa, "pho-chu-tich");
    settings((own) => {
      own.delegate.systems["documents"].units = [tanBinh];
      own.delegate.systems["screens"] = { kind: "screens", units: [viDa] };
    });
    await world.run("delegate grant --file grants.csv");
  });
  afterAll(() => world.city.stop());

  // biome-ignore lint/suspicious/noExplicitAny: whatever stands in the file
  const settings = (change: (own: any) => void): void => {
    const path = join(world.cwd, "wardctl.yaml");
    const own = JSON.parse(readFileSync(path, "utf8"));
    change(own);
    writeFileSync(path, JSON.stringify(own));
  };
  const actAs = (operator: string): void => settings((own) => Object.assign(own, { operator }));
  const json = async (line: string, now?: string) => {
    const { code, stdout, stderr } = await world.run(`${line} --json`, { now });
    return { code, stderr, ...(stdout === "" ? {} : JSON.parse(stdout)) };
  };
  const write = (name: string, rows: readonly string[]): void =>
    writeFileSync(
      join(world.cwd, name),
      ["unit,staff_id,capacity,doc_types,carried,user_name,account,serial,serial_to", ...rows].join("\n"),
    );
  const canSign = (now: string) => json(`delegate can-sign ${deputy} cong-van ${viDa}`, now);

  it("counts only once a second person confirms it, and no longer than it is fresh", async () => {
    write("seen.csv", [`${viDa},${deputy},KT,cong-van;Thông báo,có,ptich,mở,5401,2028-06-20`]);
    actAs("lan");
    const recorded = await json("delegate attest --file seen.csv --note man-hinh-uy-quyen --yes", "2025-07-03T10:00");
    expect(recorded).toMatchObject({
      schema: "wardctl.delegate-attest/1",
      code: 8,
      system: "screens",
      grade: "attested",
      state: "waiting",
      recordedBy: "lan",
      confirmedBy: null,
    });
    expect(await canSign("2025-07-03T10:05")).toMatchObject({ answer: "UNKNOWN", codes: ["EVID-NONE"] });
    const own = await world.run(`delegate attest --confirm ${recorded.id} --yes --lang vi`, { now: "2025-07-03T10:10" });
    expect([own.code, own.stderr]).toEqual([6, expect.stringContaining("lan đã ghi lần này nên không thể tự xác nhận")]);
    actAs("hai");
    const confirmed = await json(`delegate attest --confirm ${recorded.id} --yes`, "2025-07-03T10:20");
    expect(confirmed).toMatchObject({ code: 0, state: "counts", confirmedBy: "hai", until: "2025-07-03T14:00:00+07:00" });
    expect(await canSign("2025-07-03T10:30")).toMatchObject({
      answer: "ALLOW",
      evidence: [
        { kind: "carriage", grade: "attested", at: "2025-07-03T10:00:00+07:00" },
        { kind: "account", grade: "attested" },
      ],
    });
    // What was known before it was confirmed stays as it was.
    const asKnown = await json(`delegate can-sign ${deputy} cong-van ${viDa} --as-known-at 2025-07-03T10:15`, "2025-07-03T10:30");
    expect(asKnown.answer).toBe("UNKNOWN");
    expect((await canSign("2025-07-03T14:00")).answer).toBe("UNKNOWN");
    expect((await json(`delegate attest --confirm ${recorded.id} --yes`, "2025-07-03T10:40")).code).toBe(3);
    const { records } = await json("audit show --action delegate.attest");
    expect(records.map(({ action, actor }: { action: string; actor: string }) => `${action} ${actor}`)).toEqual(
      expect.arrayContaining(["delegate.attest lan", "delegate.attest.confirm hai"]),
    );
  });

  it("does not overrule what a system says of itself", async () => {
    await world.run("delegate verify", { now: "2025-07-04T08:00" });
    const line = `delegate attest --unit ${tanBinh} --person chanh-van-phong --capacity TL --doc-types cong-van --absent --yes`;
    actAs("lan");
    const { id } = await json(line, "2025-07-04T09:00");
    actAs("hai");
    await json(`delegate attest --confirm ${id} --yes`, "2025-07-04T09:05");
    const ask = (now: string) => json(`delegate can-sign chanh-van-phong cong-van ${tanBinh}`, now);
    expect(await ask("2025-07-04T09:10")).toMatchObject({ answer: "UNKNOWN", codes: ["EVID-DISAGREES"] });
    await world.run("delegate verify", { now: "2025-07-04T09:20" });
    expect(await ask("2025-07-04T09:30")).toMatchObject({ answer: "ALLOW", evidence: [{ grade: "read-back" }, {}] });
  });

  it("lists what waits for a second person", async () => {
    actAs("lan");
    await json(`delegate attest --unit ${viDa} --person ${deputy} --capacity KT --doc-types cong-van --yes`, "2025-07-05T09:00");
    const { code, attestations } = await json("delegate attest", "2025-07-05T09:10");
    expect(code).toBe(8);
    expect(attestations.map(({ state }: { state: string }) => state)).toEqual(["over", "over", "waiting"]);
    expect((await json("delegate attest", "2025-07-06T09:10")).code).toBe(0);
  });

  it("tells every fault of a file at once, with its line, and records nothing", async () => {
    const before = (await json("delegate attest")).attestations.length;
    write("bad.csv", [
      `99999,${deputy},KT,cong-van,có`,
      `${viDa},CB0,XX,khong-co,maybe`,
      `${tanBinh},${world.findStaffId(tanBinh, "pho-chu-tich")},KT,cong-van,có,ptich`,
    ]);
    const { code, stderr } = await world.run("delegate attest --file bad.csv --yes");
    expect(code).toBe(3);
    for (const part of [
      "bad.csv:2",
      "bad.csv:3",
      "'CB0'",
      "the capacity must be",
      "'khong-co'",
      "'carried' must be",
      "bad.csv:4",
      "not from screens",
    ]) {
      expect(stderr).toContain(part);
    }
    expect((await json("delegate attest")).attestations).toHaveLength(before);
    expect((await world.run("delegate attest --unit 27004 --yes")).code).toBe(2);
    expect((await world.run(`delegate attest --file seen.csv --yes --at 2025-07-03T11:00`)).code).toBe(3);
    expect((await world.run(`delegate attest --file seen.csv --yes --at 2025-07-01`)).code).toBe(3);
    expect((await world.run("delegate attest --file seen.csv")).code).toBe(2);
    expect((await world.run("delegate attest --confirm nothing --yes")).code).toBe(3);
  });
});
