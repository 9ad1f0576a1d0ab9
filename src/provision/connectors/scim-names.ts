import { enterpriseSchema } from "./scim-user.ts";

/** Every name that is read here, as RFC 7643, 7644 and 9865 write it. */
const names = [
  ...["schemas", "id", "externalId", "meta", "version", "location", "detail", "status", "scimType"],
  ...["totalResults", "itemsPerPage", "startIndex", "Resources", "nextCursor", "previousCursor"],
  ...["userName", "name", "formatted", "familyName", "givenName", "displayName", "title", "userType", "active"],
  ...["emails", "phoneNumbers", "roles", "members", "value", "display", "type", "primary", "$ref"],
  ...[enterpriseSchema, "employeeNumber", "organization", "department"],
];
const known = new Set(names);
const byFold = new Map(names.map((name) => [name.toLowerCase(), name]));

/** Names in the case of their RFC, whatever case the service writes them in: SCIM does not tell them apart (RFC 7643 §2.1, RFC 7644 §3.10). Changes what it is given. */
export function toKnownNames(value: unknown): unknown {
  if (Array.isArray(value)) for (const item of value) toKnownNames(item);
  else if (typeof value === "object" && value !== null) {
    const object = value as Record<string, unknown>;
    for (const key of Object.keys(object)) {
      toKnownNames(object[key]);
      const name = known.has(key) ? undefined : byFold.get(key.toLowerCase());
      if (name === undefined || Object.hasOwn(object, name)) continue;
      object[name] = object[key];
      delete object[key];
    }
  }
  return value;
}
