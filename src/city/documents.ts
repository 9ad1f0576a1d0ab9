import type { IncomingMessage, ServerResponse } from "node:http";
import { listDepartments } from "../directory/department.ts";
import { sha256 } from "../platform/canonical-json.ts";
import type { CityAccount } from "./account-store.ts";
import { type CityCore, type CityService, type RequestPlace, readBody, sendJson } from "./city.ts";
import { type CityRight, cityDocTypes, createOpeningRights } from "./signing-rights.ts";

/** Ways in which a document system is known to be wrong about what it carries. Switched on by tests and trials. */
export type DocumentsLie =
  | "not-kept"
  | "pages-cut"
  | "pages-loop"
  | "total-wrong"
  | "end-shifted"
  | "types-dropped"
  | "ended-still-active"
  | "foreign-right"
  | "strange-type"
  | "next-elsewhere";

export interface SigningProfile {
  readonly serial?: string;
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly bound: boolean;
}

/** The city's document system below `/documents/api`: departments, users with their certificates, signing rights in pages. */
export interface DocumentsService extends CityService {
  readonly rights: readonly CityRight[];
  readonly lies: Set<DocumentsLie>;
  /** By staff id, in place of what the seed gave the person. */
  readonly profiles: Map<string, SigningProfile>;
}

const pageSize = 20;

/** `kept` are the rights of an earlier run, in place of those of the opening day. */
export function createDocumentsService(core: CityCore, kept?: readonly CityRight[]): DocumentsService {
  const rights = kept ? [...kept] : createOpeningRights(core);
  const lies = new Set<DocumentsLie>();
  const profiles = new Map<string, SigningProfile>();
  let count = 0;

  const findByStaffId = (staffId: string): CityAccount | undefined =>
    [...core.accounts.documents.accounts.values()].find((account) => account.externalId === staffId);

  const listRights = (): CityRight[] => {
    const shown = rights.filter(
      (right) => !(right.seeded && right.mode === "TL" && core.faults.has("chief-cannot-sign", right.unit)),
    );
    if (!lies.has("foreign-right")) return shown;
    const unit = core.units[0]?.code ?? "";
    const officer = core.people.find(({ posts }) => posts.some((post) => post.unit === unit && post.position === "chuyen-vien"));
    const base = { startDate: "2025-07-01", status: "active" as const, mode: "TUQ" as const, docTypes: ["QĐ"] };
    return [...shown, { ...base, id: "by-hand", unit, staffId: officer?.staffId ?? "" }];
  };

  const toShown = (right: CityRight): Record<string, unknown> => {
    const made = !right.seeded;
    return {
      id: right.id,
      key: right.key ?? null,
      unit: right.unit,
      delegate: { externalId: right.staffId, userName: findByStaffId(right.staffId)?.userName ?? null },
      docTypes: lies.has("strange-type") ? ["XX"] : made && lies.has("types-dropped") ? right.docTypes.slice(1) : right.docTypes,
      mode: right.mode,
      startDate: right.startDate,
      endDate: right.endDate && lies.has("end-shifted") ? toNextDay(right.endDate) : (right.endDate ?? null),
      status: lies.has("ended-still-active") ? "active" : right.status,
    };
  };

  const sendRights = (response: ServerResponse, query: URLSearchParams): true => {
    const all = listRights();
    const page = Math.max(1, Number(query.get("page") ?? 1));
    const last = lies.has("pages-cut") || page * pageSize >= all.length;
    const next = lies.has("pages-loop") ? 1 : last ? undefined : page + 1;
    return sendJson(response, 200, {
      data: all.slice((page - 1) * pageSize, page * pageSize).map(toShown),
      links: { next: next === undefined ? null : `?page=${next}` },
      total: all.length + (lies.has("total-wrong") ? 1 : 0),
      ...(lies.has("next-elsewhere") ? { away: "https://elsewhere.city.test/delegations" } : {}),
    });
  };

  const createRight = async (request: IncomingMessage, response: ServerResponse): Promise<true> => {
    const given = readObject(await readBody(request));
    const account = [...core.accounts.documents.accounts.values()].find(({ userName }) => userName === given?.["userName"]);
    if (!given || !account?.externalId || !Array.isArray(given["docTypes"]) || typeof given["key"] !== "string") {
      return sendJson(response, 422, { error: "not a right" });
    }
    const before = rights.find(({ key }) => key === given["key"]);
    if (before) return sendJson(response, 200, toShown(before));
    const right: CityRight = {
      id: `r${++count}`,
      key: given["key"],
      unit: String(given["unit"]),
      staffId: account.externalId,
      docTypes: given["docTypes"].map(String),
      mode: given["mode"] as CityRight["mode"],
      startDate: String(given["startDate"]),
      endDate: given["endDate"] === undefined ? undefined : String(given["endDate"]),
      status: "active",
    };
    if (!lies.has("not-kept")) rights.push(right);
    return sendJson(response, 201, toShown(right));
  };

  const endRight = async (request: IncomingMessage, response: ServerResponse, id: string): Promise<true> => {
    const right = rights.find((known) => known.id === id);
    const given = readObject(await readBody(request));
    if (!right) return sendJson(response, 404, { error: "not found" });
    if (given?.["status"] !== "ended") return sendJson(response, 422, { error: "only 'ended' can be set" });
    right.status = "ended";
    return sendJson(response, 200, toShown(right));
  };

  const toUser = (account: CityAccount): Record<string, unknown> => {
    const { serial, notBefore, notAfter, bound } = profiles.get(account.externalId ?? "") ?? toSeededProfile(core, account);
    return {
      userName: account.userName,
      externalId: account.externalId ?? null,
      displayName: account.displayName ?? null,
      enabled: account.active,
      signing: serial === undefined ? null : { serial, notBefore: notBefore ?? null, notAfter: notAfter ?? null, bound },
    };
  };

  const sendUsers = (response: ServerResponse, userName: string | undefined, query: URLSearchParams): true => {
    const wanted = query.get("externalId");
    const found = [...core.accounts.documents.accounts.values()].filter(
      (account) =>
        (userName === undefined || account.userName === userName) && (wanted === null || account.externalId === wanted),
    );
    if (userName === undefined) return sendJson(response, 200, { data: found.map(toUser) });
    return found[0] ? sendJson(response, 200, toUser(found[0])) : sendJson(response, 404, { error: "not found" });
  };

  return {
    rights,
    lies,
    profiles,
    handle(request, response, { system, path, query }: RequestPlace) {
      const [, api, thing, id] = path.split("/");
      if (system !== "documents" || api !== "api") return false;
      if (request.headers.authorization !== `Bearer ${core.token}`) return sendJson(response, 401, { error: "no token" });
      const route = `${request.method} ${thing}${id === undefined ? "" : "/"}`;
      switch (route) {
        case "GET delegations":
          return sendRights(response, query);
        case "POST delegations":
          return createRight(request, response);
        case "PATCH delegations/":
          return endRight(request, response, decodeURIComponent(id as string));
        case "GET users":
        case "GET users/":
          return sendUsers(response, id === undefined ? undefined : decodeURIComponent(id), query);
        case "GET departments":
          return sendJson(response, 200, {
            data: core.units.flatMap((unit) => listDepartments(unit).map(({ key, name }) => ({ unit: unit.code, key, name }))),
          });
        default:
          return sendJson(response, 404, { error: "not found" });
      }
    },
  };
}

