import { listPlaceholders } from "../../../platform/placeholders.ts";
import type { Words } from "../../../platform/words.ts";
import { managedKeys } from "../../account.ts";
import { restWords as words } from "./rest-words.ts";
import type { MembershipDefinition, RestDefinition } from "./settings.ts";

interface DefinitionFault {
  readonly path: readonly PropertyKey[];
  readonly message: Words;
}

const stateNames = ["username", "externalId", "active", ...managedKeys];

/** As it was written: parts may be missing or be something else, which the schema tells of in the same run. */
type Written<Value> = Value extends readonly unknown[]
  ? Value | undefined
  : Value extends object
    ? { readonly [Key in keyof Value]?: Written<Value[Key]> } | undefined
    : Value | undefined;

/**
 * What a schema cannot say of a definition: names that mean something at their place, exactly one method, paging that can go on. Secrets stand only
 * where they are not logged: in the sign-in's body and in headers. Pure.
 */
export function checkDefinition(definition: Written<RestDefinition>): DefinitionFault[] {
  const {
    auth,
    headers,
    list,
    find,
    correlation,
    create,
    update,
    disable,
    enable,
    setPassword,
    sendLink,
    endSessions,
    roles,
    groups,
  } = definition ?? {};
  return [
    ...checkAuth(auth),
    ...checkNames(["headers"], headers, [], true),
    ...checkNames(["list", "get"], list?.get, pagingNames),
    ...checkNames(["list", "count", "get"], list?.count?.get, []),
    ...checkPaging(["list"], list ?? {}),
    ...checkNames(["find", "id", "get"], find?.id?.get, ["id"]),
    ...checkNeeds(["find", "id", "get"], find?.id?.get, "id"),
    ...checkNames(["find", "username", "get"], find?.username?.get, ["username"]),
    ...checkNames(["find", "externalId", "get"], find?.externalId?.get, ["externalId"]),
    ...(find?.externalId && correlation?.strong === null ? [{ path: ["find", "externalId"], message: words.noStrong }] : []),
    ...checkWrite(["create"], create, stateNames),
    ...checkWrite(["update"], update, ["id"]),
    ...checkWrite(["disable"], disable, ["id"]),
    ...checkWrite(["enable"], enable, ["id"]),
    ...checkWrite(["setPassword"], setPassword, ["id"]),
    ...checkWrite(["sendLink"], sendLink, ["id", "lifespan"]),
    ...checkWrite(["endSessions"], endSessions, ["id"]),
    ...checkMemberships("roles", roles),
    ...checkMemberships("groups", groups),
    ...(roles?.create === undefined ? [] : [{ path: ["roles", "create"], message: words.rolesAreNotMade }]),
    ...((disable === undefined) === (enable === undefined)
      ? []
      : [{ path: [disable ? "disable" : "enable"], message: words.bothOrNone }]),
    ...(update?.post !== undefined && update.sends === undefined ? [{ path: ["update", "post"], message: words.saySends }] : []),
    ...(update?.put !== undefined && update.sends === "changes" ? [{ path: ["update", "sends"], message: words.putWipes }] : []),
  ];
}

function checkAuth(auth: Written<RestDefinition["auth"]>): DefinitionFault[] {
  if (auth?.kind === "cookie") {
    const { post, json, form } = auth.login ?? {};
    return [
      ...checkNames(["auth", "login", "post"], post, []),
      ...checkNames(["auth", "login"], { json, form }, [], true),
      ...(json !== undefined && form !== undefined ? [{ path: ["auth", "login", "form"], message: words.oneBody }] : []),
    ];
  }
  if (auth?.kind !== "oauth2") return checkNames(["auth"], auth, [], true);
  const { tokenUrl, issuer, ...rest } = auth;
  return [...checkNames(["auth"], { tokenUrl, issuer }, []), ...checkNames(["auth"], rest, [], true)];
}

const pagingNames = ["offset", "page", "cursor", "limit"];

