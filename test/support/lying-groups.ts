import type { Group, Lie, User } from "./lying-scim.ts";

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

interface GroupChange {
  readonly groups: ReadonlyMap<string, Group>;
  readonly users: ReadonlyMap<string, User>;
  has(lie: Lie): boolean;
  readonly method: string;
  readonly id: string;
  readonly body: unknown;
}

type Changed = { readonly group: Group } | { readonly status: number; readonly scimType?: string };

/** FusionAuth removed members on an add of this many and more (#2784). */
const bigAdd = 100;

/** A group as it is after the request, not stored yet; strict about what RFC 7644 §3.5.2 says, for what is lied about is chosen. */
export function changeGroup({ groups, users, has, method, id, body }: GroupChange): Changed {
  const before = groups.get(id);
  if (method === "POST") {
    const { displayName, members = [] } = body as Group;
    const taken = [...groups.values()].some((other) => other.displayName.toLowerCase() === displayName.toLowerCase());
    return taken && !has("accepts-duplicates")
      ? { status: 409, scimType: "uniqueness" }
      : { group: { id: "", displayName, members } };
  }
  if (!before) return { status: 404 };
  if (method === "PUT") return { group: { ...(body as Group), members: (body as Group).members ?? [], id } };
  let { members } = before;
  for (const operation of (body as { Operations: readonly Operation[] }).Operations) {
    const changed = changeMembers(members, operation, { users, has });
    if ("status" in changed) return changed;
    members = changed.members;
  }
  return { group: { ...before, members: has("ignores-members") ? before.members : members } };
}

function changeMembers(
  members: Group["members"],
  { op, path, value }: Operation,
  { users, has }: Pick<GroupChange, "users" | "has">,
): { readonly members: Group["members"] } | { readonly status: number; readonly scimType?: string } {
  if (op === "add" && path === "members") {
    const values = value as Group["members"];
    const unknown = values.some((member) => !users.has(member.value));
    if (unknown && has("500-on-unknown-member")) return { status: 500 };
    if (unknown && !has("stores-unknown-members")) return { status: 400, scimType: "invalidValue" };
    if (values.length >= bigAdd && has("big-add-removes-members")) return { members: [...values] };
    if (has("stores-duplicate-members")) return { members: [...members, ...values] };
    return { members: [...new Map([...members, ...values].map((member) => [member.value, member])).values()] };
  }
  if (op === "remove" && path === "members") {
    const gone = new Set(((value as Group["members"] | undefined) ?? []).map((member) => member.value));
    if (gone.size === 0 || has("remove-with-values-empties")) return { members: [] };
    return { members: members.filter((member) => !gone.has(member.value)) };
  }
  const selected = readSelected("members", path);
  if (op !== "remove" || selected === undefined) return { status: 400, scimType: "invalidPath" };
  if (has("refuses-value-paths")) return { status: 400, scimType: "invalidFilter" };
  const kept = members.filter((member) => member.value !== selected);
  if (kept.length === members.length && has("no-target")) return { status: 400, scimType: "noTarget" };
  return { members: kept };
}

/** Undefined: done. Otherwise the status of a refusal. */
export function changeRoles(user: User, { op, path, value }: Operation, has: (lie: Lie) => boolean): number | undefined {
  if (has("ignores-roles")) return undefined;
  const roles = (user["roles"] as { readonly value: string }[] | undefined) ?? [];
  if (path === "roles") {
    const given = (value as { readonly value: string }[] | undefined) ?? [];
    user["roles"] = op === "add" ? [...roles, ...given] : op === "replace" ? given : [];
    return undefined;
  }
  const selected = readSelected("roles", path);
  if (op !== "remove" || selected === undefined || has("refuses-value-paths")) return 400;
  const kept = roles.filter((role) => role.value !== selected);
  if (kept.length === roles.length && has("no-target")) return 400;
  user["roles"] = kept;
  return undefined;
}

/** RFC 7644 §3.10: a JSON string after `value eq`. */
function readSelected(attribute: string, path: string): string | undefined {
  const text = path.startsWith(`${attribute}[value eq "`) && path.endsWith("]") ? path.slice(attribute.length + 10, -1) : "";
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
