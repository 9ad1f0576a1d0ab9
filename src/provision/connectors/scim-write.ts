import { Failure } from "../../platform/failure.ts";
import type { HttpAnswer } from "../../platform/http.ts";
import type { WriteResult } from "../connector.ts";
import { describeRefusal } from "./scim-answer.ts";
import { type LineRequest, mostTriesOfWaiting, type ScimLine } from "./scim-line.ts";

/** The answer where there was one that says "done"; otherwise what came of it. */
export type ScimWritten =
  | { readonly answer: HttpAnswer }
  | {
      readonly result: WriteResult;
      /** Where there was an answer at all. */
      readonly status?: number;
    };

/** Sends a write once, and again only where the service says that it did not take it. Failure kind: denied. */
export async function sendScimWrite(system: string, line: ScimLine, request: LineRequest): Promise<ScimWritten> {
  for (let tries = 1; ; tries++) {
    let answer: HttpAnswer;
    try {
      answer = await line.send(request);
    } catch (error) {
      if (error instanceof Failure && error.kind === "unavailable")
        return { result: { outcome: "unknown", message: error.words } };
      throw error;
    }
    // Both say that it was not taken, 503 only where it names the time to come back: a proxy's 503 says nothing of the service behind it.
    const asksToWait = answer.status === 429 || (answer.status === 503 && "retry-after" in answer.headers);
    if (asksToWait && tries < mostTriesOfWaiting) continue;
    return answer.status >= 300 ? { result: toRefusal(system, answer), status: answer.status } : { answer };
  }
}

/** 4xx and 501 say that nothing was done; any other failure leaves it open. */
export function toRefusal(system: string, answer: HttpAnswer): WriteResult {
  const message = describeRefusal(system, answer);
  if (answer.status >= 500 && answer.status !== 501) return { outcome: "unknown", message };
  const conflict = answer.status === 409 || answer.status === 412;
  return { outcome: "refused", conflict, forbidden: answer.status === 403, message };
}

/** RFC 7644 §3.3: the Location of a created resource; relative on some servers, absent on others. */
export function readIdOfLocation(location: string | undefined): string | undefined {
  const last = location?.split(/[?#]/, 1)[0]?.split("/").filter(Boolean).at(-1);
  return last === undefined || last === "Users" || last === "Groups" ? undefined : decodeURIComponent(last);
}
