import type pg from "pg";
import { toPostgresFailure } from "./postgres-faults.ts";
import type { PostgresAddress } from "./postgres-url.ts";

const connectWithinMs = 10_000;
const answerWithinMs = 10 * 60_000;
/** How long a change may stand still in the middle. */
const idleInChangeMs = 5 * 60_000;
/** How long a write waits for another process's. */
export const waitMs = 5_000;

/** The driver's client, and another one in its place when it broke. */
export interface PostgresLine {
  client(): pg.Client;
  /** A working client, with our settings on it. */
  mend(): Promise<void>;
}

export async function createPostgresLine(driver: typeof pg, address: PostgresAddress): Promise<PostgresLine> {
  const types = { getTypeParser: createParsers(driver) };
  const broken = new WeakSet<pg.Client>();
  const connect = async (): Promise<pg.Client> => {
    const made = new driver.Client({
      host: address.host,
      port: address.port,
      user: address.user,
      password: address.password,
      database: address.database,
      ssl: address.tls ? { ca: address.tls.ca, rejectUnauthorized: true } : false,
      application_name: "wardctl",
      connectionTimeoutMillis: connectWithinMs,
      query_timeout: answerWithinMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      types,
    });
    // A connection that breaks between two statements is told by nobody.
    made.on("error", () => broken.add(made));
    made.on("end", () => broken.add(made));
    try {
      await guard(address, async () => {
        await made.connect();
        await made.query(toSettings(address.schema));
      });
      return made;
    } catch (error) {
      await made.end().catch(() => undefined);
      throw error;
    }
  };
  let client = await connect();
  return {
    client: () => client,
    async mend() {
      if (broken.has(client)) client = await connect();
    },
  };
}

/**
 * What this program's work depends on, whatever the server, the database or the role set for others (pg_dump does the same): each statement sees what was
 * committed before it, since a change first waits for its turn; a load may take as long as it takes; figures and bytes come whole. A machine that
 * fell asleep or lost its network, and a program that stands still between two statements, give their turn back within minutes.
 */
function toSettings(schema: string): string {
  const settings = {
    search_path: schema,
    lock_timeout: waitMs,
    statement_timeout: 0,
    idle_in_transaction_session_timeout: idleInChangeMs,
    tcp_keepalives_idle: 30,
    tcp_keepalives_interval: 10,
    tcp_keepalives_count: 3,
    default_transaction_isolation: "'read committed'",
    standard_conforming_strings: "on",
    extra_float_digits: 1,
    bytea_output: "hex",
  };
  return Object.entries(settings)
    .map(([name, value]) => `SET ${name} = ${value}`)
    .join("; ");
}

/** What the driver throws, as ours. */
export async function guard<T>(address: PostgresAddress, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toPostgresFailure(error, address.shown);
  }
}

/** As SQLite gives them: whole numbers as numbers (never silently rounded), truth as 0 and 1. */
function createParsers(driver: typeof pg): pg.CustomTypesConfig["getTypeParser"] {
  const { BOOL, INT8, NUMERIC } = driver.types.builtins;
  const toWhole = (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new Error(`${text} is beyond 2^53`);
    return value;
  };
  return ((oid: number, format?: "text" | "binary") => {
    if (oid === INT8 || oid === NUMERIC) return toWhole;
    if (oid === BOOL) return (text: string) => (text === "t" ? 1 : 0);
    return driver.types.getTypeParser(oid, format as "text");
  }) as pg.CustomTypesConfig["getTypeParser"];
}
