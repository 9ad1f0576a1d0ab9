import { Failure, type Fault } from "../../platform/failure.ts";
import { createHttpClient, type HttpAnswer, type HttpRequest } from "../../platform/http.ts";
import { readPointer } from "../../platform/json-pointer.ts";
import { readInstant, toIso } from "../../platform/time.ts";
import type { Carrier, Listing, ProbeQuestion } from "../carrier.ts";
import { listKeys } from "../doc-types.ts";
import type { AccountSeen, CarriedRight, CertificateSeen } from "../evidence.ts";
import { narrowingMembers } from "../scope.ts";
import type { CarrierNeeds } from "./index.ts";
import { createReader } from "./right-reader.ts";
import type { RestSystemSettings } from "./system-settings.ts";
import { fillBody, fillPath, type Values } from "./template.ts";
import { formatEnd, formatStart, toExpressibleWindow } from "./window.ts";

const mostPages = 10_000;

/** A document system described in wardctl.yaml: paths, pointers and dictionaries, no code. */
export async function createRestCarrier(settings: RestSystemSettings, needs: CarrierNeeds): Promise<Carrier> {
  const { system, zone, token } = needs;
  const { expresses } = settings;
  const base = settings.url.replace(/\/$/, "");
  const reader = createReader({ map: settings.listGrants.map, expresses, book: needs.book }, system, zone);
  const client = await createHttpClient({ ca: needs.ca, pins: settings.pins, deadlineMs: settings.deadlineMs });

  const send = async (
    method: HttpRequest["method"],
    url: string,
    signal?: AbortSignal,
    body?: unknown,
    more = {},
  ): Promise<HttpAnswer> => {
    const answer = await client.send({
      method,
      url,
      signal,
      headers: {
        accept: "application/json",
        "cache-control": "no-cache",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...more,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    assertServed(answer, system);
    return answer;
  };

  /** The next page stays on the system's own host: a token is never carried elsewhere. */
  const toNextUrl = (from: string, next: string): string | undefined => {
    const url = new URL(next, from);
    return url.origin === new URL(base).origin ? url.href : undefined;
  };

  const probeRight = async (
    { post, body, map }: NonNullable<RestSystemSettings["probe"]>,
    { capacity, docType, ...question }: ProbeQuestion,
    signal?: AbortSignal,
  ): Promise<boolean> => {
    const own = settings.listGrants.map;
    const values: Values = {
      ...question,
      capacity: reader.toForeign(own.capacity, capacity, "capacity"),
      docType: reader.toForeign(own.docTypes, docType, "docTypes"),
    };
    const answer = await send("POST", base + fillPath(post, values), signal, fillBody(body, values));
    const document = parseJson(answer);
    if (document === undefined) throw unreadable(system, answer.status);
    if (map.nonce !== undefined && readPointer(document, map.nonce) !== question.nonce) {
      throw new Failure("unavailable", {
        vi: `${system}: trả lời thử ký không phải cho câu hỏi này`,
        en: `${system}: its answer to the trial is not to this question`,
      });
    }
    return reader.readFlag(map.allowed, document, "allowed");
  };

  const findSeal = async (
    { get, item, map }: NonNullable<RestSystemSettings["getSeal"]>,
    unit: string,
    signal?: AbortSignal,
  ): Promise<CertificateSeen | undefined> => {
    const answer = await send("GET", base + fillPath(get, { unit }), signal);
    if (answer.status === 404) return undefined;
    const document = parseJson(answer);
    if (document === undefined) throw unreadable(system, answer.status);
    const own = item === undefined ? document : readPointer(document, item);
    const text = (pointer: string | undefined): string | undefined => {
      const value = pointer === undefined ? undefined : readPointer(own, pointer);
      return value === undefined || value === null ? undefined : String(value);
    };
    if (map.unit !== undefined && text(map.unit) !== unit) {
      throw new Failure("unavailable", {
        vi: `${system}: hỏi con dấu của ${unit} mà trả lời về ${text(map.unit) ?? "đơn vị không rõ"}`,
        en: `${system}: asked for the seal of ${unit} and answered about ${text(map.unit) ?? "no unit named"}`,
      });
    }
    const serial = text(map.serial);
    if (serial === undefined) return undefined;
    const day = (pointer: string | undefined): number | undefined => {
      const value = text(pointer);
      return value === undefined ? undefined : readInstant(value, zone);
    };
    const bound = map.bound === undefined || reader.readFlag(map.bound, own, "bound");
    return { serial, notBefore: day(map.notBefore), notAfter: day(map.notAfter), bound };
  };

  return {
    system,
    url: settings.url,
    grade: "read-back",
    expresses,
    async listRights(signal): Promise<Listing> {
      const { items, next, total } = settings.listGrants;
      const rights: CarriedRight[] = [];
      const faults: Fault[] = [];
      const seenUrls = new Set<string>();
      let expected: number | undefined;
      for (let url: string | undefined = `${base}${settings.listGrants.get}`; url; ) {
        if (seenUrls.has(url) || seenUrls.size > mostPages)
          return incomplete("các trang nối vòng", "the pages go round in a circle");
        seenUrls.add(url);
        const page = parseJson(await send("GET", url, signal));
        const rows = page === undefined ? undefined : readPointer(page, items);
        if (!Array.isArray(rows))
          return incomplete(`trang ${seenUrls.size} không đọc được`, `page ${seenUrls.size} is not readable`);
        for (const row of rows) {
          const read = reader.readRight(row, rights.length + faults.length + 1);
          if ("faults" in read) faults.push(...read.faults);
          else rights.push(read.right);
        }
        if (total !== undefined) expected = Number(readPointer(page, total));
        const following = next === undefined ? undefined : readPointer(page, next);
        const from: string = url;
        url = typeof following === "string" && following !== "" ? toNextUrl(from, following) : undefined;
        if (url === undefined && typeof following === "string" && following !== "") {
          return incomplete("trang sau trỏ sang máy chủ khác", "the next page points to another host");
        }
      }
      if (faults.length > 0) throw reader.refuse(faults);
      if (expected !== undefined && expected !== rights.length) {
        return incomplete(
          `hệ thống báo ${expected} quyền nhưng liệt kê ${rights.length}`,
          `the system says there are ${expected} rights and lists ${rights.length}`,
        );
      }
      if (new Set(rights.map((right) => right.extId)).size < rights.length) {
        return incomplete("có mã quyền xuất hiện hai lần", "an id is listed twice");
      }
      return { complete: true, rights };
    },
    async createRight(right, signal) {
      const values: Values = {
        key: right.key,
        unit: right.unit,
        staffId: right.staffId,
        userName: right.userName,
        capacity: reader.toForeign(settings.listGrants.map.capacity, right.capacity, "capacity"),
        docTypes: listKeys(right.docTypes).map((key) => reader.toForeign(settings.listGrants.map.docTypes, key, "docTypes")),
        ...Object.fromEntries(
          narrowingMembers.map((member) => [
            member,
            right.narrowing?.[member]?.map((key) => reader.toForeign(settings.listGrants.map[member], key, member)),
          ]),
        ),
        from: formatStart(right.from, expresses, zone),
        to: formatEnd(right.to, expresses, zone),
      };
      const { post, body, idempotencyHeader } = settings.createGrant;
      const more = idempotencyHeader === undefined ? {} : { [idempotencyHeader]: right.key };
      const answer = await send("POST", base + fillPath(post, values), signal, fillBody(body, values), more);
      assertTaken(answer, system, right.key);
    },
    async endRight(extId, at, signal) {
      const { patch, body } = settings.endGrant;
      const values: Values = { extId, now: toIso(at, zone) };
      const answer = await send("PATCH", base + fillPath(patch, values), signal, fillBody(body, values));
      assertTaken(answer, system, extId);
    },
    async findAccount(staffId, signal): Promise<AccountSeen | undefined> {
      const { get, item, map } = settings.getUser;
      const answer = await send("GET", base + fillPath(get, { staffId }), signal);
      if (answer.status === 404) return undefined;
      const document = parseJson(answer);
      if (document === undefined) throw unreadable(system, answer.status);
      const user = item === undefined ? document : readPointer(document, item);
      if (user === undefined) return undefined;
      const text = (pointer: string | undefined): string | undefined => {
        const value = pointer === undefined ? undefined : readPointer(user, pointer);
        return value === undefined ? undefined : String(value);
      };
      const whose = text(map.staffId);
      if (map.staffId !== undefined && whose !== staffId) {
        throw new Failure("unavailable", {
          vi: `${system}: hỏi tài khoản của ${staffId} mà trả lời về ${whose ?? "người không rõ"}`,
          en: `${system}: asked for the account of ${staffId} and answered about ${whose ?? "nobody named"}`,
        });
      }
      const serial = text(map.certSerial);
      const day = (pointer: string | undefined): number | undefined => {
        const value = text(pointer);
        return value === undefined ? undefined : readInstant(value, zone);
      };
      return {
        userName: text(map.userName) ?? "",
        active: reader.readFlag(map.active, user, "active"),
        certificate:
          serial === undefined
            ? undefined
            : {
                serial,
                notBefore: day(map.certNotBefore),
                notAfter: day(map.certNotAfter),
                bound: map.bound === undefined || reader.readFlag(map.bound, user, "bound"),
              },
      };
    },
    ...(settings.probe && { probeRight: (question, signal) => probeRight(settings.probe!, question, signal) }),
    ...(settings.getSeal && { findSeal: (unit, signal) => findSeal(settings.getSeal!, unit, signal) }),
    toExpressible: (window, now) => toExpressibleWindow(window, now, expresses, zone),
    close: () => client.close(),
  };
}

function incomplete(vi: string, en: string): Listing {
  return { complete: false, reason: { vi, en } };
}

function parseJson({ status, body }: HttpAnswer): unknown {
  if (status !== 200) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function assertServed({ status }: HttpAnswer, system: string): void {
  if (status === 401 || status === 403) {
    throw new Failure(
      "denied",
      { vi: `${system}: không có quyền truy cập (${status})`, en: `${system}: access refused (${status})` },
      { hint: { vi: "kiểm tra 'token' của hệ thống trong wardctl.yaml", en: "check the system's 'token' in wardctl.yaml" } },
    );
  }
  if (status === 429 || status >= 500) throw unreadable(system, status);
}

function unreadable(system: string, status: number): Failure {
  return new Failure("unavailable", { vi: `${system}: trả lời ${status}`, en: `${system}: answered ${status}` });
}

function assertTaken({ status }: HttpAnswer, system: string, what: string): void {
  if (status >= 200 && status < 300) return;
  throw new Failure("unsafe", {
    vi: `${system}: từ chối ghi ${what} (${status})`,
    en: `${system}: refused the write of ${what} (${status})`,
  });
}
