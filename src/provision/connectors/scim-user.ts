import { type Account, type AccountState, type ManagedKey, managedKeys, readState, type StateKey } from "../account.ts";

export const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
export const enterpriseSchema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** RFC 7643 §4.1, §4.3: where each managed attribute stands. The two lists are found by type `work`. */
export const userPaths: Readonly<Record<ManagedKey, string>> = {
  displayName: "displayName",
  formattedName: "name.formatted",
  givenName: "name.givenName",
  title: "title",
  userType: "userType",
  employeeNumber: `${enterpriseSchema}:employeeNumber`,
  unit: `${enterpriseSchema}:organization`,
  department: `${enterpriseSchema}:department`,
  email: "emails",
  phone: "phoneNumbers",
};

type Json = Readonly<Record<string, unknown>>;

/** Undefined when it is no user: without id or userName an answer proves nothing. `absent`: what an account without `active` is. */
export function readScimUser(value: unknown, absent = true): Account | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const user = value as Json;
  const id = user["id"];
  const userName = user["userName"];
  if (typeof id !== "string" || id === "" || typeof userName !== "string") return undefined;
  const externalId = user["externalId"];
  const places = listPlaces(user);
  const attributes: Partial<Record<ManagedKey, string | null>> = {};
  for (const key of managedKeys) attributes[key] = readText(places[key]);
  return {
    id,
    userName,
    externalId: typeof externalId === "string" && externalId !== "" ? externalId : undefined,
    active: readActive(user["active"]) ?? absent,
    attributes,
  };
}

function readActive(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  return typeof value === "string" ? value.toLowerCase() !== "false" : undefined;
}

/**
 * Reads users of one service. Some leave `active` out when it is false, some when it is true, and RFC 7643 gives no default: absent counts as
 * active unless a profile knows better (`known`) or the same account was seen to say `true` before.
 */
export function createUserReader(known?: boolean): (value: unknown) => Account | undefined {
  const saidTrue = new Set<unknown>();
  return (value) => {
    const { id, active } = (value ?? {}) as Json;
    if (readActive(active) === true) saidTrue.add(id);
    return readScimUser(value, known ?? !saidTrue.has(id));
  };
}

function listPlaces(user: Json): Readonly<Record<ManagedKey, unknown>> {
  const name = user["name"] as Json | undefined;
  const enterprise = user[enterpriseSchema] as Json | undefined;
  return {
    displayName: user["displayName"],
    formattedName: name?.["formatted"],
    givenName: name?.["givenName"],
    title: user["title"],
    userType: user["userType"],
    employeeNumber: enterprise?.["employeeNumber"],
    unit: enterprise?.["organization"],
    department: enterprise?.["department"],
    email: findWorkValue(user["emails"]),
    phone: findWorkValue(user["phoneNumbers"]),
  };
}

function readText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value.normalize("NFC") : null;
}

function findWorkValue(list: unknown): unknown {
  if (!Array.isArray(list)) return undefined;
  // RFC 7643 §8.7.1: the kinds of an address are not told apart by case.
  return (list as Json[]).find((entry) => String(entry?.["type"]).toLowerCase() === "work")?.["value"];
}

/** The body of a create. Always displayName and name.formatted: a server that lacks one invents "Phương Nguyễn". */
export function toScimUser({ externalId, userName, active, attributes }: AccountState): Record<string, unknown> {
  const { displayName, formattedName, givenName, title, userType, employeeNumber, unit, department, email, phone } = attributes;
  return prune({
    schemas: [userSchema, enterpriseSchema],
    externalId,
    userName,
    active,
    displayName,
    name: prune({ formatted: formattedName, givenName }),
    title,
    userType,
    emails: email ? [{ type: "work", value: email, primary: true }] : undefined,
    phoneNumbers: phone ? [{ type: "work", value: phone }] : undefined,
    [enterpriseSchema]: prune({ employeeNumber, organization: unit, department }),
  });
}

function prune(value: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(value)) if (value[key] !== undefined && value[key] !== null) kept[key] = value[key];
  return kept;
}

/** RFC 7644 §3.5.2: lower-case `op`, explicit path, real booleans, one attribute an operation. */
export function toScimPatch(actual: AccountState, wanted: AccountState, keys: readonly StateKey[]): Record<string, unknown> {
  return {
    schemas: [patchSchema],
    Operations: keys.map((key) => toOperation(key, readState(actual, key), readState(wanted, key))),
  };
}

export function toActivePatch(active: boolean): Record<string, unknown> {
  return { schemas: [patchSchema], Operations: [{ op: "replace", path: "active", value: active }] };
}

/** What a PUT sends: everything that was read, changed by `change`, without what the service alone writes. */
export function toPutBody(user: Json, change: (user: Record<string, unknown>) => void): Record<string, unknown> {
  const { meta: _, ...body } = structuredClone(user) as Record<string, unknown>;
  change(body);
  return body;
}

/** Brings `keys` of a user as it was read to what `wanted` says, beside everything else it holds. */
export function setManaged(user: Record<string, unknown>, wanted: AccountState, keys: readonly StateKey[]): void {
  for (const key of keys) {
    const value = readState(wanted, key);
    if (key === "email" || key === "phone") {
      const others = ((user[userPaths[key]] as Json[] | undefined) ?? []).filter((entry) => entry["type"] !== "work");
      user[userPaths[key]] = value === null ? others : [{ type: "work", value }, ...others];
    } else if (key === "externalId" || key === "active") setMember(user, key, value);
    else {
      const [holder, member] = splitPath(userPaths[key]);
      if (holder === undefined) setMember(user, member, value);
      else {
        const inner = { ...(user[holder] as Record<string, unknown> | undefined) };
        setMember(inner, member, value);
        user[holder] = inner;
      }
    }
  }
}

export function splitPath(path: string): readonly [holder: string | undefined, member: string] {
  const at = path.startsWith("urn:") ? path.lastIndexOf(":") : path.indexOf(".");
  return at < 0 ? [undefined, path] : [path.slice(0, at), path.slice(at + 1)];
}

function setMember(holder: Record<string, unknown>, member: string, value: string | boolean | null): void {
  if (value === null) delete holder[member];
  else holder[member] = value;
}

/** RFC 7643 §4.1.1: `password` is written, never returned. */
export function toPasswordPatch(password: string): Record<string, unknown> {
  return { schemas: [patchSchema], Operations: [{ op: "replace", path: "password", value: password }] };
}

function toOperation(key: StateKey, before: string | boolean | null, after: string | boolean | null): Json {
  if (key === "email" || key === "phone") {
    // A filter that finds nothing is `noTarget` on some servers (RFC 7644 §3.5.2.1), so the first value is added as a whole.
    const list = userPaths[key];
    if (after === null) return { op: "remove", path: `${list}[type eq "work"]` };
    if (before === null) return { op: "add", path: list, value: [{ type: "work", value: after }] };
    return { op: "replace", path: `${list}[type eq "work"].value`, value: after };
  }
  const path = key === "externalId" || key === "active" ? key : userPaths[key];
  if (after === null) return { op: "remove", path };
  return { op: before === null ? "add" : "replace", path, value: after };
}
