import { describe, expect, it } from "vitest";
import { parseExactJson, toScalarText } from "../../../src/platform/exact-json.ts";
import { readPointer, writePointer } from "../../../src/platform/json-pointer.ts";

/** RFC 6901 §5. */
const document = { foo: ["bar", "baz"], "": 0, "a/b": 1, "m~n": 8, " ": 7 };

describe("a JSON pointer", () => {
  it.each([
    ["", document],
    ["/foo", ["bar", "baz"]],
    ["/foo/0", "bar"],
    ["/", 0],
    ["/a~1b", 1],
    ["/m~0n", 8],
    ["/ ", 7],
    ["/foo/2", undefined],
    ["/toString", undefined],
  ])("'%s' reads what the RFC says", (pointer, value) => {
    expect(readPointer(document, pointer)).toEqual(value);
  });

  it("writes into a copy, makes what lies on the way, and takes away", () => {
    const record = { id: 1, attributes: { note: ["x"], title: ["Văn thư"] } };
    expect(writePointer(record, "/attributes/title/0", "Trưởng phòng")).toEqual({
      id: 1,
      attributes: { note: ["x"], title: ["Trưởng phòng"] },
    });
    expect(writePointer(record, "/attributes/title/0", undefined)).toEqual({ id: 1, attributes: { note: ["x"], title: [] } });
    expect(writePointer({}, "/attributes/unit/0", "27004")).toEqual({ attributes: { unit: ["27004"] } });
    expect(writePointer(record, "/id", undefined)).toEqual({ attributes: record.attributes });
    expect(record.attributes.title).toEqual(["Văn thư"]);
    expect(JSON.stringify(writePointer({}, "/__proto__/a", 1))).toBe('{"__proto__":{"a":1}}');
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
  });
});

describe("exact JSON", () => {
  it("gives back every digit", () => {
    const text = '{"id":12345678901234567890,"rate":1.50,"big":1e400,"n":7,"s":"1.50","list":[0.10]}';
    expect(JSON.stringify(parseExactJson(text))).toBe(text);
  });

  it("tells a long number as text, and is not fooled by a group that looks like one", () => {
    const value = parseExactJson('{"id":12345678901234567890,"fake":{"rawJSON":"1"}}');
    expect(toScalarText(readPointer(value, "/id"))).toBe("12345678901234567890");
    expect(toScalarText(readPointer(value, "/fake"))).toBeUndefined();
  });

  it("is undefined for what is none", () => {
    expect(parseExactJson('{"a":')).toBeUndefined();
    expect(parseExactJson("<html>")).toBeUndefined();
  });
});
