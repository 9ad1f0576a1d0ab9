/** What the Windows registry says about the person's proxy. */
export interface RegistryProxy {
  readonly enabled: boolean;
  /** `10.0.0.1:3128`, or `http=…;https=…`. */
  readonly server?: string | undefined;
  readonly pacUrl?: string | undefined;
}

/** Reads `reg query` of the Internet Settings key. Names, types and data of values are the same in every language of Windows. */
export function parseRegistryProxy(text: string): RegistryProxy {
  const read = (name: string): string | undefined =>
    new RegExp(`^\\s+${name}\\s+REG_(?:SZ|EXPAND_SZ|DWORD)\\s+(\\S.*?)\\s*$`, "im").exec(text)?.[1];
  return { enabled: Number(read("ProxyEnable") ?? 0) === 1, server: read("ProxyServer"), pacUrl: read("AutoConfigURL") };
}

/** Without the name and the password that may stand in it, and without a query. */
export function withoutCredentials(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/@]*@/i, "$1").replace(/[?#].*$/, "");
}
