import type { HttpAnswer } from "../../platform/http.ts";
import type { WriteResult } from "../connector.ts";
import { readJsonObject } from "./scim-answer.ts";
import type { ScimLine } from "./scim-line.ts";
import { type ScimWritten, sendScimWrite, toRefusal } from "./scim-write.ts";

const requestSchema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

/** More in one request gained nothing and made its answer all the more to lose (provision.md §9). */
export const mostInBulk = 50;

export interface ScimBulkOptions {
  readonly system: string;
  readonly line: ScimLine;
  /** Operations in one request. */
  readonly most: number;
}

export interface ScimBulk {
  create(body: unknown): Promise<ScimWritten>;
  /** False once the service said that it has no such thing; then each is sent alone. */
  isTaken(): boolean;
}

interface Waiting {
  readonly body: unknown;
  readonly settle: (written: ScimWritten) => void;
  readonly fail: (error: unknown) => void;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Creates accounts in requests of several (RFC 7644 §3.7): what is asked for while one is under way goes together in the next. Each gets an outcome
 * of its own: what the answer does not speak of is unknown. Failure kind: denied.
 */
export function createScimBulk({ system, line, most }: ScimBulkOptions): ScimBulk {
  const waiting: Waiting[] = [];
  let size = most;
  let isRunning = false;
  let takesBulk = true;

  const sendAlone = ({ body }: Waiting): Promise<ScimWritten> =>
    sendScimWrite(system, line, { method: "POST", path: "/Users", body });

  const sendTogether = async (batch: readonly Waiting[]): Promise<readonly ScimWritten[]> => {
    const Operations = batch.map(({ body }, index) => ({
      method: "POST",
      path: "/Users",
      bulkId: `b${index + 1}`,
      data: body,
    }));
    const written = await sendScimWrite(system, line, {
      method: "POST",
      path: "/Bulk",
      body: { schemas: [requestSchema], Operations },
    });
    if ("answer" in written) {
      return Promise.all(
        batch.map(async (waits, index) => {
          const one = readOne(system, written.answer, `b${index + 1}`);
          // Not taken for now, it says: that may be asked again.
          return "result" in one && one.status === 429 ? sendAlone(waits) : one;
        }),
      );
    }
    // 413 and "no such thing" are said before anything is done; of any other refusal nobody knows how far it came.
    if (written.status === 413 && batch.length > 1) {
      const half = Math.ceil(batch.length / 2);
      size = Math.min(size, half);
      return [...(await sendTogether(batch.slice(0, half))), ...(await sendTogether(batch.slice(half)))];
    }
    if ([404, 405, 413, 501].includes(written.status ?? 0)) {
      takesBulk = written.status === 413;
      return Promise.all(batch.map(sendAlone));
    }
    const { result } = written;
    return batch.map(() => ({ result: result.outcome === "done" ? result : { outcome: "unknown", message: result.message } }));
  };

  const workOff = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, Math.max(1, size));
      const alone = batch.length === 1 || !takesBulk;
      try {
        const written = alone ? await Promise.all(batch.map(sendAlone)) : await sendTogether(batch);
        for (const [index, one] of batch.entries()) one.settle(written[index] as ScimWritten);
      } catch (error) {
        for (const one of batch) one.fail(error);
      }
    }
    isRunning = false;
  };

  return {
    create: (body) =>
      new Promise((settle, fail) => {
        waiting.push({ body, settle, fail });
        if (!isRunning) void workOff();
      }),
    isTaken: () => takesBulk,
  };
}

/** What a bulk answer says of one operation, as if it had been sent alone. Statuses are texts, numbers, or objects with a code (older drafts). */
function readOne(system: string, answer: HttpAnswer, bulkId: string): ScimWritten {
  const operations = readJsonObject(answer)?.["Operations"];
  const own = Array.isArray(operations) ? (operations as (Json | null)[]).filter((one) => one?.["bulkId"] === bulkId) : [];
  const [one, ...others] = own;
  const said = one?.["status"];
  const status = Number(typeof said === "object" && said !== null ? (said as Json)["code"] : said);
  if (!one || others.length > 0 || !Number.isInteger(status) || status < 200) {
    const unknown = toRefusal(system, { ...answer, status: 500, body: "" }) as Extract<WriteResult, { outcome: "unknown" }>;
    return { result: unknown };
  }
  const { location, response } = one;
  const alone: HttpAnswer = {
    status,
    headers: typeof location === "string" ? { location } : {},
    body: response === undefined ? "" : JSON.stringify(response),
  };
  return status < 300 ? { answer: alone } : { result: toRefusal(system, alone), status };
}
