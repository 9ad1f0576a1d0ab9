import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCertificate } from "../../../src/platform/certificate-file.ts";
import { createOpensslAuthority, hasOpenssl, type OpensslAuthority } from "../../support/openssl-authority.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";

/** The responder is the openssl tool's, which has no clock but the machine's: here it is the true day. */
const now = new Date().toISOString();
const tool = (shiftDays: number): string =>
  new Date(Date.now() + shiftDays * 86_400_000).toISOString().replace(/\D/g, "").slice(0, 14).concat("Z");

describe.skipIf(!hasOpenssl)("revocation by OCSP, the second source beside the lists", () => {
  let world: SigningCity;
  let authority: OpensslAuthority;
  let responder: Awaited<ReturnType<OpensslAuthority["respond"]>>;
  let chief: string;
  let subject: string;
  let count = 0;

  beforeAll(async () => {
    world = await startSigningCity([tanBinh]);
    chief = world.findStaffId(tanBinh, "chanh-van-phong");
    const name = world.city.people.find(({ staffId }) => staffId === chief)!.fullName;
    subject = `/C=VN/O=Ủy ban nhân dân phường Tân Bình/CN=${name}`;
    authority = createOpensslAuthority(await makeTestFolder());
    mkdirSync(join(world.cwd, "lists"));
    cpSync(authority.anchor, join(world.cwd, "anchors.pem"));
    await world.run("delegate grant --file grants.csv", { now });
  });
  afterAll(async () => {
    responder?.stop();
    await world.city.stop();
  });

  const setUp = (responders: readonly string[], deadlineMs = 5000): void => {
    const path = join(world.cwd, "wardctl.yaml");
    const own = JSON.parse(readFileSync(path, "utf8"));
    own.delegate.certificates = { anchors: "anchors.pem", revocationLists: "lists", ocsp: { responders, deadlineMs } };
    writeFileSync(path, JSON.stringify(own));
  };
  const list = (from: number, to: number): void =>
    cpSync(authority.list(`list${++count}`, tool(from), tool(to)), join(world.cwd, "lists", "list.pem"));
  const issue = async (): Promise<string> => {
    const file = authority.issue({ name: `leaf${++count}`, subject, from: tool(-30), to: tool(900), bits: 2048 });
    const { serial, notBefore, notAfter } = readCertificate(readFileSync(file))!;
    const iso = (at: number): string => new Date(at).toISOString();
    world.documents.profiles.set(chief, { serial, notBefore: iso(notBefore), notAfter: iso(notAfter), bound: true });
    await world.run("delegate verify", { now });
    return file;
  };
  const check = async (file: string) => {
    const { code, stdout } = await world.run(["delegate", "certificates", "check", file, "--json"], { now });
    return { code, ...JSON.parse(stdout).certificates[0] };
  };
  const canSign = async () =>
    JSON.parse((await world.run(`delegate can-sign ${chief} cong-van ${tanBinh} --json`, { now })).stdout);

  it("is enough where the list is past its next update, and lives as long as the answer says", async () => {
    const file = await issue();
    list(-20, -10);
    responder = await authority.respond();
    setUp([responder.url]);
    const found = await check(file);
    expect(found).toMatchObject({ code: 0, verdict: "VALID", codes: [] });
    expect(Date.parse(found.crlNextUpdate) - Date.now()).toBeLessThan(1.1 * 86_400_000);
    expect(await canSign()).toMatchObject({ answer: "ALLOW" });
    responder.stop();
  });

  it("says revoked where the list does not know it yet", async () => {
    const file = await issue();
    list(-1, 20);
    setUp(["http://127.0.0.1:9"], 1000);
    expect(await check(file)).toMatchObject({ verdict: "VALID" });
    authority.revoke(file, tool(-2));
    responder = await authority.respond();
    setUp([responder.url]);
    expect(await check(file)).toMatchObject({ code: 8, verdict: "INVALID", codes: ["SIG-REVOKED"], owner: "ca" });
    const found = await check(file);
    expect(Math.abs(Date.parse(found.revokedAt) - (Date.now() - 2 * 86_400_000))).toBeLessThan(120_000);
    expect(await canSign()).toMatchObject({ answer: "DENY", codes: ["SIG-REVOKED"] });
    responder.stop();
  });

  it("is believed only where its signature leads to the roots that are trusted", async () => {
    const file = await issue();
    list(-20, -10);
    const stranger = createOpensslAuthority(await makeTestFolder());
    const forged = await authority.respond(stranger);
    setUp([forged.url]);
    expect(await check(file)).toMatchObject({ verdict: "UNKNOWN", codes: ["SIG-REVINFO-UNKNOWN"], owner: "network" });
    forged.stop();
  });

  it("does not know, within the deadline, where nothing answers or what answers never ends", async () => {
    const file = await issue();
    setUp(["http://127.0.0.1:9"], 1000);
    expect(await check(file)).toMatchObject({ code: 8, verdict: "UNKNOWN", codes: ["SIG-REVINFO-UNKNOWN"], owner: "network" });
    const silent = createServer(() => undefined);
    await new Promise<void>((ready) => silent.listen(0, "127.0.0.1", ready));
    const { port } = silent.address() as { port: number };
    setUp([`http://127.0.0.1:${port}`], 300);
    expect(await check(file)).toMatchObject({ verdict: "UNKNOWN", codes: ["SIG-REVINFO-UNKNOWN"] });
    silent.close();
    expect(await canSign()).toMatchObject({
      answer: "UNKNOWN",
      codes: ["SIG-REVINFO-UNKNOWN"],
      failed: [{ premise: "certificate", side: "readiness", owner: "network" }],
    });
    const { stdout } = await world.run(`delegate can-sign ${chief} cong-van ${tanBinh} --lang vi`, { now });
    expect(stdout).toMatch(/\? Sẵn sàng +SIG-REVINFO-UNKNOWN .*wardctl delegate certificates check.* → tổ mạng/);
  });

  it("asks no host that wardctl.yaml does not name, whatever a certificate says", async () => {
    setUp(["https://127.0.0.1:9"]);
    const { code, stderr } = await world.run("delegate verify", { now });
    expect([code, stderr]).toEqual([3, expect.stringContaining("responders")]);
  });
});
