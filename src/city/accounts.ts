import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import express, { type Express } from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";
import { sha256 } from "../platform/canonical-json.ts";
import { declareGroups, lieAboutGroups } from "./account-groups.ts";
import type { AccountStore, CityAccount } from "./account-store.ts";
import type { CityCore, CityService } from "./city.ts";
import { type Resource, toPage } from "./resource-page.ts";
import { createSaidPages } from "./said-pages.ts";

/**
 * The account side of the city: a real third-party SCIM server, SCIMMY, over each system's own store, below `/<system>/scim/v2`. Bearer
 * token. On express 4, since on express 5 it ignores startIndex and count (libraries.md).
 */
export function createAccountService(core: CityCore): CityService {
  const app = createScimApp(core.token);
  const pages = createSaidPages();
  return {
    handle(request, response, { system, path }) {
      if (path !== "/scim/v2" && !path.startsWith("/scim/v2/")) return false;
      stores.set(request, core.accounts[system]);
      const query = request.url?.includes("?") ? request.url.slice(request.url.indexOf("?")) : "";
      request.url = `${path.slice("/scim/v2".length) || "/"}${query}`;
      if (pages.answer(request, response, core.accounts[system])) return true;
      app(request as express.Request, response as express.Response, () => {
        if (!response.writableEnded) response.writeHead(404).end();
      });
      return true;
    },
  };
}

/** SCIMMY's resources are declared once for the process: which store a request is about travels with the request. */
const stores = new WeakMap<IncomingMessage, AccountStore>();
let declared = false;

function createScimApp(token: string): Express {
  declareResources();
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(lieAboutGroups((request) => stores.get(request)));
  app.use(
    new SCIMMYRouters({
      type: "bearer",
      handler: (request) => {
        if (request.headers.authorization !== `Bearer ${token}`) throw new Error("a bearer token is needed");
        return "wardctl";
      },
      context: (request) => stores.get(request),
    }),
  );
  return app;
}

function declareResources(): void {
  if (declared) return;
  declared = true;
  declareGroups();
  SCIMMY.Config.set("bulk", 100);
  SCIMMY.Resources.declare(SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false), "User");
  SCIMMY.Resources.User.egress(
    (resource: unknown, store: unknown) => readUsers(resource as Resource, store as AccountStore) as never,
  );
  SCIMMY.Resources.User.ingress(
    (resource: unknown, data: unknown, store: unknown) =>
      writeUser(resource as Resource, data as object, store as AccountStore) as never,
  );
  SCIMMY.Resources.User.degress((resource: unknown, store: unknown) => {
    const { accounts } = store as AccountStore;
    const { id = "" } = resource as Resource;
    if (!accounts.delete(id)) throw new SCIMMY.Types.Error(404, null as never, `Resource ${id} not found`);
    (store as AccountStore).writes += 1;
  });
}

function readUsers(resource: Resource, { accounts }: AccountStore): object | object[] {
  if (resource.id !== undefined) {
    const account = accounts.get(resource.id);
    if (!account) throw new SCIMMY.Types.Error(404, null as never, `Resource ${resource.id} not found`);
    return toUser(account);
  }
  return toPage(resource, [...accounts.values()], toUser);
}

function writeUser(resource: Resource, data: object, store: AccountStore): object {
  const {
    schemas: _,
    meta: __,
    id: ___,
    externalId,
    userName,
    active,
    displayName,
    ...attributes
  } = JSON.parse(JSON.stringify(data));
  const id = resource.id ?? randomUUID();
  const before = store.accounts.get(id);
  if (resource.id !== undefined && !before) throw new SCIMMY.Types.Error(404, null as never, `Resource ${id} not found`);
  const wanted = String(userName).toLowerCase();
  for (const other of store.accounts.values()) {
    if (other.id !== id && other.userName.toLowerCase() === wanted) {
      throw new SCIMMY.Types.Error(409, "uniqueness", `userName '${userName}' is taken`);
    }
  }
  // SCIMMY leaves it out of the JSON: `returned` is never (RFC 7643 §4.1.1).
  const { password } = data as { readonly password?: unknown };
  const passwordSha256 = typeof password === "string" ? sha256(password) : before?.passwordSha256;
  const account: CityAccount = {
    id,
    externalId,
    userName,
    active: active ?? before?.active ?? true,
    displayName,
    ...(passwordSha256 === undefined ? {} : { passwordSha256 }),
    attributes,
  };
  store.accounts.set(id, account);
  store.writes += 1;
  return toUser(account);
}

function toUser({ id, externalId, userName, active, displayName, attributes }: CityAccount): object {
  return { ...attributes, id, externalId, userName, active, displayName };
}
