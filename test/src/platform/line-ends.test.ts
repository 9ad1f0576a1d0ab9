import fc from "fast-check";
import { expect, it } from "vitest";
import { createLineEnds, toPlainLineEnds } from "../../../src/platform/line-ends.ts";

it("makes the same plain line ends of a text however it is cut", () => {
  const piece = fc.array(fc.constantFrom("\r", "\n", "\r\n", "a", "ế"), { maxLength: 5 }).map((signs) => signs.join(""));
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const read = createLineEnds();
      const told = [...pieces, undefined].map((own) => read(own)).join("");
      expect(told).toBe(toPlainLineEnds(pieces.join("")));
      expect(told).toBe(
        pieces
          .join("")
          .split(/\r\n|\n|\r/)
          .join("\n"),
      );
    }),
  );
});
