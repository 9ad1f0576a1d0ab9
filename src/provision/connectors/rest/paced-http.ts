import type { Clock } from "../../../platform/clock.ts";
import type { HttpClient } from "../../../platform/http.ts";
import type { Pace } from "../../pace.ts";
import { readRetryAfterMs } from "../scim-answer.ts";

/** Every request at the system's pace, the sign-in too: inside the silence that it asks for nothing is sent at all. */
export function createPacedHttp(http: HttpClient, pace: Pace, clock: Clock): HttpClient {
  return {
    send: (request) =>
      pace.run(async () => {
        const value = await http.send(request);
        const held = value.status === 429 || value.status === 503;
        return { value, strained: held, holdMs: held ? readRetryAfterMs(value, clock.now()) : 0 };
      }),
    close: () => http.close(),
  };
}
