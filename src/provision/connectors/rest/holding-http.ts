import type { Clock } from "../../../platform/clock.ts";
import type { HttpClient } from "../../../platform/http.ts";
import type { Pace } from "../../pace.ts";
import { readRetryAfterMs } from "../scim-answer.ts";

/** Holds all further requests when an answer asks for silence, that of a sign-in too. */
export function createHoldingHttp(http: HttpClient, pace: Pace, clock: Clock): HttpClient {
  return {
    async send(request) {
      const answer = await http.send(request);
      if (isHeld(answer.status)) pace.hold(readRetryAfterMs(answer, clock.now()));
      return answer;
    },
    close: () => http.close(),
  };
}

export function isHeld(status: number): boolean {
  return status === 429 || status === 503;
}
