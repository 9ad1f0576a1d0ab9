import { listPlaceholders } from "../../../platform/placeholders.ts";
import type { Words } from "../../../platform/words.ts";
import { managedKeys } from "../../account.ts";
import { restWords as words } from "./rest-words.ts";
import type { RestDefinition } from "./settings.ts";

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
  const { auth, headers, list, find, correlation, create, update, disable, enable, setPassword, sendLink, endSessions } =
    definition ?? {};
  return [
    ...checkAuth(auth),
    ...checkNames(["headers"], headers, [], true),
    ...checkNames(["list", "get"], list?.get, ["offset", "page", "cursor", "limit"]),
    ...checkNames(["list", "count", "get"], list?.count?.get, []),
    ...checkPaging(list ?? {}),
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

function checkPaging({ paging, get, next, total, count }: NonNullable<Written<RestDefinition["list"]>>): DefinitionFault[] {
  const needed = paging === "offset" || paging === "page" || paging === "cursor" ? paging : undefined;
  const needsNext = paging === "next" || paging === "cursor";
  return [
    ...(needed === undefined ? [] : checkNeeds(["list", "get"], get, needed)),
    ...(needsNext && next === undefined ? [{ path: ["list", "paging"], message: words.needsNext(paging) }] : []),
    ...(total !== undefined && count !== undefined ? [{ path: ["list", "count"], message: words.oneTotal }] : []),
  ];
}

type Methods = Partial<Record<"post" | "put" | "patch", unknown>> & { readonly json?: unknown; readonly form?: unknown };

function checkWrite(path: readonly string[], request: Methods | undefined, names: readonly string[]): DefinitionFault[] {
  if (!request) return [];
  const { post, put, patch, json, form } = request;
  const methods = [post, put, patch].filter((method) => method !== undefined);
  return [
    ...(methods.length === 1 ? [] : [{ path, message: words.oneMethod }]),
    ...(json !== undefined && form !== undefined ? [{ path: [...path, "form"], message: words.oneBody }] : []),
    ...checkNames(path, { post, put, patch }, names),
    // A password stands in bodies only: addresses are logged on the way.
    ...checkNames(path, { json, form }, takesPassword(path) ? [...names, "password"] : names),
    ...(names.includes("id") ? methods.flatMap((method) => checkNeeds(path, method, "id")) : []),
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
