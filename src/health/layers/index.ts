import type { Layer } from "../layer.ts";
import { httpLayer } from "./http.ts";
import { nameLayer } from "./name.ts";
import { networkLayer } from "./network.ts";
import { tlsLayer } from "./tls.ts";
import { tunnelLayer } from "./tunnel.ts";

/** Lowest first. A new layer is one file and one line here. */
export const layers = [nameLayer, networkLayer, tunnelLayer, tlsLayer, httpLayer] satisfies readonly Layer[];
