import { describe, expect, it } from "vitest";
import { type Caller, findRefusal, listHosts } from "../../../src/board/guard.ts";

const door = { hosts: listHosts("127.0.0.1", [], []), port: 7707 };
const good: Caller = { method: "GET", host: "127.0.0.1:7707", origin: undefined, site: undefined, mode: undefined };

describe("the door of the board", () => {
  it.each<[string, Partial<Caller>]>([
    ["by address", {}],
    ["by name", { host: "localhost:7707" }],
    ["by name in capitals", { host: "LOCALHOST:7707" }],
    ["by IPv6", { host: "[::1]:7707" }],
    ["from its own page", { origin: "http://127.0.0.1:7707", site: "same-origin", mode: "cors" }],
    ["typed by the person", { site: "none", mode: "navigate" }],
    ["by a link that was followed", { site: "cross-site", mode: "navigate" }],
  ])("lets in what comes %s", (_how, caller) => {
    expect(findRefusal({ ...good, ...caller }, door)).toBeUndefined();
  });

  it.each<[string, Partial<Caller>, string]>([
    ["no host", { host: undefined }, "host"],
    ["a name that was bound to our address (DNS rebinding)", { host: "evil.test:7707" }, "host"],
    ["our name at another port", { host: "localhost:80" }, "host"],
    ["a name that begins as ours", { host: "localhost.evil.test:7707" }, "host"],
    ["an address that is ours but was not asked for", { host: "0.0.0.0:7707" }, "host"],
    ["a page of another origin", { origin: "http://evil.test" }, "origin"],
    ["a page of our name at another port", { origin: "http://127.0.0.1:8080" }, "origin"],
    ["a page of our name over TLS", { origin: "https://127.0.0.1:7707" }, "origin"],
    ["a sandboxed page", { origin: "null" }, "origin"],
    ["a script tag of another site", { site: "cross-site", mode: "no-cors" }, "origin"],
    ["a page of a sibling site", { site: "same-site", mode: "cors" }, "origin"],
    [
      "a form of another site that says nothing of its origin",
      { site: "cross-site", mode: "navigate", method: "POST" },
      "origin",
    ],
    ["a method that changes things", { method: "DELETE" }, "method"],
  ])("keeps out %s", (_what, caller, refusal) => {
    expect(findRefusal({ ...good, ...caller }, door)).toBe(refusal);
  });

  it("knows every address of the machine when it listens on all, and the names that the person gave", () => {
    expect(listHosts("0.0.0.0", ["127.0.0.1", "192.168.1.5"], ["board.ioc.local"])).toEqual([
      "board.ioc.local",
      "127.0.0.1",
      "192.168.1.5",
      "localhost",
      "::1",
    ]);
    expect(listHosts("192.168.1.5", ["127.0.0.1", "192.168.1.5"], [])).toEqual(["192.168.1.5"]);
  });
});
