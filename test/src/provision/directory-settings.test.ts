import { describe, expect, it } from "vitest";
import { provisionSettings } from "../../../src/provision/settings.ts";

const directory = {
  kind: "ldap",
  url: "ldaps://ldap.hue.gov.vn",
  bindDn: "cn=wardctl",
  password: "env:DIRECTORY_PASSWORD",
  base: "ou=people,dc=hue,dc=gov,dc=vn",
};
const listFaults = (system: object): string[] =>
  provisionSettings.safeParse({ systems: { directory: system } }).error?.issues.map(({ path }) => path.join(".")) ?? [];

describe("a directory in wardctl.yaml", () => {
  it.each([
    ["ldaps://ldap.hue.gov.vn", undefined, true],
    ["ldap://ldap.hue.gov.vn", undefined, false],
    ["ldap://ldap.hue.gov.vn", false, false],
    ["ldap://ldap.hue.gov.vn", true, true],
    ["ldap://127.0.0.1:389", undefined, true],
    ["ldap://[::1]:389", undefined, true],
    ["ldap://127.0.0.1.hue.gov.vn", undefined, false],
    ["https://ldap.hue.gov.vn", undefined, false],
  ])("sends its password under TLS or not at all: %s, startTls %s", (url, startTls, allowed) => {
    for (const kind of ["ldap", "ad"]) {
      const system = { ...directory, kind, url, ...(startTls === undefined ? {} : { startTls }) };
      expect(listFaults(system)).toEqual(allowed ? [] : ["systems.directory.url"]);
    }
  });

  it.each([
    ["https://docs.hue.gov.vn/scim/v2", true],
    ["http://docs.hue.gov.vn/scim/v2", false],
    ["HTTP://10.0.0.7/scim/v2", false],
    ["http://localhost.hue.gov.vn/", false],
    ["http://127.0.0.1:8080/scim/v2", true],
    ["http://[::1]/scim", true],
    ["http://", false],
  ])("and a system over HTTP likewise: %s", (url, allowed) => {
    const systems = [
      { kind: "scim", url, token: "env:TOKEN" },
      { kind: "rest", url, definition: "keycloak" },
    ];
    for (const system of systems)
      expect(new Set(listFaults(system)), system.kind).toEqual(new Set(allowed ? [] : ["systems.directory.url"]));
    const client = { ...systems[0], url: "https://docs.hue.gov.vn", oauth: { url, clientId: "wardctl" } };
    expect(new Set(listFaults(client))).toEqual(new Set(allowed ? [] : ["systems.directory.oauth.url"]));
  });

  it("says where its groups are and what they are like; Active Directory knows one kind", () => {
    const groups = { base: "ou=groups,dc=hue,dc=gov,dc=vn", name: "cn" };
    expect(listFaults({ ...directory, groups: {} })).toEqual([]);
    expect(listFaults({ ...directory, groups: { ...groups, class: "posixGroup", placeholder: "cn=x" } })).toEqual([]);
    expect(listFaults({ ...directory, kind: "ad", groups })).toEqual([]);
    expect(listFaults({ ...directory, groups: { ...groups, class: "group" } })).toEqual(["systems.directory.groups.class"]);
    expect(listFaults({ ...directory, groups: { name: "cn)(uid=*" } })).toEqual(["systems.directory.groups.name"]);
    expect(listFaults({ ...directory, kind: "ad", groups: { class: "groupOfNames" } })).toHaveLength(1);
  });

  it("takes attribute names and nothing that could be syntax, and a lock where there is no flag", () => {
    expect(listFaults({ ...directory, attributes: { unit: "o)(uid=*" } })).toEqual(["systems.directory.attributes.unit"]);
    expect(listFaults({ ...directory, lock: { attribute: "nsAccountLock", locked: "true" } })).toEqual([]);
    expect(listFaults({ ...directory, kind: "ad", lock: { attribute: "nsAccountLock", locked: "true" } })).toHaveLength(1);
    expect(listFaults({ ...directory, password: "hunter2" })).toEqual(["systems.directory.password"]);
  });
});
