import type { IncomingMessage, ServerResponse } from "node:http";
import { listDepartments } from "../directory/department.ts";
import { sha256 } from "../platform/canonical-json.ts";
import { toIsoDate, vietnamZone } from "../platform/time.ts";
import type { CityAccount } from "./account-store.ts";
import { type CityCore, type CityService, type RequestPlace, readBody, sendJson } from "./city.ts";
import { type DocumentsLie, type ShownRight, twistRight } from "./documents-lies.ts";
import { findCitySeal } from "./seals.ts";
import { type CityRight, createOpeningRights } from "./signing-rights.ts";

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
const elsewhere = "https://elsewhere.city.test/delegations?page=2";

/** `kept` are the rights of an earlier run, in place of those of the opening day. */
export function createDocumentsService(core: CityCore, kept?: readonly CityRight[]): DocumentsService {
  const rights = kept ? [...kept] : createOpeningRights(core);
  const lies = new Set<DocumentsLie>();
  const profiles = new Map<string, SigningProfile>();
  let count = 0;
  let cached: readonly ShownRight[] | undefined;

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

  const toShown = (right: CityRight): ShownRight => {
    const { id, unit, staffId, docTypes, limits, mode, startDate, status } = right;
    const other = core.people.find((person) => person.staffId !== staffId && person.posts.some((post) => post.unit === unit));
    const delegate = { externalId: staffId, userName: findByStaffId(staffId)?.userName ?? null };
    const shown = {
      id,
      key: right.key ?? null,
      unit,
      delegate,
      docTypes,
      ...(limits && { limits }),
      mode,
      startDate,
      endDate: right.endDate ?? null,
      status,
    };
    const otherUnit = core.units.find(({ code }) => code !== unit)?.code ?? "00004";
    return twistRight(shown, lies, { other: other?.staffId, otherUnit });
  };

  const sendRights = (response: ServerResponse, query: URLSearchParams): true => {
    if (lies.has("error-as-ok")) {
      response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Hệ thống đang bảo trì</body></html>");
      return true;
    }
    const now = lies.has("empty-list") ? [] : listRights().map(toShown);
    // A cache that is filled once and then believed.
    cached = lies.has("stale-list") ? (cached ?? now) : now;
    const all = lies.has("listed-twice") ? cached.flatMap((right) => [right, right]) : cached;
    const page = Math.max(1, Number(query.get("page") ?? 1));
    const last = lies.has("pages-cut") || page * pageSize >= all.length;
    const next = lies.has("pages-loop") ? 1 : last ? undefined : page + 1;
    return sendJson(response, 200, {
      data: lies.has("page-repeated") ? all.slice(0, pageSize) : all.slice((page - 1) * pageSize, page * pageSize),
      links: { next: lies.has("next-elsewhere") ? elsewhere : next === undefined ? null : `?page=${next}` },
      total: all.length + (lies.has("total-wrong") ? 1 : 0),
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
      limits: readLimits(given["limits"]),
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
    if (!lies.has("end-ignored")) right.status = "ended";
    return sendJson(response, 200, toShown(right));
  };

  const probed = new Map<string, Record<string, unknown>>();
  /** Signs on trial: an account that is on, and a right of the unit for the type and the capacity that is in its days. */
  const sendProbe = async (request: IncomingMessage, response: ServerResponse): Promise<true> => {
    const given = readObject(await readBody(request));
    const account = [...core.accounts.documents.accounts.values()].find(({ userName }) => userName === given?.["userName"]);
    const today = toIsoDate(core.clock.now(), vietnamZone);
    const mayNow = listRights().some(
      (right) =>
        right.status === "active" &&
        right.staffId === account?.externalId &&
        right.unit === given?.["unit"] &&
        right.mode === given?.["mode"] &&
        right.docTypes.includes(String(given?.["docType"])) &&
        right.startDate <= today &&
        today <= (right.endDate ?? today),
    );
    const honest = account?.active === true && mayNow;
    const willSign =
      lies.has("probe-always-yes") ||
      (lies.has("probe-ignores-rights") ? account !== undefined : honest && !lies.has("probe-always-no"));
    const key = `${given?.["unit"]}/${given?.["userName"]}/${given?.["mode"]}/${given?.["docType"]}`;
    const answer = { result: willSign ? "would-sign" : "refused", requestId: given?.["requestId"] ?? null };
    if (!probed.has(key)) probed.set(key, answer);
    return sendJson(response, 200, lies.has("probe-stale") ? probed.get(key) : answer);
  };

  const sendUnit = (response: ServerResponse, code: string): true => {
    if (!core.units.some((unit) => unit.code === code)) return sendJson(response, 404, { error: "not found" });
    return sendJson(response, 200, { unit: code, seal: findCitySeal(core, code) ?? null });
  };

  /** A clerk whose account is locked, whatever the directory says of it. */
  const isLocked = ({ externalId }: CityAccount): boolean =>
    core.people.some(
      ({ staffId, posts }) =>
        staffId === externalId &&
        posts.some(({ position, unit }) => position === "van-thu" && core.faults.has("clerk-locked", unit)),
    );

  const toUser = (account: CityAccount): Record<string, unknown> => {
    const { serial, notBefore, notAfter, bound } = profiles.get(account.externalId ?? "") ?? toSeededProfile(core, account);
    return {
      userName: account.userName,
      externalId: account.externalId ?? null,
      displayName: account.displayName ?? null,
      enabled: account.active && !isLocked(account),
      signing: serial === undefined ? null : { serial, notBefore: notBefore ?? null, notAfter: notAfter ?? null, bound },
    };
  };

  const sendUsers = (response: ServerResponse, userName: string | undefined, query: URLSearchParams): true => {
    const wanted = query.get("externalId");
    const found = [...core.accounts.documents.accounts.values()].filter(
      (account) =>
        (userName === undefined || account.userName === userName) && (wanted === null || account.externalId === wanted),
    );
    // A filter that is taken and not looked at: the list begins with whoever comes first.
    const shown = lies.has("other-user") ? [...core.accounts.documents.accounts.values()] : found;
    if (userName === undefined) return sendJson(response, 200, { data: shown.map(toUser) });
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
        case "POST documents/":
          return sendProbe(request, response);
        case "GET units/":
          return sendUnit(response, decodeURIComponent(id as string));
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

/** Lists of keys by what they limit; none where all are empty. */
function readLimits(given: unknown): CityRight["limits"] {
  const lists = Object.entries(given ?? {}).filter(([, keys]) => Array.isArray(keys) && keys.length > 0);
  return lists.length === 0 ? undefined : Object.fromEntries(lists.map(([name, keys]) => [name, keys.map(String)]));
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
