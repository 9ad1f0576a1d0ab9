import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import express, { type NextFunction, type Request, type Response } from "express";
import SCIMMY from "scimmy";
import type { AccountStore, CityGroup, CityMember } from "./account-store.ts";
import { type Resource, toPage } from "./resource-page.ts";

/** SCIMMY's groups over each system's own store. */
export function declareGroups(): void {
  SCIMMY.Resources.declare(SCIMMY.Resources.Group, "Group");
  SCIMMY.Resources.Group.egress(
    (resource: unknown, store: unknown) => readGroups(resource as Resource, store as AccountStore) as never,
  );
  SCIMMY.Resources.Group.ingress(
    (resource: unknown, data: unknown, store: unknown) =>
      writeGroup(resource as Resource, data as object, store as AccountStore) as never,
  );
  SCIMMY.Resources.Group.degress((resource: unknown, store: unknown) => {
    const { groups } = store as AccountStore;
    const { id = "" } = resource as Resource;
    if (!groups.delete(id)) throw new SCIMMY.Types.Error(404, null as never, `Resource ${id} not found`);
    (store as AccountStore).writes += 1;
  });
}

function readGroups(resource: Resource, { groups }: AccountStore): object | object[] {
  if (resource.id === undefined) return toPage(resource, [...groups.values()], (group) => structuredClone(group));
  const group = groups.get(resource.id);
  if (!group) throw new SCIMMY.Types.Error(404, null as never, `Resource ${resource.id} not found`);
  return structuredClone(group);
}

function writeGroup(resource: Resource, data: object, store: AccountStore): object {
  const { displayName, members = [] } = JSON.parse(JSON.stringify(data)) as {
    displayName: string;
    members?: readonly CityMember[];
  };
  const id = resource.id ?? randomUUID();
  if (resource.id !== undefined && !store.groups.has(id))
    throw new SCIMMY.Types.Error(404, null as never, `Resource ${id} not found`);
  const wanted = displayName.toLowerCase();
  for (const other of store.groups.values()) {
    if (other.id !== id && other.displayName.toLowerCase() === wanted) {
      throw new SCIMMY.Types.Error(409, "uniqueness", `displayName '${displayName}' is taken`);
    }
  }
  const group: CityGroup = { id, displayName, members: checkMembers(members, store) };
  store.groups.set(id, group);
  store.writes += 1;
  return structuredClone(group);
}

function checkMembers(members: readonly CityMember[], { accounts, groups, groupLies }: AccountStore): readonly CityMember[] {
  const unknown = members.find(({ value }) => !accounts.has(value) && !groups.has(value));
  if (unknown && !groupLies.has("stores-unknown-members")) {
    const status = groupLies.has("500-on-unknown-member") ? 500 : 400;
    throw new SCIMMY.Types.Error(status, (status === 400 ? "invalidValue" : null) as never, `no member '${unknown.value}'`);
  }
  if (groupLies.has("stores-duplicate-members")) return members;
  return [...new Map(members.map((member) => [member.value, member])).values()];
}

/** FusionAuth removed members on an add of this many and more (#2784). */
const bigAdd = 100;

interface PatchOperation {
  readonly op?: string;
  readonly path?: string;
  readonly value?: unknown;
}

/** What SCIMMY itself would do right: big additions and removals by a list of values. */
export function lieAboutGroups(findStore: (request: IncomingMessage) => AccountStore | undefined) {
  const parse = express.json({ type: () => true });
  return (request: Request, response: Response, next: NextFunction): void => {
    const store = findStore(request);
    const id = /^\/Groups\/([^/?]+)/.exec(request.url)?.[1];
    const group = id === undefined ? undefined : store?.groups.get(decodeURIComponent(id));
    if (request.method !== "PATCH" || !store || !group || store.groupLies.size === 0) return next();
    parse(request, response, (error?: unknown) => {
      if (error) return next(error);
      const operations = (request.body as { readonly Operations?: readonly PatchOperation[] }).Operations ?? [];
      for (const { op, path, value } of operations) {
        const values = path === "members" && Array.isArray(value) ? value : [];
        const lies =
          op?.toLowerCase() === "add"
            ? values.length >= bigAdd && store.groupLies.has("big-add-removes-members")
            : values.length > 0 && op?.toLowerCase() === "remove" && store.groupLies.has("remove-with-values-empties");
        if (lies) group.members = [];
      }
      next();
    });
  };
}
