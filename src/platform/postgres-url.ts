import { Failure } from "./failure.ts";
import { readText } from "./files.ts";

export interface PostgresAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | undefined;
  readonly database: string;
  readonly schema: string;
  readonly tls: { readonly ca: string | undefined } | undefined;
  /** Fit to be shown: no name, no password. */
  readonly shown: string;
}

const known = ["schema", "sslmode", "sslrootcert"];

/**
 * `postgresql://user:password@host:port/database?schema=hue&sslrootcert=ca.pem`. Away from this machine the line is encrypted and
 * the server must prove its name, unless `sslmode=disable` says otherwise in so many words. A host that is a folder (`%2Fvar%2Frun%2Fpostgresql`) is a
 * socket. Failure kinds: invalid (the address is not repeated: it may hold a password), unavailable (the certificate file).
 */
export async function readPostgresUrl(text: string): Promise<PostgresAddress> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2 || url.username === "" || !isDecodable(url)) {
    throw noAddress();
  }
  const unknown = [...url.searchParams.keys()].filter((name) => !known.includes(name));
  const mode = url.searchParams.get("sslmode");
  if (unknown.length > 0 || ![null, "disable", "verify-full"].includes(mode)) throw oddParameter(unknown[0] ?? `sslmode=${mode}`);
  const schema = url.searchParams.get("schema") ?? "wardctl";
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) throw oddParameter(`schema=${schema}`);
  const host = decodeURIComponent(url.hostname).replace(/^\[|\]$/g, "") || "localhost";
  const isNear = host.startsWith("/") || /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);
  const root = url.searchParams.get("sslrootcert");
  const isEncrypted = mode === "verify-full" || (mode === null && (!isNear || root !== null));
  const port = Number(url.port) || 5432;
  const database = decodeURIComponent(url.pathname.slice(1));
  return {
    host,
    port,
    user: decodeURIComponent(url.username),
    password: url.password === "" ? undefined : decodeURIComponent(url.password),
    database,
    schema,
    tls: isEncrypted ? { ca: root === null ? undefined : await readText(root) } : undefined,
    shown: `PostgreSQL ${host}:${port}/${database} (${schema})`,
  };
}

/** A lone `%` is no encoding of anything. */
function isDecodable({ username, password, hostname, pathname }: URL): boolean {
  return [username, password, hostname, pathname].every(canDecode);
}

function canDecode(part: string): boolean {
  try {
    return decodeURIComponent(part) !== undefined;
  } catch {
    return false;
  }
}

function noAddress(): Failure {
  return new Failure(
    "invalid",
    {
      vi: "store.url không phải địa chỉ PostgreSQL",
      en: "store.url is no PostgreSQL address",
    },
    {
      hint: {
        vi: "dạng postgresql://tên:mật-khẩu@máy:5432/cơ-sở-dữ-liệu?schema=hue; trong tên và mật khẩu, @ : / ? # % viết là %40 %3A %2F %3F %23 %25",
        en: "it looks like postgresql://name:password@host:5432/database?schema=hue; in name and password @ : / ? # % are written %40 %3A %2F %3F %23 %25",
      },
    },
  );
}

function oddParameter(parameter: string): Failure {
  return new Failure(
    "invalid",
    {
      vi: `store.url: không hiểu '${parameter}'`,
      en: `store.url: '${parameter}' is not understood`,
    },
    {
      hint: {
        vi: "chỉ có schema=<chữ thường>, sslmode=verify-full|disable, sslrootcert=<tệp>",
        en: "there are schema=<small letters>, sslmode=verify-full|disable and sslrootcert=<file>",
      },
    },
  );
}
