import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import {
  AddRequest,
  BerReader,
  BindRequest,
  type Control,
  ExtendedRequest,
  type Message,
  ModifyRequest,
  PagedResultsControl,
  ProtocolOperation,
} from "ldapts";
import {
  formatFilter,
  type ReadFilter,
  type ReadSearch,
  readSearch,
  readSize,
  send,
  sendEntry,
  sendReference,
} from "./ldap-wire.ts";

export const directoryLies = [
  "empty-page-before-the-end",
  "ignores-paging",
  "repeats-a-page",
  "size-limit",
  "drops-after-executing",
  "busy-after-executing",
  "silent",
  "hides-ids",
  "refers-elsewhere",
  "forgets-who-we-are",
  "gives-five-members-at-a-time",
  "skips-a-range",
  "forbids-groups",
] as const;
export type DirectoryLie = (typeof directoryLies)[number];

type Values = Map<string, { readonly name: string; values: Buffer[] }>;

export interface FakeEntry {
  readonly dn: string;
  readonly values: Values;
}

export interface FakeDirectory {
  readonly url: string;
  readonly entries: FakeEntry[];
  readonly lies: Set<DirectoryLie>;
  /** What was asked, as it came: operation, name and changes with values as text (bytes in hex). */
  readonly requests: { readonly operation: string; readonly dn: string; readonly detail: string }[];
  /** Cuts every line there is. */
  hangUp(): void;
  stop(): Promise<void>;
}

export interface FakeDirectoryOptions {
  readonly kind: "ldap" | "ad";
  readonly tls?: { readonly certificate: string; readonly key: string };
  readonly password?: string;
}

/**
 * A small LDAP server for what slapd will not do on demand: the rules of Active Directory that wardctl meets (MS-ADTS, MS-SAMR), and lies.
 * It speaks BER through ldapts, so it proves nothing about BER; slapd in test/peers does.
 */
