import { enterpriseSchema, userSchema } from "../../src/provision/connectors/scim-user.ts";
import type { Lie } from "./lying-scim.ts";

/** RFC 7643 §7, the parts that differ between servers. */
export function describeSchemas(has: (lie: Lie) => boolean): object {
  const describe = (name: string, change: object = {}): object => ({
    name,
    type: "string",
    multiValued: false,
    mutability: "readWrite",
    returned: "default",
    caseExact: false,
    uniqueness: "none",
    ...change,
  });
  const phone = has("phone-is-never-returned") ? { returned: "never" } : {};
  const title = has("title-is-read-only") ? { mutability: "readOnly" } : {};
  const displayName = has("schemas-are-wrong") ? { mutability: "readOnly" } : {};
  const unique = has("accepts-duplicates") ? "none" : "server";
  const user = [
    describe("userName", { uniqueness: unique, caseExact: has("names-by-case-declared") }),
    describe("displayName", displayName),
    describe("name", { type: "complex", subAttributes: [describe("formatted"), describe("givenName")] }),
    describe("title", title),
    describe("userType"),
    describe("emails", { type: "complex", multiValued: true, subAttributes: [describe("value"), describe("type")] }),
    describe("phoneNumbers", { type: "complex", multiValued: true, subAttributes: [describe("value")], ...phone }),
  ];
  const enterprise = ["employeeNumber", "organization", "department"].map((name) => describe(name));
  const resources = [
    { id: userSchema, attributes: user },
    { id: enterpriseSchema, attributes: enterprise },
  ];
  return { totalResults: resources.length, Resources: resources };
}
