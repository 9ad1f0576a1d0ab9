import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toDocumentsSettings } from "../../../src/city/documents-settings.ts";
import { readCarrierDefinition } from "../../../src/delegation/carriers/read-definition.ts";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";

const fixture = join(import.meta.dirname, "../../../fixtures/carriers/qlvb.yaml");

describe("a document system in a file of its own", () => {
  let world: SigningCity;
  let host: string;
  let definition: ReturnType<typeof toDocumentsSettings> & { pins?: string[] };
  beforeAll(async () => {
    world = await startSigningCity([tanBinh]);
    definition = toDocumentsSettings(world.city.systemUrl("documents"), "env:CITY_TOKEN", "city-ca.pem");
    host = new URL(definition.url).host;
    name([host]);
    write(definition);
    await world.run("delegate grant --file grants.csv");
  });
  afterAll(() => world.city.stop());

  const write = (value: unknown): void =>
    writeFileSync(join(world.cwd, "own.yaml"), typeof value === "string" ? value : JSON.stringify(value, undefined, 2));
  const name = (hosts: readonly string[]): void => {
    const path = join(world.cwd, "wardctl.yaml");
    const own = JSON.parse(readFileSync(path, "utf8"));
    own.delegate.systems = { documents: { kind: "file", definition: "own.yaml", hosts, units: "all" } };
    writeFileSync(path, JSON.stringify(own));
  };
  const doctor = async () =>
    JSON.parse((await world.run("doctor --json")).stdout).findings as { id: string; state: string; message: string }[];

  it("works like one in wardctl.yaml, and doctor looks at it", async () => {
    expect((await world.run("delegate verify")).code).toBe(0);
    const findings = await doctor();
    expect(findings.filter(({ id }) => id === "definition")).toMatchObject([{ state: "ok" }]);
    expect(findings).toContainEqual(expect.objectContaining({ id: "secret", state: "ok" }));
  });

  it("names every fault at once with its line", async () => {
    write(`url: http://other.example.vn/api
token: abc123
units: all
listGrants: { get: delegations, items: /data, map: { extId: /id, unit: /unit } }
createGrant: { post: /delegations, body: { types: "{docType}" } }
endGrant: { patch: /x }
`);
    const { code, stderr } = await world.run("delegate verify");
    expect(code).toBe(3);
    for (const part of [
      "own.yaml:1:",
      "'other.example.vn' is not allowed",
      "carries the token in the clear",
      "own.yaml:2:",
      "own.yaml:3:",
      "units are said in wardctl.yaml",
      "own.yaml:4:",
      "own.yaml:5:",
      "'{docType}'",
      "own.yaml:6:",
      "getUser",
    ]) {
      expect(stderr).toContain(part);
    }
    expect(stderr).not.toContain("abc123");
    const found = (await doctor()).filter(({ id }) => id === "definition");
    expect(found.length).toBeGreaterThan(6);
    expect(found.every(({ state }) => state === "problem")).toBe(true);
    write(definition);
  });

  it("speaks to the hosts that wardctl.yaml allows, and to no other", async () => {
    name(["qlvb.example.gov.vn"]);
    const { code, stderr } = await world.run("delegate verify");
    expect([code, stderr]).toEqual([3, expect.stringContaining(`'${host}' is not allowed`)]);
    name([host]);
  });

  it("speaks to the pinned certificate, and to no other that a trusted root has signed", async () => {
    const fingerprint = await new Promise<string>((done) => {
      const [, port] = host.split(":");
      const socket = connect({ port: Number(port), rejectUnauthorized: false }, () => {
        done(new X509Certificate(socket.getPeerCertificate().raw).fingerprint256);
        socket.destroy();
      });
    });
    write({ ...definition, pins: [fingerprint] });
    expect((await world.run("delegate verify")).code).toBe(0);
    write({ ...definition, pins: [fingerprint.replace(/^../, fingerprint.startsWith("00") ? "11" : "00")] });
    const { code, stderr } = await world.run("delegate verify");
    expect([code, stderr]).toEqual([5, expect.stringContaining("CERT_NOT_PINNED")]);
    write(definition);
  });

  it("has an example that is sound", async () => {
    const system = await readCarrierDefinition(
      { kind: "file", definition: "qlvb.yaml", hosts: ["qlvb.example.gov.vn"], units: "all" },
      () => fixture,
    );
    expect(system).toMatchObject({ url: "https://qlvb.example.gov.vn/api", units: "all" });
  });
});