function checkMemberships(name: "roles" | "groups", part: Written<MembershipDefinition>): DefinitionFault[] {
  if (!part) return [];
  const { list, holders, held, of, add, remove, create } = part;
  const byRecord = held !== undefined && add === undefined && remove === undefined;
  return [
    ...checkNames([name, "list", "get"], list?.get, pagingNames),
    ...checkNames([name, "list", "count", "get"], list?.count?.get, []),
    ...checkPaging([name, "list"], list ?? {}),
    ...checkNames([name, "holders", "get"], holders?.get, [...pagingNames, "membership", "name"]),
    ...checkNames([name, "holders", "count", "get"], holders?.count?.get, ["membership", "name"]),
    ...(holders ? checkPaging([name, "holders"], holders) : []),
    ...(holders && !namesOne(holders.get) ? [{ path: [name, "holders", "get"], message: words.mustName("membership") }] : []),
    ...((holders === undefined) === (held === undefined) ? [{ path: [name], message: words.holdersOrHeld }] : []),
    ...checkNames([name, "of", "get"], of?.get, ["id"]),
    ...checkNeeds([name, "of", "get"], of?.get, "id"),
    ...checkMembershipWrite([name, "add"], add),
    ...checkMembershipWrite([name, "remove"], remove),
    ...((add === undefined) === (remove === undefined) && (byRecord || add !== undefined)
      ? []
      : [{ path: [name], message: words.addAndRemove }]),
    ...checkWrite([name, "create"], create, ["name"]),
  ];
}

function checkMembershipWrite(path: readonly string[], request: Written<MembershipDefinition["add"]>): DefinitionFault[] {
  if (!request) return [];
  const text = JSON.stringify(request);
  return [
    ...checkWrite(path, request, ["id", "membership", "name"], false),
    ...(listPlaceholders(text).includes("id") ? [] : [{ path, message: words.mustName("id") }]),
    ...(namesOne(text) ? [] : [{ path, message: words.mustName("membership") }]),
  ];
}

function namesOne(template: unknown): boolean {
  return typeof template === "string" && listPlaceholders(template).some((name) => name === "membership" || name === "name");
}

function checkPaging(
  path: readonly string[],
  { paging, get, next, total, count }: NonNullable<Written<RestDefinition["list"]>>,
): DefinitionFault[] {
  const needed = paging === "offset" || paging === "page" || paging === "cursor" ? paging : undefined;
  const needsNext = paging === "next" || paging === "cursor";
  return [
    ...(needed === undefined ? [] : checkNeeds([...path, "get"], get, needed)),
    ...(needsNext && next === undefined ? [{ path: [...path, "paging"], message: words.needsNext(paging) }] : []),
    ...(total !== undefined && count !== undefined ? [{ path: [...path, "count"], message: words.oneTotal }] : []),
  ];
}

type Methods = Partial<Record<"post" | "put" | "patch" | "delete", unknown>> & {
  readonly json?: unknown;
  readonly form?: unknown;
};

function checkWrite(
  path: readonly string[],
  request: Methods | undefined,
  names: readonly string[],
  addressesId = names.includes("id"),
): DefinitionFault[] {
  if (!request) return [];
  const { post, put, patch, delete: remove, json, form } = request;
  const methods = [post, put, patch, remove].filter((method) => method !== undefined);
  return [
    ...(methods.length === 1 ? [] : [{ path, message: words.oneMethod }]),
    ...(json !== undefined && form !== undefined ? [{ path: [...path, "form"], message: words.oneBody }] : []),
    ...checkNames(path, { post, put, patch, delete: remove }, names),
    // A password stands in bodies only: addresses are logged on the way.
    ...checkNames(path, { json, form }, takesPassword(path) ? [...names, "password"] : names),
    ...(addressesId ? methods.flatMap((method) => checkNeeds(path, method, "id")) : []),
  ];
}

function takesPassword([name]: readonly string[]): boolean {
  return name === "create" || name === "setPassword";
}

function checkNeeds(path: readonly string[], template: unknown, name: string): DefinitionFault[] {
  if (typeof template !== "string" || listPlaceholders(template).includes(name)) return [];
  return [{ path, message: words.needs(name) }];
}

function checkNames(
  path: readonly PropertyKey[],
  template: unknown,
  names: readonly string[],
  secrets = false,
): DefinitionFault[] {
  if (typeof template === "string") {
    const wrong = listPlaceholders(template).filter((name) => !isKnown(name, names, secrets));
    return wrong.map((name) => ({
      path,
      message: words.unknownName(name, [...names, "var.…", ...(secrets ? ["secret.…"] : [])]),
    }));
  }
  if (typeof template !== "object" || template === null) return [];
  const entries: (readonly [PropertyKey, unknown])[] = Array.isArray(template)
    ? [...template.entries()]
    : Object.entries(template);
  return entries.flatMap(([key, value]) => checkNames([...path, key], value, names, secrets));
}

function isKnown(name: string, names: readonly string[], secrets: boolean): boolean {
  return names.includes(name) || /^var\.\w+$/.test(name) || (secrets && /^secret\.\w+$/.test(name));
}
