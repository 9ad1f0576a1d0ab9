import fc from "fast-check";
import { FilterParser } from "ldapts";
import { describe, expect, it } from "vitest";
import type { LdapEntry } from "../../../src/platform/ldap-entry.ts";
import { adaptDialect, ldapDialect } from "../../../src/provision/connectors/ldap-dialect.ts";
import { readAccount, toChanges, toNewEntry } from "../../../src/provision/connectors/ldap-entry.ts";
import { escapeDnValue, findFirstRdn, formatEquals, formatGuid, toDnKey } from "../../../src/provision/connectors/ldap-text.ts";
import { makeAccount } from "../../contract/connector.contract.ts";

const hostile = fc.string({ unit: fc.constantFrom(...'*()\\\0",;+<>=# aĐặ/') });

const toEntry = (values: Readonly<Record<string, readonly string[]>>, dn = "uid=user1,dc=vn"): LdapEntry => ({
  dn,
  values: new Map(
    Object.entries({ entryUUID: ["u1"], uid: ["user1"], ...values }).map(([key, list]) => [key.toLowerCase(), list]),
  ),
});

describe("text for a directory", () => {
  it("is one equality in a filter, whatever stands in it", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        expect(FilterParser.parseString(formatEquals("uid", value))).toMatchObject({
          attribute: "uid",
          value: value.normalize("NFC"),
        });
      }),
    );
  });

  it("is the same name however it is written: letters' case, blanks, escapes by sign or by byte", () => {
    const toBytes = (value: string): string =>
      [...Buffer.from(value)].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
    const fold = (value: string): string => value.normalize("NFC").replace(/ +/g, " ").trim().toLowerCase();
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const key = toDnKey(`uid=${escapeDnValue(one)},ou=people,dc=vn`);
        expect(toDnKey(`UID=${toBytes(one)}, OU=People ,DC=vn`)).toBe(key);
        expect(toDnKey(`uid=${escapeDnValue(other)},ou=people,dc=vn`) === key).toBe(fold(one) === fold(other));
      }),
    );
    expect(toDnKey("cn=a+sn=b,dc=vn")).toBe(toDnKey("sn=b+cn=a,dc=vn"));
  });

  it("is one part of a name, whatever stands in it, and comes back out of it", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const dn = `uid=${escapeDnValue(value)},ou=people`;
        expect(findFirstRdn(dn, "UID")).toBe(value.normalize("NFC"));
      }),
      { numRuns: 1000 },
    );
    expect(escapeDnValue(' #a, b="c"; ')).toBe('\\ #a\\, b\\=\\"c\\"\\;\\ ');
    expect([" ", "  ", "#", "\\ "].map(escapeDnValue)).toEqual(["\\ ", "\\ \\ ", "\\#", "\\\\\\ "]);
    expect(findFirstRdn("cn=a,uid=b", "uid")).toBeUndefined();
    expect(findFirstRdn("uid=\\C4\\90\\E1\\BA\\B7ng,dc=vn", "uid")).toBe("Đặng");
  });

  it("writes a GUID the way Active Directory takes it", () => {
    const bytes = Buffer.from("00112233445566778899aabbccddeeff", "hex");
    expect(formatGuid(bytes)).toBe("33221100-5544-7766-8899-aabbccddeeff");
    expect(formatGuid(Buffer.from("00"))).toBeUndefined();
  });
});

describe("an entry of a directory", () => {
  it("of a person has a family name, of a department the whole name: the schema wants one", () => {
    expect(toNewEntry(makeAccount(1), ldapDialect)).toMatchObject({
      cn: ["Đặng Thị Phượng 1"],
      sn: ["Đặng"],
      employeeNumber: ["CB1"],
    });
    const inbox = { ...makeAccount(1), attributes: { displayName: "Phòng Kinh tế", formattedName: "Phòng Kinh tế" } };
    expect(toNewEntry(inbox, ldapDialect)).toMatchObject({ cn: ["Phòng Kinh tế"], sn: ["Phòng Kinh tế"] });
  });

  it("goes by the user name that it stands under, is locked only for good, and needs an id", () => {
    expect(readAccount(toEntry({ uid: ["alias", "user1"] }), ldapDialect)).toMatchObject({ userName: "user1", active: true });
    const isActive = (value: string) => readAccount(toEntry({ pwdAccountLockedTime: [value] }), ldapDialect)?.active;
    expect(isActive("000001010000Z")).toBe(false);
    // Locked for a while after wrong passwords: nobody's decision.
    expect(isActive("20250703020000Z")).toBe(true);
    const netscape = adaptDialect(ldapDialect, { lock: { attribute: "nsAccountLock", locked: "true" } });
    expect(readAccount(toEntry({ nsAccountLock: ["TRUE"] }), netscape)?.active).toBe(false);
    expect(readAccount(toEntry({ entryUUID: [] }), ldapDialect)).toBeUndefined();
  });

  it("keeps what a site's own attributes say", () => {
    const own = adaptDialect(ldapDialect, { attributes: { userName: "cn", unit: "l", externalId: "staffId" } });
    expect(own).toMatchObject({
      userName: "cn",
      externalId: "staffId",
      filter: "(cn=*)",
      attributes: { unit: "l", title: "title" },
    });
  });

  it("takes the value away that stands there to the byte, and one that is wanted and was another's comes forward", () => {
    const nfd = "Đặng".normalize("NFD");
    const actual = { ...makeAccount(1), id: "u1", attributes: { title: "Đặng" } };
    const wanted = { ...actual, attributes: { title: "Lê" } };
    expect(toChanges(actual, wanted, ["title"], toEntry({ title: [nfd] }), ldapDialect)).toEqual([
      { operation: "delete", attribute: "title", values: [nfd] },
      { operation: "add", attribute: "title", values: ["Lê"] },
    ]);
    expect(toChanges(actual, wanted, ["title"], toEntry({ title: ["Đặng", "Hồ", "Lê"] }), ldapDialect)).toEqual([
      { operation: "delete", attribute: "title", values: ["Đặng"] },
      { operation: "replace", attribute: "title", values: ["Lê", "Đặng", "Hồ"] },
    ]);
  });
});
