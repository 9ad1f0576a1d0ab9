import type { Behaviour } from "./behaviour.ts";
import { connections } from "./connections.ts";
import { httpServers } from "./http-servers.ts";
import { links } from "./links.ts";
import { names } from "./names.ts";
import { proxies } from "./proxies.ts";
import { tlsServers } from "./tls-servers.ts";

/** Everything the kit can do to a probe. A new behaviour is a row in its family's table. */
export const behaviours: readonly Behaviour[] = [...connections, ...httpServers, ...tlsServers, ...links, ...names, ...proxies];
