/** An HTTP proxy between this machine and the others. */
export interface HttpProxy {
  readonly host: string;
  readonly port: number;
  /** Value of Proxy-Authorization; never shown. */
  readonly authorization?: string;
}

/** The proxy on the way to a place; undefined: go direct. */
export type FindProxy = (url: URL) => HttpProxy | undefined;
