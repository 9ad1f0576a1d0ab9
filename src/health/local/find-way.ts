import { Failure } from "../../platform/failure.ts";
import type { Words } from "../../platform/words.ts";
import { createFindProxy, type HttpProxy } from "../proxy.ts";
import type { LocalScene } from "./finding.ts";

/** The proxy that probes of a place go through, none, or what is wrong with the setting. */
export function findWay(
  { proxy, environment }: Pick<LocalScene, "proxy" | "environment">,
  { scheme = "https", host, port }: { readonly scheme?: "http" | "https"; readonly host: string; readonly port: number },
): { readonly proxy: HttpProxy | undefined; readonly fault?: Words } {
  try {
    const name = host.includes(":") ? `[${host}]` : host;
    return { proxy: createFindProxy(proxy, environment)(new URL(`${scheme}://${name}:${port}/`)) };
  } catch (error) {
    if (error instanceof Failure) return { proxy: undefined, fault: error.words };
    throw error;
  }
}
