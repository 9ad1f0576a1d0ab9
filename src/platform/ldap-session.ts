import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectTls, rootCertificates } from "node:tls";
import type * as Ldapts from "ldapts";
import { describeNotLetIn, describeSilence } from "./ldap-faults.ts";

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

export interface LdapSession {
  readonly client: Ldapts.Client;
  isUsable(): boolean;
  /** A page without entries that yet says "more" (Active Directory does): ldapts takes it for the end. */
  hasLostPages(): boolean;
}

/** Connects, agrees on TLS where asked, signs in. Failure kinds: unavailable, denied. */
export async function openLdapSession(ldapts: typeof Ldapts, options: LdapOptions): Promise<LdapSession> {
  const { url, bindDn, password, startTls = false, ca, deadlineMs = 30_000 } = options;
  const { protocol, host, hostname } = new URL(url);
  const server = hostname.replace(/^\[|\]$/g, "");
  const trust = {
    host: server,
    servername: isIP(server) ? undefined : server,
    ca: ca === undefined ? undefined : [...rootCertificates, ca],
  };
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
    throw describeSilence(error, host, deadlineMs);
  }
  return { client, isUsable: () => client.isBound && !closed, hasLostPages: () => lostPages };
}

/**
 * One session for all, opened when first needed. One that ended is never used again: ldapts would connect anew without signing in, and then
 * read what strangers may read.
 */
export function keepSession(open: () => Promise<LdapSession>): {
  getSession(): Promise<LdapSession>;
  closeSession(): Promise<void>;
} {
  let current: Promise<LdapSession> | undefined;
  const getSession = async (): Promise<LdapSession> => {
    for (;;) {
      current ??= open();
      const mine = current;
      try {
        const session = await mine;
        if (session.isUsable()) return session;
      } catch (error) {
        if (current === mine) current = undefined;
        throw error;
      }
      if (current === mine) current = undefined;
    }
  };
  const closeSession = async (): Promise<void> => {
    const session = await current?.catch(() => undefined);
    current = undefined;
    await session?.client.unbind().catch(() => undefined);
  };
  return { getSession, closeSession };
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
