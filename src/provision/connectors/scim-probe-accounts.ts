import { Failure } from "../../platform/failure.ts";
import { type AccountState, toNameKey } from "../account.ts";
import type { Profile } from "../profile.ts";
import { listScimUsers } from "./scim-list.ts";
import type { Json, ScimProbe } from "./scim-probe.ts";
import { readScimUser, toActivePatch } from "./scim-user.ts";

const shownName = "wardctl probe";
const namePrefix = "wardctl-probe-";

/** A test account, known by its name. */
export function makeState(marker: string, n: number, change: Partial<AccountState> = {}): AccountState {
  const attributes = { displayName: shownName, formattedName: shownName, givenName: "wardctl", title: "probe" };
  return {
    externalId: `${namePrefix}${marker}/${n}`,
    userName: `${namePrefix}${marker}-${n}`,
    active: true,
    attributes,
    ...change,
  };
}

/** Test accounts of this and of earlier probes: by their name, their external id and what they show, all three. */
export async function listOwn({ system, line }: ScimProbe): Promise<readonly Json[]> {
  const own: Json[] = [];
  await listScimUsers({
    system,
    line,
    pageSize: 100,
    readUser(value) {
      const user = value as Json;
      const named = toNameKey(String(user["userName"])).startsWith(namePrefix);
      if (named && user["displayName"] === shownName && !own.includes(user)) own.push(user);
      return readScimUser(value);
    },
  });
  return own;
}

interface Cleaned {
  readonly remove: Profile["remove"];
  readonly disabled: readonly string[];
  readonly left: readonly string[];
}

/** 500 on DELETE was seen where something refers to the account (provision.md §15): then it is disabled. */
export async function cleanUp(request: ScimProbe, made: ReadonlySet<string>): Promise<Cleaned> {
  const { line } = request;
  const names = new Map([...made].map((id) => [id, id]));
  await orNothing(async () => {
    for (const user of await listOwn(request)) names.set(String(user["id"]), String(user["userName"]));
  });
  const disabled: string[] = [];
  const left: string[] = [];
  let removed = 0;
  for (const [id, name] of names) {
    const path = `/Users/${encodeURIComponent(id)}`;
    const gone = await orNothing(() => line.send({ method: "DELETE", path }));
    if (gone && (gone.status < 300 || gone.status === 404)) {
      removed += 1;
      continue;
    }
    const patched = await orNothing(() => line.send({ method: "PATCH", path, body: toActivePatch(false) }));
    if (patched && patched.status < 300) disabled.push(name);
    else left.push(name);
  }
  return { remove: names.size === 0 ? null : removed === names.size ? "works" : "refused", disabled, left };
}

async function orNothing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
