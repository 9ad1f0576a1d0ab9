import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectTls, rootCertificates } from "node:tls";
import type { Attribute, Change, Client, Control, Entry } from "ldapts";
import { Failure } from "./failure.ts";
import { describeLostPages, describeNotLetIn, describeSilence, describeUnread, toServerWords } from "./ldap-faults.ts";

/** An entry as a server showed it. Attribute names are lower case; values are text, or bytes where they were asked for as bytes. */
export interface LdapEntry {
  readonly dn: string;
  readonly values: ReadonlyMap<string, readonly (string | Buffer)[]>;
}

export interface LdapSearch {
  readonly base: string;
  readonly scope: "base" | "sub";
  /** RFC 4515, values already escaped. */
  readonly filter: string;
  readonly attributes: readonly string[];
  /** Those of `attributes` that are bytes and not text. */
  readonly binary?: readonly string[];
}

export interface LdapChange {
  readonly operation: "add" | "delete" | "replace";
  readonly attribute: string;
  readonly values: readonly (string | Buffer)[];
}

/** A server's answer to a write: 0 is success, everything else a result code of RFC 4511 appendix A. */
export interface LdapResult {
  readonly code: number;
  /** The server's own words. */
  readonly message: string;
}

/** Failure kinds of all of them: unavailable (no answer: it may or may not have happened), denied (the sign-in was refused). */
export interface LdapClient {
  /** Referrals are left out. */
  search(search: LdapSearch): Promise<LdapResult & { readonly entries: readonly LdapEntry[] }>;
  /** Every entry, page by page (RFC 2696), on a connection of its own. Throws when a page says that there is more and no more can be had. */
  pages(search: LdapSearch, pageSize: number, signal?: AbortSignal): AsyncGenerator<readonly LdapEntry[]>;
  add(dn: string, attributes: Readonly<Record<string, readonly string[]>>): Promise<LdapResult>;
  /** With `assertion` (a filter, RFC 4528) nothing changes unless the entry matches it; where the server cannot, it is left out. */
  modify(dn: string, changes: readonly LdapChange[], assertion?: string): Promise<LdapResult>;
  /** RFC 3062. */
  setPassword(dn: string, secret: string): Promise<LdapResult>;
  close(): Promise<void>;
}

export interface LdapOptions {
  readonly url: string;
  readonly bindDn: string;
  readonly password: string;
  /** RFC 4511 §4.14, before anything else is said. */
  readonly startTls?: boolean;
  /** PEM of a further root to trust. */
  readonly ca?: string;
  /** Wall-clock limit of one request, and of connecting and signing in. */
  readonly deadlineMs?: number;
}

const assertionControl = "1.3.6.1.1.12";
const passwordModify = "1.3.6.1.4.1.4203.1.11.1";

interface Session {
  readonly client: Client;
  isUsable(): boolean;
  /** A page without entries that yet says "more" (Active Directory does): ldapts takes it for the end. */
  hasLostPages(): boolean;
}

/**
 * A client on ldapts, loaded when first used. ldapts would connect again without signing in, and then read what strangers may read;
 * so a session that ended is never used again: a new one is opened, TLS and sign-in included.
 */