/** Leaders and heads of departments were given a certificate when the units opened; officers sign nothing. */
function toSeededProfile({ people, seed }: CityCore, account: CityAccount): SigningProfile {
  const person = people.find(({ staffId }) => staffId === account.externalId);
  const signs = person?.posts.some(({ position }) => !["van-thu", "chuyen-vien"].includes(position));
  if (!person || !signs) return { bound: false };
  const serial = sha256(`${seed}/certificate/${person.staffId}`).slice(0, 32);
  return { serial, notBefore: "2025-06-20T00:00:00+07:00", notAfter: "2028-06-20T00:00:00+07:00", bound: true };
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function toNextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** The part of wardctl.yaml that joins a workspace to this system. `token` and `ca` are references and paths the caller made. */
export function toDocumentsSettings(url: string, token: string, ca: string) {
  return {
    url: `${url}/api`,
    token,
    ca,
    expresses: { dateGranularity: "day", inclusiveEnd: true },
    listGrants: {
      get: "/delegations?page=1",
      items: "/data",
      next: "/links/next",
      total: "/total",
      map: {
        extId: "/id",
        key: "/key",
        unit: "/unit",
        staffId: "/delegate/externalId",
        userName: "/delegate/userName",
        docTypes: { ptr: "/docTypes", dict: cityDocTypes },
        capacity: "/mode",
        from: "/startDate",
        to: "/endDate",
        active: { ptr: "/status", dict: { active: "true", ended: "false" } },
      },
    },
    createGrant: {
      post: "/delegations",
      body: {
        key: "{key}",
        userName: "{userName}",
        unit: "{unit}",
        docTypes: "{docTypes}",
        mode: "{capacity}",
        startDate: "{from}",
        endDate: "{to}",
      },
    },
    endGrant: { patch: "/delegations/{extId}", body: { status: "ended" } },
    getUser: {
      get: "/users?externalId={staffId}",
      item: "/data/0",
      map: {
        userName: "/userName",
        active: "/enabled",
        certSerial: "/signing/serial",
        certNotBefore: "/signing/notBefore",
        certNotAfter: "/signing/notAfter",
        bound: "/signing/bound",
      },
    },
  };
}
