export const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";
const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

type Json = Readonly<Record<string, unknown>>;

export interface ScimGroup {
  readonly id: string;
  readonly name: string;
  /** Account ids; a group inside a group is none. */
  readonly members: ReadonlySet<string>;
}

/** Undefined when it is no group: without id, name or a readable list of members it proves nothing (RFC 7643 §4.2). */
export function readScimGroup(value: unknown): ScimGroup | undefined {
  const { id, displayName, members } = (value ?? {}) as Json;
  if (typeof id !== "string" || id === "" || typeof displayName !== "string") return undefined;
  // Absent is "nobody": an attribute without a value is left out (RFC 7643 §2.5).
  const list = members ?? [];
  if (!Array.isArray(list)) return undefined;
  const people = (list as Json[]).filter((member) => !isGroup(member)).map((member) => member?.["value"]);
  if (!people.every((member) => typeof member === "string" && member !== "")) return undefined;
  return { id, name: displayName, members: new Set(people as string[]) };
}

function isGroup(member: Json | null): boolean {
  const reference = member?.["$ref"];
  return (
    String(member?.["type"] ?? "").toLowerCase() === "group" ||
    (member?.["type"] === undefined && typeof reference === "string" && reference.includes("/Groups/"))
  );
}

export function toScimGroup(name: string): Json {
  return { schemas: [groupSchema], displayName: name };
}

/** One account, by its own path when it goes: a list of values empties the group on some servers (provision.md §13.1). */
export function toMemberPatch(accountId: string, wanted: boolean): Json {
  return toPatch([
    wanted
      ? { op: "add", path: "members", value: [{ value: accountId }] }
      : { op: "remove", path: `members[value eq ${JSON.stringify(accountId)}]` },
  ]);
}

/** A group that is written back as a whole. */
export function setMember(group: Record<string, unknown>, accountId: string, wanted: boolean): void {
  const others = ((group["members"] as Json[] | undefined) ?? []).filter((member) => member?.["value"] !== accountId);
  group["members"] = wanted ? [...others, { value: accountId }] : others;
}

/** What a user's `roles` hold (RFC 7643 §4.1.2), as it stands there: some servers keep bare texts. */
export function readRoles(user: unknown): readonly string[] {
  const roles = ((user ?? {}) as Json)["roles"];
  if (!Array.isArray(roles)) return [];
  return roles.map(readRoleValue).filter((value) => value !== undefined);
}

function readRoleValue(entry: unknown): string | undefined {
  const value = typeof entry === "string" ? entry : (entry as Json | null)?.["value"];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export interface RoleChange {
  readonly add: readonly string[];
  /** As they stand there. */
  readonly remove: readonly string[];
}

/** One operation a role (RFC 7644 §3.5.2). */
export function toRolePatch({ add, remove }: RoleChange): Json {
  return toPatch([
    ...add.map((value) => ({ op: "add", path: "roles", value: [{ value }] })),
    ...remove.map((value) => ({ op: "remove", path: `roles[value eq ${JSON.stringify(value)}]` })),
  ]);
}

/**
 * True when servers were seen to read the value of a path wrongly: SCIMMY ends a text at its first quotation mark, escaped or not, and a path at
 * its first bracket.
 */
export function isHardInPath(value: string): boolean {
  return /["\\[\]]/.test(value);
}

/** For roles whose names cannot stand in a path: the list as it was just read, changed. */
export function toRolesPatch(user: Json, change: RoleChange): Json {
  const after = changeRoles(user, change);
  return toPatch([after.length > 0 ? { op: "replace", path: "roles", value: after } : { op: "remove", path: "roles" }]);
}

export function changeRoles(user: Json, { add, remove }: RoleChange): readonly unknown[] {
  const gone = new Set(remove);
  const held = (user["roles"] as unknown[] | undefined) ?? [];
  return [...held.filter((entry) => !gone.has(readRoleValue(entry) ?? "")), ...add.map((value) => ({ value }))];
}

function toPatch(operations: readonly Json[]): Json {
  return { schemas: [patchSchema], Operations: operations };
}
