import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { findArticleFor } from "../../../src/handbook/find-article-for.ts";
import { reasons } from "../../../src/health/reason.ts";
import { findCategory, isFailureCode } from "../../../src/meeting/category.ts";
import { toFailureCode } from "../../../src/readiness/endpoint-codes.ts";

/** As docs/ready.md lists them, without families. */
const listed = [...readFileSync("docs/ready.md", "utf8").matchAll(/`([A-Z]+(?:-[A-Z]+)+)`/g)].map(([, code]) => code as string);
const probed = Object.keys(reasons).map(toFailureCode);

it("takes every code that readiness shows: what is not ready can be opened as a difficulty", () => {
  expect(listed.length).toBeGreaterThan(20);
  const refused = [...new Set([...listed, ...probed, "ISS-SEAL-EXPIRED", "PER-ABSENT"])].filter((code) => !isFailureCode(code));
  expect(refused).toEqual([]);
});

it("knows what a code is about by its first part", () => {
  expect(findCategory("ISS-SEAL-EXPIRED")).toBe("accounts");
  expect(findCategory("NAME-NXDOMAIN")).toBe("infrastructure");
  expect(findCategory("AUTH-REJECTED")).toBe("software");
  expect(findCategory("CONTACT-NONE")).toBe("people");
  expect(findCategory("constructor-x")).toBeUndefined();
});

it("has an article of the handbook for every code that readiness shows", () => {
  const without = [...new Set([...listed, ...probed])].filter((code) => findArticleFor(code) === undefined);
  expect(without).toEqual([]);
});
