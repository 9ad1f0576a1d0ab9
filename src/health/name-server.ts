import { lookup, Resolver } from "node:dns/promises";

export type NameAnswer =
  | { readonly kind: "addresses"; readonly addresses: readonly string[] }
  | { readonly kind: "nx" }
  | { readonly kind: "servfail" }
  | { readonly kind: "timeout" };

export interface NameServer {
  resolve(name: string): Promise<NameAnswer>;
  /** Gives up what is still being asked. */
  close(): void;
}

/**
 * Asks the name servers given, or the machine's own, with c-ares: `dns.lookup` runs two wide (check.md §4). Without servers
 * given, a name that DNS does not know is also looked up as a browser would (hosts file, search list).
 */
export function createNameServer(servers: readonly string[], budgetMs: number): NameServer {
  // The second try of c-ares waits twice as long as the first: both fit into the budget.
  const resolver = new Resolver({ timeout: Math.max(50, Math.floor(budgetMs / 3)), tries: 2 });
  if (servers.length > 0) resolver.setServers([...servers]);
  const ask = async (query: Promise<string[]>): Promise<NameAnswer> => {
    try {
      return { kind: "addresses", addresses: await query };
    } catch (error) {
      return toAnswer((error as { code?: string }).code ?? "");
    }
  };
  return {
    async resolve(name) {
      const four = await ask(resolver.resolve4(name));
      if (four.kind === "addresses" || four.kind === "timeout") return four;
      const six = four.kind === "nx" ? await ask(resolver.resolve6(name)) : four;
      if (six.kind === "addresses" || servers.length > 0) return six;
      return lookup(name, { all: true }).then(
        (found) => ({ kind: "addresses", addresses: found.map(({ address }) => address) }),
        () => six,
      );
    },
    close: () => resolver.cancel(),
  };
}

function toAnswer(code: string): NameAnswer {
  if (code === "ENOTFOUND" || code === "ENODATA") return { kind: "nx" };
  if (code === "ETIMEOUT" || code === "ECONNREFUSED" || code === "ECANCELLED") return { kind: "timeout" };
  return { kind: "servfail" };
}
