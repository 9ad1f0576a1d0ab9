import { describe, expect, it } from "vitest";
import { describeUnread } from "../../../src/platform/ldap-faults.ts";

describe("a directory that does not give its whole list", () => {
  it("and refuses the size of a page: names the setting that mends it", () => {
    const { words, kind } = describeUnread("ldap.example.vn", 11, "illegal pagedResults page size");
    expect(kind).toBe("unavailable");
    for (const text of Object.values(words)) expect(text).toMatch(/LDAP 11: illegal pagedResults page size.*pageSize/);
  });

  it("and stops at its size limit: asks for a higher one", () => {
    expect(describeUnread("ldap.example.vn", 4, "").words.en).toMatch(
      /only part of the list \(LDAP 4\); ask for a higher size limit/,
    );
  });
});
