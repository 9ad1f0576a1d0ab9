import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findInspection } from "../../../../src/health/local/inspection.ts";
import { findPortal, type PortalSign } from "../../../../src/health/local/portal.ts";
import { toSite } from "../../../../src/health/local/site.ts";

const sites = fc.constantFrom("a.vn", "b.vn", "c.gov.vn", "d.com", "e.net");
const signs: fc.Arbitrary<PortalSign> = fc.record(
  {
    site: sites,
    redirectHost: fc.option(fc.constantFrom("login.example", "sso.example"), { nil: undefined }),
    certificate: fc.option(fc.record({ fingerprint: fc.constantFrom("11", "22"), ofHost: fc.boolean() }), { nil: undefined }),
  },
  { requiredKeys: ["site"] },
);

/** By counting, key for key. */
function findByCounting(all: readonly PortalSign[]): number {
  const keys = ["login.example", "sso.example", "11", "22"];
  return Math.max(
    ...keys.map((key) => {
      const shows = all.filter(
        (one) => one.certificate?.ofHost !== true && (one.redirectHost === key || one.certificate?.fingerprint === key),
      );
      return new Set(shows.map(({ site }) => site)).size;
    }),
  );
}

describe("a captive portal", () => {
  it("is one stranger that three unrelated sites lead to, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 14 }), (all) => {
        const found = findPortal(all);
        const most = findByCounting(all);
        expect(found?.sites).toBe(most >= 3 ? most : undefined);
      }),
    );
  });

  it("is no single sign-on: servers that show certificates of their own send us where they like", () => {
    const own = { fingerprint: "11", ofHost: true };
    const all = ["a.vn", "b.vn", "c.vn", "d.vn"].map((site) => ({ site, redirectHost: "sso.gov.vn", certificate: own }));
    expect(findPortal(all)).toBeUndefined();
  });

  it("is not seen in the systems of one site, however many", () => {
    const hosts = ["qlvb.hue.gov.vn", "motcua.hue.gov.vn", "hop.hue.gov.vn", "1022.hue.gov.vn"];
    expect(new Set(hosts.map(toSite))).toEqual(new Set(["hue.gov.vn"]));
    expect(findPortal(hosts.map((host) => ({ site: toSite(host), redirectHost: "login.example" })))).toBeUndefined();
    expect([toSite("vnpt.vn"), toSite("www.vnpt.com.vn"), toSite("10.1.2.3"), toSite("a.b.example.")]).toEqual([
      "vnpt.vn",
      "vnpt.com.vn",
      "10.1.2.3",
      "b.example",
    ]);
  });
});

describe("TLS inspection", () => {
  const signed = (site: string, issuer: string, reaches: "bundled" | "given" | "system" | "none", ofHost = true) => ({
    site,
    certificate: { issuer, reaches, ofHost },
  });

  it("is one issuer over unrelated sites that public roots do not know", () => {
    const box = [signed("a.vn", "CN=Box", "system"), signed("b.vn", "CN=Box", "system")];
    expect(findInspection(box)).toEqual({ issuer: "CN=Box", sites: 2, trusted: true });
    expect(findInspection(box.map((one) => ({ ...one, certificate: { ...one.certificate, reaches: "none" as const } })))).toEqual(
      {
        issuer: "CN=Box",
        sites: 2,
        trusted: false,
      },
    );
  });

  it("is not a public issuer of many, nor a ministry's own root over its own site, nor what --ca vouches for", () => {
    expect(findInspection([signed("a.vn", "CN=R3", "bundled"), signed("b.vn", "CN=R3", "bundled")])).toBeUndefined();
    expect(findInspection([signed("a.vn", "CN=Own", "system"), signed("a.vn", "CN=Own", "system")])).toBeUndefined();
    expect(findInspection([signed("a.vn", "CN=City", "given"), signed("b.vn", "CN=City", "given")])).toBeUndefined();
    expect(findInspection([signed("a.vn", "CN=P", "none", false), signed("b.vn", "CN=P", "none", false)])).toBeUndefined();
  });
});
