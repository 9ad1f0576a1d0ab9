import { type ManagedKey, managedKeys } from "../account.ts";
import type { Profile } from "../profile.ts";
import { enterpriseSchema, splitPath, userPaths, userSchema } from "./scim-user.ts";

type Json = Readonly<Record<string, unknown>>;

/** What the service's own description says (RFC 7643 §7): a claim, which a trial by writing may show to be wrong. */
export type SchemaFacts = Pick<Profile, "notHeld" | "uniqueNames" | "caseExactNames">;

export const nothingDescribed: SchemaFacts = { notHeld: null, uniqueNames: null, caseExactNames: null };

/** `body` is the answer of /Schemas: a list, for some a bare one. Pure. */
export function readSchemaFacts(body: unknown): SchemaFacts {
  const list = Array.isArray(body) ? body : (body as Json | undefined)?.["Resources"];
  if (!Array.isArray(list)) return nothingDescribed;
  const schemas = list as readonly (Json | null)[];
  const listAttributes = (id: string): readonly Json[] | undefined => {
    const attributes = schemas.find((schema) => schema?.["id"] === id)?.["attributes"];
    return Array.isArray(attributes) ? (attributes as Json[]) : undefined;
  };
  const user = listAttributes(userSchema);
  if (!user) return nothingDescribed;
  const enterprise = listAttributes(enterpriseSchema);
  const find = (attributes: readonly Json[] | undefined, name: string): Json | undefined =>
    attributes?.find((one) => String(one["name"]).toLowerCase() === name.toLowerCase());
  /** The attribute with the one it stands in. What is not described is not said to be otherwise than usual. */
  const listPath = (key: ManagedKey): readonly (Json | undefined)[] => {
    const [holder, member] = splitPath(userPaths[key]);
    if (holder === enterpriseSchema) return [find(enterprise, member)];
    if (holder === undefined) return [find(user, member)];
    const parent = find(user, holder);
    const parts = parent?.["subAttributes"];
    return [parent, Array.isArray(parts) ? find(parts as Json[], member) : undefined];
  };
  const isHeld = (attribute: Json | undefined): boolean =>
    attribute?.["mutability"] !== "readOnly" && attribute?.["returned"] !== "never" && attribute?.["returned"] !== "request";
  const userName = find(user, "userName");
  return {
    notHeld: managedKeys.filter((key) => !listPath(key).every(isHeld)),
    // "server" and "global" are promises that some servers do not keep.
    uniqueNames: userName?.["uniqueness"] === "none" ? false : null,
    caseExactNames: typeof userName?.["caseExact"] === "boolean" ? userName["caseExact"] : null,
  };
}
