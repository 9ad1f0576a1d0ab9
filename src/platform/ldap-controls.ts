import type * as Ldapts from "ldapts";
import { type LdapEntry, toEntry } from "./ldap-entry.ts";

/** RFC 4528. */
export const assertionControl = "1.3.6.1.1.12";

/** RFC 4527 §3.2. */
const postReadControl = "1.3.6.1.1.13.2";

/** Nothing is done unless the entry matches the filter. */
export function createAssertion(ldapts: typeof Ldapts, filter: string): Ldapts.Control {
  return Object.assign(new ldapts.Control(assertionControl, { critical: true }), {
    writeControl(writer: Ldapts.BerWriter) {
      const value = new ldapts.BerWriter();
      ldapts.FilterParser.parseString(filter).write(value);
      writer.writeBuffer(value.buffer, ldapts.Ber.OctetString);
    },
  });
}

/** The entry as the write left it comes with the answer; a server that cannot leaves it out, since it is not critical. */
export function createPostRead(
  ldapts: typeof Ldapts,
  attributes: readonly string[],
): { readonly control: Ldapts.Control; readEntry(): LdapEntry | undefined } {
  let read: LdapEntry | undefined;
  const control = Object.assign(new ldapts.Control(postReadControl), {
    writeControl(writer: Ldapts.BerWriter) {
      const value = new ldapts.BerWriter();
      value.startSequence();
      for (const attribute of attributes) value.writeString(attribute);
      value.endSequence();
      writer.writeBuffer(value.buffer, ldapts.Ber.OctetString);
    },
    parseControl(reader: Ldapts.BerReader) {
      reader.readSequence(ldapts.ProtocolOperation.LDAP_RES_SEARCH_ENTRY);
      const entry = new ldapts.SearchEntry({ messageId: 0 });
      entry.parseMessage(reader);
      read = toEntry(entry.toObject([], []));
    },
  });
  return { control, readEntry: () => read };
}
