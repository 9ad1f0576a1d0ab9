import type { Socket } from "node:net";
import {
  Ber,
  type BerReader,
  BerWriter,
  type Control,
  ControlParser,
  PagedResultsControl,
  ProtocolOperation,
  SearchFilter,
} from "ldapts";

export interface WireEntry {
  readonly dn: string;
  readonly values: readonly { readonly name: string; readonly values: readonly Buffer[] }[];
}

export type ReadFilter =
  | { readonly kind: "and"; readonly parts: readonly ReadFilter[] }
  | { readonly kind: "or"; readonly parts: readonly ReadFilter[] }
  | { readonly kind: "not"; readonly part: ReadFilter }
  | { readonly kind: "present"; readonly attribute: string }
  | { readonly kind: "equals"; readonly attribute: string; readonly value: string };

export interface ReadSearch {
  readonly base: string;
  /** RFC 4511 §4.5.1: 0 is the entry itself. */
  readonly scope: number;
  readonly filter: ReadFilter;
  readonly attributes: readonly string[];
  readonly paging: PagedResultsControl["value"];
}

/** ldapts cannot read back a presence filter that it wrote, so searches are read here. */
export function readSearch(reader: BerReader): ReadSearch {
  const base = reader.readString() ?? "";
  const scope = reader.readEnumeration() ?? 0;
  reader.readEnumeration();
  reader.readInt();
  reader.readInt();
  reader.readBoolean();
  const filter = readFilter(reader);
  const attributes: string[] = [];
  reader.readSequence();
  for (const end = reader.offset + reader.length; reader.offset < end; )
    attributes.push((reader.readString() ?? "").toLowerCase());
  const controls: Control[] = [];
  if (reader.peek() === ProtocolOperation.LDAP_CONTROLS) {
    reader.readSequence();
    for (const end = reader.offset + reader.length; reader.offset < end; ) {
      const control = ControlParser.parse(reader, []);
      if (control) controls.push(control);
    }
  }
  return { base, scope, filter, attributes, paging: controls.find((control) => control instanceof PagedResultsControl)?.value };
}

function readFilter(reader: BerReader): ReadFilter {
  const tag = reader.peek();
  if (tag === SearchFilter.present) return { kind: "present", attribute: reader.readString(SearchFilter.present) ?? "" };
  reader.readSequence();
  const end = reader.offset + reader.length;
  if (tag === SearchFilter.and || tag === SearchFilter.or) {
    const parts: ReadFilter[] = [];
    while (reader.offset < end) parts.push(readFilter(reader));
    return { kind: tag === SearchFilter.and ? "and" : "or", parts };
  }
  if (tag === SearchFilter.not) return { kind: "not", part: readFilter(reader) };
  if (tag !== SearchFilter.equalityMatch) throw new Error(`filter ${tag} is not known here`);
  return { kind: "equals", attribute: reader.readString() ?? "", value: reader.readString() ?? "" };
}

export function formatFilter(filter: ReadFilter): string {
  if (filter.kind === "or") return `(|${filter.parts.map(formatFilter).join("")})`;
  if (filter.kind === "and") return `(&${filter.parts.map(formatFilter).join("")})`;
  if (filter.kind === "not") return `(!${formatFilter(filter.part)})`;
  return filter.kind === "present" ? `(${filter.attribute}=*)` : `(${filter.attribute}=${JSON.stringify(filter.value)})`;
}

/** The bytes of one whole message (X.690 §8.1.3), undefined while its length has not come yet. */
export function readSize(buffer: Buffer): number | undefined {
  if (buffer.length < 2) return undefined;
  const first = buffer[1] as number;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  return buffer.length < 2 + count ? undefined : 2 + count + buffer.readUIntBE(2, count);
}

export function send(
  socket: Socket,
  messageId: number,
  operation: number,
  code: number,
  controls: readonly Control[] = [],
): void {
  const writer = startMessage(messageId, operation);
  writer.writeEnumeration(code);
  writer.writeString("");
  writer.writeString(code === 0 ? "" : `result ${code}`);
  writer.endSequence();
  if (controls.length > 0) {
    writer.startSequence(ProtocolOperation.LDAP_CONTROLS);
    for (const control of controls) control.write(writer);
    writer.endSequence();
  }
  writer.endSequence();
  socket.write(writer.buffer);
}

export function sendEntry(socket: Socket, messageId: number, entry: WireEntry): void {
  const writer = startMessage(messageId, ProtocolOperation.LDAP_RES_SEARCH_ENTRY);
  writer.writeString(entry.dn);
  writer.startSequence();
  for (const { name, values } of entry.values) {
    writer.startSequence();
    writer.writeString(name);
    writer.startSequence(ProtocolOperation.LBER_SET);
    for (const value of values) writer.writeBuffer(value, Ber.OctetString);
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
  writer.endSequence();
  writer.endSequence();
  socket.write(writer.buffer);
}

export function sendReference(socket: Socket, messageId: number): void {
  const writer = startMessage(messageId, ProtocolOperation.LDAP_RES_SEARCH_REF);
  writer.writeString("ldap://elsewhere.example/DC=other");
  writer.endSequence();
  writer.endSequence();
  socket.write(writer.buffer);
}

function startMessage(messageId: number, operation: number): BerWriter {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(messageId);
  writer.startSequence(operation);
  return writer;
}