export async function startFakeDirectory({
  kind,
  tls,
  password = "secret-canary",
}: FakeDirectoryOptions): Promise<FakeDirectory> {
  const entries: FakeEntry[] = [];
  const lies = new Set<DirectoryLie>();
  const requests: FakeDirectory["requests"] = [];
  const sockets = new Set<Socket>();
  let made = 0;
  const nameAttribute = kind === "ad" ? "samaccountname" : "uid";

  const add = (dn: string, given: readonly { readonly type: string; readonly parsedBuffers: Buffer[] }[]): number => {
    const values: Values = new Map(
      given.map(({ type, parsedBuffers }) => [type.toLowerCase(), { name: type, values: parsedBuffers }]),
    );
    if (entries.some((entry) => entry.dn.toLowerCase() === dn.toLowerCase())) return 68;
    if (isGroup(values)) {
      if (lies.has("forbids-groups")) return 50;
      if (kind === "ldap" && !values.has("member")) return 65;
      entries.push({ dn, values });
      return 0;
    }
    const name = readText(values, nameAttribute)?.toLowerCase();
    if (entries.some((entry) => readText(entry.values, nameAttribute)?.toLowerCase() === name)) return kind === "ad" ? 68 : 19;
    made += 1;
    if (kind === "ad") {
      if ((readText(values, "employeeid")?.length ?? 0) > 16) return 19;
      const flags = Number(readText(values, "useraccountcontrol") ?? 546);
      if ((flags & 0x22) === 0) return 53;
      setValues(values, "objectGUID", [Buffer.from(`00112233445566778899aabb${made.toString(16).padStart(8, "0")}`, "hex")]);
      setValues(values, "pwdLastSet", [Buffer.from("0")]);
      setValues(values, "objectCategory", [Buffer.from("person")]);
    } else setValues(values, "entryUUID", [Buffer.from(`11111111-2222-3333-4444-${made.toString(16).padStart(12, "0")}`)]);
    entries.push({ dn, values });
    return 0;
  };

  const find = (dn: string): FakeEntry | undefined => {
    const guid = /^<GUID=([0-9a-f-]+)>$/.exec(dn)?.[1];
    return entries.find((entry) => (guid ? formatGuidOf(entry) === guid : entry.dn.toLowerCase() === dn.toLowerCase()));
  };

  const modify = ({ dn, changes }: ModifyRequest): number => {
    const entry = find(dn);
    if (!entry) return 32;
    const isOfGroup = isGroup(entry.values);
    if (isOfGroup && lies.has("forbids-groups")) return 50;
    const after: Values = new Map([...entry.values].map(([key, value]) => [key, { ...value, values: [...value.values] }]));
    for (const { operation, modification } of changes) {
      const { type, parsedBuffers: given } = modification;
      const held = after.get(type.toLowerCase())?.values ?? [];
      const isHeld = (value: Buffer): boolean => held.some((other) => other.equals(value));
      // Active Directory has words of its own for a member that is there, or is not ([MS-ADTS] §3.1.1.5.3).
      if (operation === "add" && given.some(isHeld)) return kind === "ad" && isOfGroup ? 68 : 20;
      if (operation === "delete" && !given.every(isHeld)) return kind === "ad" && isOfGroup ? 53 : 16;
      const kept = operation === "delete" ? held.filter((value) => !given.some((other) => other.equals(value))) : held;
      const values = operation === "replace" ? given : operation === "add" ? [...held, ...given] : kept;
      if (kind === "ad" && !isOfGroup && values.length > 1) return 19;
      setValues(after, type, values);
    }
    if (kind === "ldap" && isOfGroup && !after.has("member")) return 65;
    if (kind === "ad" && !isOfGroup) {
      const hasPassword = after.has("unicodepwd") || entry.values.has("unicodepwd");
      const flags = Number(readText(after, "useraccountcontrol"));
      if (after.has("unicodepwd") && !tls) return 53;
      if (!hasPassword && (flags & 0x22) === 0) return 53;
    }
    entry.values.clear();
    for (const [key, value] of after) entry.values.set(key, value);
    return 0;
  };

  const matches = (entry: FakeEntry, filter: ReadFilter): boolean => {
    if (filter.kind === "and") return filter.parts.every((part) => matches(entry, part));
    if (filter.kind === "or") return filter.parts.some((part) => matches(entry, part));
    if (filter.kind === "not") return !matches(entry, filter.part);
    const attribute = filter.attribute.toLowerCase();
    const held = entry.values.get(attribute)?.values ?? [];
    if (filter.kind === "present") return attribute === "objectclass" || held.length > 0;
    return held.some((one) => toKey(one.toString("utf8")) === toKey(filter.value));
  };

  /** [MS-ADTS] §3.1.1.3.1.3.3, five at a time. */
  const showRanges = (
    { attributes }: ReadSearch,
    values: Values,
  ): { readonly name: string; readonly values: Buffer[] }[] | undefined => {
    const members = values.get("member");
    const asked = attributes.find((name) => name === "member" || name.startsWith("member;range="));
    if (!lies.has("gives-five-members-at-a-time") || !members || asked === undefined) return undefined;
    const start = Number(/=(\d+)-/.exec(asked)?.[1] ?? 0);
    const from = start > 0 && lies.has("skips-a-range") ? start + 1 : start;
    const some = members.values.slice(from, from + 5);
    const to = from + 5 >= members.values.length ? "*" : String(from + some.length - 1);
    const others = [...values].filter(([key]) => attributes.includes(key) && key !== "member").map(([, value]) => value);
    return [...others, { name: `member;range=${from}-${to}`, values: some }];
  };

  const serve = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    socket.setNoDelay(true);
    let buffer = Buffer.alloc(0);
    let signedIn = false;
    socket.on("data", (chunk: Buffer) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (let size = readSize(buffer); size !== undefined && size <= buffer.length; size = readSize(buffer)) {
        answer(buffer.subarray(0, size));
        buffer = buffer.subarray(size);
      }
    });

    function answer(bytes: Buffer): void {
      const reader = new BerReader(Buffer.from(bytes));
      reader.readSequence();
      const messageId = reader.readInt() as number;
      const operation = reader.readSequence() as number;
      if (operation === ProtocolOperation.LDAP_REQ_UNBIND) return void socket.end();
      if (lies.has("silent") && operation !== ProtocolOperation.LDAP_REQ_BIND) return;
      const parse = <T extends Message>(request: T): T => {
        request.parse(reader, []);
        return request;
      };
      const reply = (code: number): void => {
        if (code === 0 && lies.has("drops-after-executing")) return void socket.destroy();
        send(socket, messageId, operation + 1, code === 0 && lies.has("busy-after-executing") ? 51 : code);
      };
      if (operation === ProtocolOperation.LDAP_REQ_BIND) {
        const bind = parse(new BindRequest({ messageId }));
        signedIn = bind.password === password;
        return send(socket, messageId, operation + 1, signedIn ? 0 : 49);
      }
      if (operation === ProtocolOperation.LDAP_REQ_SEARCH) {
        return search(messageId, readSearch(reader));
      }
      if (!signedIn) return reply(50);
      if (operation === ProtocolOperation.LDAP_REQ_ADD) {
        const request = parse(new AddRequest({ messageId, dn: "" }));
        const detail = request.attributes.map(({ type, parsedBuffers }) => `${type}: ${parsedBuffers.map(show).join(" | ")}`);
        requests.push({ operation: "add", dn: request.dn, detail: detail.join("\n") });
        return reply(add(request.dn, request.attributes));
      }
      if (operation === ProtocolOperation.LDAP_REQ_MODIFY) {
        const request = parse(new ModifyRequest({ messageId }));
        const detail = request.changes.map(
          ({ operation: what, modification: { type, parsedBuffers } }) =>
            `${what} ${type}: ${parsedBuffers.map(show).join(" | ")}`,
        );
        requests.push({ operation: "modify", dn: request.dn, detail: detail.join("\n") });
        return reply(modify(request));
      }
      parse(new ExtendedRequest({ messageId }));
      return reply(2);
    }

    function search(messageId: number, request: ReadSearch): void {
      requests.push({ operation: "search", dn: request.base, detail: formatFilter(request.filter) });
      const done = (code: number, controls: Control[] = []): void =>
        send(socket, messageId, ProtocolOperation.LDAP_RES_SEARCH, code, controls);
      if (!signedIn) return done(0);
      if (lies.has("size-limit")) return done(4);
      const base = request.scope === 0 ? find(request.base) : undefined;
      if (request.scope === 0 && !base) return done(request.base === "" ? 0 : 32);
      const isBelow = ({ dn }: FakeEntry): boolean => dn.toLowerCase().endsWith(request.base.toLowerCase());
      const hits = (base ? [base] : entries.filter(isBelow)).filter((entry) => matches(entry, request.filter));
      const { paging } = request;
      const size = paging && !lies.has("ignores-paging") ? paging.size : hits.length;
      const start = Number(paging?.cookie?.toString() || 0);
      const from = lies.has("repeats-a-page") && start > 0 ? start - 1 : start;
      const page = lies.has("empty-page-before-the-end") && start > 0 ? [] : hits.slice(from, from + size);
      for (const { dn, values } of page) {
        const shown = [...values].filter(
          ([key]) => request.attributes.includes(key) && !(lies.has("hides-ids") && /uuid|guid/.test(key)),
        );
        sendEntry(socket, messageId, { dn, values: showRanges(request, values) ?? shown.map(([, value]) => value) });
      }
      if (lies.has("refers-elsewhere")) sendReference(socket, messageId);
      if (!paging || lies.has("ignores-paging")) return done(0);
      const more = start + size < hits.length;
      done(0, [new PagedResultsControl({ value: { size: 0, cookie: Buffer.from(more ? String(start + size) : "") } })]);
      if (lies.has("forgets-who-we-are")) socket.destroy();
    }
  };

  const server = tls ? createTlsServer({ cert: tls.certificate, key: tls.key }, serve) : createServer(serve);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as { port: number };
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `${tls ? "ldaps" : "ldap"}://127.0.0.1:${port}`,
    entries,
    lies,
    requests,
    hangUp,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        hangUp();
      }),
  };
}

function isGroup(values: Values): boolean {
  return (values.get("objectclass")?.values ?? []).some((value) => /^group/i.test(value.toString()));
}

function toKey(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

export function readText(values: Values, attribute: string): string | undefined {
  return values.get(attribute.toLowerCase())?.values[0]?.toString("utf8");
}

export function setValues(values: Values, name: string, list: Buffer[]): void {
  if (list.length === 0) values.delete(name.toLowerCase());
  else values.set(name.toLowerCase(), { name, values: list });
}

function formatGuidOf({ values }: FakeEntry): string | undefined {
  const bytes = values.get("objectguid")?.values[0];
  if (!bytes) return undefined;
  const swap = (part: Buffer): string => Buffer.from(part).reverse().toString("hex");
  const tail = bytes.subarray(8).toString("hex");
  return `${swap(bytes.subarray(0, 4))}-${swap(bytes.subarray(4, 6))}-${swap(bytes.subarray(6, 8))}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

function show(value: Buffer): string {
  const text = value.toString("utf8");
  return Buffer.from(text).equals(value) && !text.includes("\0") ? text : `hex:${value.toString("hex")}`;
}