export async function createLdapClient(options: LdapOptions): Promise<LdapClient> {
  const ldapts = await import("ldapts");
  const { url, bindDn, password, startTls = false, ca, deadlineMs = 30_000 } = options;
  const { protocol, host, hostname } = new URL(url);
  const server = hostname.replace(/^\[|\]$/g, "");
  const trust = {
    host: server,
    servername: isIP(server) ? undefined : server,
    ca: ca === undefined ? undefined : [...rootCertificates, ca],
  };
  const toFailure = (error: unknown): Failure => describeSilence(error, host, deadlineMs);

  const open = async (): Promise<Session> => {
    let closed = false;
    let lostPages = false;
    const watch = <T extends Socket>(socket: T): T => {
      // Eight requests share the line; Nagle would hold each back until the server has acknowledged the one before (40 ms).
      socket.setNoDelay(true);
      socket.once("close", () => {
        closed = true;
      });
      return socket;
    };
    const client = new ldapts.Client({
      url,
      timeout: deadlineMs,
      connectTimeout: deadlineMs,
      // Any tlsOptions make ldapts speak TLS, to ldap:// as well.
      ...(protocol === "ldaps:" ? { tlsOptions: trust } : {}),
      createConnection: ((port: number, name: string) => watch(connectPlain(port, name))) as typeof connectPlain,
      createSecureConnection: ((...args: Parameters<typeof connectTls>) => watch(connectTls(...args))) as typeof connectTls,
    });
    const { messageParser } = client as unknown as { messageParser: NodeJS.EventEmitter };
    messageParser.on("message", (message: unknown) => {
      if (!(message instanceof ldapts.SearchResponse)) return;
      if (message.searchEntries.length + message.searchReferences.length > 0) return;
      lostPages ||= (message.controls ?? []).some(
        (control) => control instanceof ldapts.PagedResultsControl && (control.value?.cookie?.length ?? 0) > 0,
      );
    });
    const signIn = async (): Promise<void> => {
      if (startTls) await client.startTLS({ ...trust });
      await client.bind(bindDn, password);
    };
    try {
      await withDeadline(signIn(), deadlineMs);
    } catch (error) {
      await client.unbind().catch(() => undefined);
      if (error instanceof ldapts.ResultCodeError) throw describeNotLetIn(host, error.code);
      throw toFailure(error);
    }
    return { client, isUsable: () => client.isBound && !closed, hasLostPages: () => lostPages };
  };

  let current: Promise<Session> | undefined;
  const getClient = async (): Promise<Client> => {
    for (;;) {
      current ??= open();
      const mine = current;
      try {
        const session = await mine;
        if (session.isUsable()) return session.client;
      } catch (error) {
        if (current === mine) current = undefined;
        throw error;
      }
      if (current === mine) current = undefined;
    }
  };

  const ask = async <T>(work: (client: Client) => Promise<T>): Promise<LdapResult & { readonly value?: T }> => {
    const client = await getClient();
    try {
      return { code: 0, message: "", value: await work(client) };
    } catch (error) {
      // 248 is ldapts's own: no result came.
      if (!(error instanceof ldapts.ResultCodeError) || error.code === 248) throw toFailure(error);
      return { code: error.code, message: toServerWords(error.message) };
    }
  };

  const toSearchOptions = ({ scope, filter, attributes, binary = [] }: LdapSearch) => ({
    scope,
    filter,
    attributes: [...attributes],
    explicitBufferAttributes: [...binary],
    timeLimit: Math.ceil(deadlineMs / 1000),
  });

  let controls: Promise<ReadonlySet<string>> | undefined;
  const readControls = async (): Promise<ReadonlySet<string>> => {
    const search = { base: "", scope: "base" as const, filter: "(objectClass=*)", attributes: ["supportedControl"] };
    const { value } = await ask((client) => client.search("", toSearchOptions(search)));
    return new Set(value?.searchEntries.flatMap((entry) => toEntry(entry).values.get("supportedcontrol") ?? []).map(String));
  };

  const toAssertion = (filter: string): Control =>
    Object.assign(new ldapts.Control(assertionControl, { critical: true }), {
      writeControl(writer: InstanceType<typeof ldapts.BerWriter>) {
        const value = new ldapts.BerWriter();
        ldapts.FilterParser.parseString(filter).write(value);
        writer.writeBuffer(value.buffer, ldapts.Ber.OctetString);
      },
    });

  const toAttribute = (type: string, values: readonly (string | Buffer)[]): Attribute =>
    new ldapts.Attribute({ type, values: [...values] as string[] | Buffer[] });

  return {
    async search(search) {
      const { value, ...result } = await ask((client) => client.search(search.base, toSearchOptions(search)));
      return { ...result, entries: value?.searchEntries.map(toEntry) ?? [] };
    },
    async *pages(search, pageSize, signal) {
      const session = await open();
      try {
        const pages = session.client.searchPaginated(search.base, { ...toSearchOptions(search), paged: { pageSize } });
        for (;;) {
          const next = pages.next();
          const page = await withSignal(next, signal);
          if (session.hasLostPages()) throw describeLostPages(host);
          if (page.done) return;
          yield page.value.searchEntries.map(toEntry);
        }
      } catch (error) {
        if (error instanceof Failure) throw error;
        if (error instanceof ldapts.ResultCodeError) throw describeUnread(host, error.code, error.message);
        throw toFailure(error);
      } finally {
        await session.client.unbind().catch(() => undefined);
      }
    },
    add: (dn, attributes) =>
      ask((client) =>
        client.add(
          dn,
          Object.entries(attributes).map(([type, values]) => toAttribute(type, values)),
        ),
      ),
    async modify(dn, changes, assertion) {
      if (assertion !== undefined) {
        controls ??= readControls().catch((error: unknown) => {
          controls = undefined;
          throw error;
        });
      }
      const asserts = assertion !== undefined && (await controls)?.has(assertionControl) === true;
      const list: Change[] = changes.map(
        ({ operation, attribute, values }) => new ldapts.Change({ operation, modification: toAttribute(attribute, values) }),
      );
      return ask((client) => client.modify(dn, list, asserts ? toAssertion(assertion) : undefined));
    },
    setPassword: (dn, secret) =>
      ask((client) => {
        const writer = new ldapts.BerWriter();
        writer.startSequence();
        writer.writeString(dn, 0x80);
        writer.writeString(secret, 0x82);
        writer.endSequence();
        return client.exop(passwordModify, writer.buffer);
      }),
    async close() {
      const session = await current?.catch(() => undefined);
      current = undefined;
      await session?.client.unbind().catch(() => undefined);
    },
  };
}

function toEntry(entry: Entry): LdapEntry {
  const values = Object.entries(entry).flatMap(([name, value]) => {
    const list = Array.isArray(value) ? value : [value];
    return name === "dn" || list.length === 0 ? [] : [[name.toLowerCase(), list] as const];
  });
  return { dn: entry.dn, values: new Map(values) };
}

async function withDeadline(work: Promise<void>, deadlineMs: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(Object.assign(new Error("sign-in timed out"), { code: "ETIMEDOUT" })), deadlineMs);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

async function withSignal<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(new Failure("cancelled", { vi: "đã dừng", en: "cancelled" }));
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    work.catch(() => undefined);
    aborted.promise.catch(() => undefined);
  }
}
