import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DocumentsLie, documentsLies } from "../../../src/city/documents-lies.ts";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";

describe("wardctl delegate verify --probe", () => {
  let world: SigningCity;
  beforeAll(async () => {
    world = await startSigningCity([tanBinh]);
    await world.run("delegate grant --file grants.csv");
  });
  afterAll(() => world.city.stop());
  beforeEach(() => world.documents.lies.clear());

  const verify = async (now: string, more = "--probe") => {
    const { code, stdout } = await world.run(`delegate verify ${more} --json`, { now });
    return { code, ...JSON.parse(stdout).systems[0] };
  };
  const canSign = async (now: string, person = "chanh-van-phong") =>
    JSON.parse((await world.run(`delegate can-sign ${person} cong-van ${tanBinh} --json`, { now })).stdout);

  it("asks for each type of each right, and is the evidence of the answer", async () => {
    const seen = await verify("2025-07-03T10:00");
    expect(seen).toMatchObject({ code: 0, probe: { unanswered: 0, refused: 0, believed: true, disagreements: [] } });
    // 6 types of the Chief of Office, 15 of the Vice Chairman.
    expect(seen.probe.asked).toBe(21);
    expect(await canSign("2025-07-03T10:01")).toMatchObject({
      answer: "ALLOW",
      evidence: [
        { kind: "carriage", grade: "probe" },
        { kind: "account", grade: "read-back" },
      ],
    });
  });

  it("tries again without being asked while a trial is fresh, or its word would stand against newer listings", async () => {
    expect((await verify("2025-07-03T11:00", "")).probe).toMatchObject({ asked: 21 });
    expect((await verify("2025-07-05T11:00", "")).probe).toBeNull();
  });

  it("knows every lie about trials that the page tells of", () => {
    expect(documentsLies.filter((lie) => lie.startsWith("probe-"))).toHaveLength(4);
  });

  it("believes no trial of a system that lets somebody sign who cannot exist", async () => {
    world.documents.lies.add("probe-always-yes");
    expect(await verify("2025-07-06T10:00")).toMatchObject({ code: 8, probe: { believed: false } });
    expect((await canSign("2025-07-06T10:01")).evidence[0]).toMatchObject({ grade: "read-back" });
    expect((await world.run("delegate verify --probe --lang vi", { now: "2025-07-06T10:02" })).stdout).toContain(
      "không tin kết quả thử ký nào",
    );
  });

  it("does not believe an answer that was kept from earlier", async () => {
    world.documents.lies.add("probe-stale");
    expect(await verify("2025-07-08T10:00")).toMatchObject({ code: 8, probe: { believed: true, unanswered: 21 } });
    expect((await canSign("2025-07-08T10:01")).evidence[0]).toMatchObject({ grade: "read-back" });
  });

  it.each<[DocumentsLie, "types-dropped" | undefined]>([
    ["probe-always-no", undefined],
    ["probe-ignores-rights", "types-dropped"],
  ])("says that trial and listing say otherwise, and answers UNKNOWN: %s", async (lie, other) => {
    world.documents.lies.add(lie);
    // A right that is not there, and a trial that says it is.
    const listed = world.documents.rights.filter(({ mode }) => mode === "TL");
    if (other) for (const right of listed) right.status = "ended";
    const now = other ? "2025-07-12T10:00" : "2025-07-10T10:00";
    const seen = await verify(now);
    expect(seen.code).toBe(8);
    expect(seen.probe.disagreements.length).toBeGreaterThan(0);
    expect(await canSign(now)).toMatchObject({
      answer: "UNKNOWN",
      codes: ["EVID-DISAGREES"],
      failed: [{ premise: "carried", owner: "support" }],
      sides: { legal: "ok", configuration: "unknown", readiness: "ok" },
    });
    if (other) for (const right of listed) right.status = "active";
    world.documents.lies.clear();
    await verify(now.replace("10:00", "11:00"));
    expect((await canSign(now.replace("10:00", "11:01"))).answer).toBe("ALLOW");
  });
});

describe("drift", () => {
  it("says what is new and what is gone since the last read-back, without anybody at a terminal", async () => {
    const world = await startSigningCity([tanBinh, "19777"]);
    const verify = async (now: string, more = "") => {
      const { code, stdout } = await world.run(`delegate verify ${more} --json`, { now });
      return { code, drift: JSON.parse(stdout).systems[0].drift };
    };
    try {
      await world.run("delegate grant --file grants.csv");
      expect(await verify("2025-07-04T02:00")).toEqual({
        code: 0,
        drift: { since: null, newMissing: [], newExcess: [], gone: [] },
      });
      world.documents.rights.find(({ unit, mode }) => unit === tanBinh && mode === "TL")!.status = "ended";
      world.documents.lies.add("foreign-right");
      const found = await verify("2025-07-05T02:00");
      expect(found).toMatchObject({
        code: 8,
        drift: {
          since: "2025-07-04T02:00:00+07:00",
          newMissing: [{ unit: tanBinh, capacity: "TL" }],
          newExcess: [{ cause: "foreign", extId: "by-hand" }],
          gone: [],
        },
      });
      // Still wrong, and no news.
      expect(await verify("2025-07-06T02:00")).toMatchObject({ code: 8, drift: { newMissing: [], newExcess: [], gone: [] } });
      // A look at one unit does not make the other's faults go.
      expect(await verify("2025-07-06T03:00", "--unit 19777")).toMatchObject({ drift: { gone: [] } });
      world.documents.lies.clear();
      const mended = await verify("2025-07-07T02:00");
      expect(mended.drift.gone).toMatchObject([{ kind: "excess", extId: "by-hand" }]);
      const { stdout } = await world.run("delegate verify --lang vi", { now: "2025-07-08T02:00" });
      expect(stdout).toContain("không đổi so với lần đọc 02:00 07/7/2025");
      // Half a listing is nothing to hold the next one against.
      world.documents.lies.add("pages-loop");
      expect(await verify("2025-07-09T02:00")).toMatchObject({ code: 8, drift: null });
    } finally {
      await world.city.stop();
    }
  });
});
