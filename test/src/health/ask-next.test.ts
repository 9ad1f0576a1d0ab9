import { describe, expect, it } from "vitest";
import { createDirectory } from "../../../src/directory/directory.ts";
import { findAskNext } from "../../../src/health/ask-next.ts";
import { createNames } from "../../../src/health/cause-words.ts";
import type { Cause } from "../../../src/health/explain.ts";

const names = createNames(createDirectory("2025-07-03")!);
const cause = (changes: Partial<Cause>): Cause =>
  ({ kind: "ward", id: "19777", odds: 0.95, gainNats: 20, marginNats: 9, or: [], rivals: [], affected: [], ...changes }) as Cause;

describe("what settles a cause that no further probe can", () => {
  it("is of a unit's line a question to the technician there, and never one that the desk sees itself", () => {
    const asked = findAskNext(cause({}), names);
    expect(asked).toMatchObject({ question: "pon-red", command: "wardctl check local --unit 19777" });
    expect(asked?.inWords.vi).toMatch(/^hỏi kỹ thuật viên tại Phường Vỹ Dạ: Đèn PON/);
    for (const odds of [0.2, 0.5, 0.99]) {
      const rivals = [{ kind: "carrier", id: "VNPT", odds: 1 - odds, gainNats: 1 }] as Cause["rivals"];
      expect(findAskNext(cause({ odds, rivals }), names)?.question).not.toMatch(/^(neighbour|web)/);
    }
  });

  it("is this machine itself where it may be at fault, also as the answer that cannot be told apart", () => {
    const expected = { question: undefined, command: "wardctl check local" };
    expect(findAskNext(cause({ kind: "local", id: "this-machine" }), names)).toMatchObject(expected);
    expect(
      findAskNext(cause({ kind: "subnet", id: "10.0.0.0/24", or: [{ kind: "local", id: "this-machine" }] }), names),
    ).toMatchObject(expected);
  });

  it("is nothing for what whoever runs the system has to look at", () => {
    expect(findAskNext(cause({ kind: "system", id: "documents" }), names)).toBeUndefined();
  });
});
