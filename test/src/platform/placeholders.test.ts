import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../src/platform/failure.ts";
import { fillJson, fillPath } from "../../../src/platform/placeholders.ts";

const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("..", ".", "%2e%2e", "../x", "a/b", "?a=1", "#", "%", "\u0000", "\ud800"),
);

describe("a placeholder", () => {
  it("stays inside its segment whatever it holds, or is refused", () => {
    fc.assert(
      fc.property(anything, (value) => {
        let url: URL;
        try {
          url = new URL(`http://host/api${fillPath("/users/${id}/lock", { id: value })}`);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          return;
        }
        const segments = url.pathname.split("/");
        expect([segments.length, segments[1], segments[2], segments[4]]).toEqual([5, "api", "users", "lock"]);
        expect(decodeURIComponent(segments[3] as string)).toBe(value.toWellFormed());
        expect([url.search, url.hash, url.host]).toEqual(["", "", "host"]);
      }),
    );
  });

  it("stays inside its parameter whatever it holds", () => {
    fc.assert(
      fc.property(anything, (value) => {
        const url = new URL(`http://host${fillPath("/users?name=${name}&exact=true", { name: value })}`);
        expect([...url.searchParams.keys()]).toEqual(["name", "exact"]);
        expect(url.searchParams.get("name")).toBe(value.toWellFormed());
      }),
    );
  });

  it("stays inside its text in JSON, and keeps its type where it is alone", () => {
    fc.assert(
      fc.property(anything, (value) => {
        const filled = fillJson({ a: "${v}", b: "x ${v}", c: "${n}", d: "${flag}" }, { v: value, n: 7, flag: false });
        expect(JSON.parse(JSON.stringify(filled))).toEqual({ a: value, b: `x ${value}`, c: 7, d: false });
      }),
    );
  });

  it("that has no value takes its member, and its group, with it", () => {
    const template = {
      name: "${name}",
      mail: "${mail}",
      tags: ["${a}", "${b}"],
      secret: [{ type: "password", value: "${mail}" }],
      fixed: { on: true },
    };
    expect(fillJson(template, { name: "Lan", b: "2", mail: null })).toEqual({ name: "Lan", tags: ["2"], fixed: { on: true } });
  });
});
