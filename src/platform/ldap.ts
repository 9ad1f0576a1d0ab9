import type { Attribute, Change, Client } from "ldapts";
import { Failure } from "./failure.ts";
import { assertionControl, createAssertion, createPostRead } from "./ldap-controls.ts";
import { type LdapEntry, toEntry } from "./ldap-entry.ts";
import { describeLostPages, describeSilence, describeUnread, toServerWords } from "./ldap-faults.ts";
import { keepSession, type LdapOptions, type LdapSession, openLdapSession } from "./ldap-session.ts";

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
  /** `shows` attributes of the new entry come back with the answer where the server can (RFC 4527 §3.2). */
  add(
    dn: string,
    attributes: Readonly<Record<string, readonly string[]>>,
    shows?: readonly string[],
  ): Promise<LdapResult & { readonly entry?: LdapEntry | undefined }>;
  /** With `assertion` (a filter, RFC 4528) nothing changes unless the entry matches it; where the server cannot, it is left out. */
  modify(dn: string, changes: readonly LdapChange[], assertion?: string): Promise<LdapResult>;
  /** RFC 3062. */
  setPassword(dn: string, secret: string): Promise<LdapResult>;
  close(): Promise<void>;
}

const passwordModify = "1.3.6.1.4.1.4203.1.11.1";

/** A client on ldapts, which is loaded when this is first called. */
export async function createLdapClient(options: LdapOptions): Promise<LdapClient> {
  const ldapts = await import("ldapts");
  const { deadlineMs = 30_000 } = options;
  const { host } = new URL(options.url);
  const open = (): Promise<LdapSession> => openLdapSession(ldapts, options);
  const { getSession, closeSession } = keepSession(open);
  const toFailure = (error: unknown): Failure => describeSilence(error, host, deadlineMs);

  const ask = async <T>(work: (client: Client) => Promise<T>): Promise<LdapResult & { readonly value?: T }> => {
    const { client } = await getSession();
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
    async add(dn, attributes, shows = []) {
      const postRead = shows.length > 0 ? createPostRead(ldapts, shows) : undefined;
      const list = Object.entries(attributes).map(([type, values]) => toAttribute(type, values));
      const { code, message } = await ask((client) => client.add(dn, list, postRead?.control));
      return { code, message, entry: postRead?.readEntry() };
    },
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
      return ask((client) => client.modify(dn, list, asserts ? createAssertion(ldapts, assertion) : undefined));
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
    close: closeSession,
  };
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
