import { Failure } from "../../../platform/failure.ts";
import type { HttpClient, HttpRequest } from "../../../platform/http.ts";
import type { Words } from "../../../platform/words.ts";
import type { Pace } from "../../pace.ts";
import { provisionFaults } from "../../words.ts";
import { isPage, type ReadAnswer, toReadAnswer } from "./answers.ts";
import { isHeld } from "./holding-http.ts";
import { restWords as words } from "./rest-words.ts";
import type { Session } from "./session.ts";

export interface ExchangeOptions {
  readonly system: string;
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly session: Session;
  readonly http: HttpClient;
  readonly pace: Pace;
}

type Sent = Pick<HttpRequest, "method" | "body" | "headers" | "signal"> & {
  /** Below the base, or a whole address on the same host. */
  readonly target: string;
};

interface Answered {
  readonly answer: ReadAnswer;
  readonly pass: unknown;
}

/** Talking to the system: signed in, at its pace, on its own host only. */
export interface Exchange {
  /** A reading; repeated after silence, 5xx and 429. Failure kinds: denied, unavailable, cancelled. */
  read(target: string, signal?: AbortSignal): Promise<ReadAnswer>;
  /** A writing; sent once, and again only where the system says that it did not take it (429, signed out). The words say why there is no answer. */
  write(request: Omit<Sent, "signal">): Promise<ReadAnswer | { readonly unanswered: Words }>;
  /** The whole address of a target. */
  toUrl(target: string): string;
}

const mostTries = 4;
/** A system that asks to wait says that it took nothing and will take it later; several askings at once may be unlucky in turn. */
const mostTriesOfWaiting = 8;
/** A system that does not answer takes the whole deadline each time. */
const mostTriesOfSilence = 2;
const mostRedirects = 5;

export function createExchange({ system, base, headers: own, session, http, pace }: ExchangeOptions): Exchange {
  const { origin } = new URL(base);
  const toUrl = (target: string): string => (target.startsWith("/") ? base + target : target);

  /** Signed in when its turn has come: what was taken before waiting may be over by then. */
  const sendOnce = (request: Sent, url: string): Promise<Answered> =>
    pace.run(async () => {
      const { headers, pass } = await session.open();
      const { method, body, signal } = request;
      const all = { accept: "application/json", ...own, ...request.headers, ...headers };
      const answer = await http.send({ method, url, headers: all, body, signal });
      session.learn(answer);
      return { value: { answer: toReadAnswer(answer), pass }, strained: isHeld(answer.status) };
    });

  /** Only to the same origin: what we are signed in with is carried to nobody else. A writing is repeated only where that is what the status means. */
  const follow = async (request: Sent): Promise<Answered> => {
    let url = toUrl(request.target);
    for (let steps = 0; ; steps++) {
      const answered = await sendOnce(request, url);
      const { status, headers } = answered.answer;
      const { location } = headers;
      if (status < 300 || status >= 400 || location === undefined || session.isOver(answered.answer)) return answered;
      const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
      if (next?.origin !== origin || steps === mostRedirects) throw new Failure("denied", provisionFaults.redirected(system));
      if (request.method !== "GET" && status !== 307 && status !== 308) {
        // Many send whoever is signed out to their login page, whatever was asked; then nothing was done.
        const page = await sendOnce({ method: "GET", target: "" }, next.href);
        return session.isOver(page.answer) ? page : answered;
      }
      url = next.href;
    }
  };

  const sendSignedIn = async (request: Sent): Promise<ReadAnswer> => {
    for (let tries = 1; ; tries++) {
      const { answer, pass } = await follow(request);
      if (!session.isOver(answer)) return answer;
      if (tries === 2) throw new Failure("denied", words.signedOut(system), { hint: words.signInHint });
      session.discard(pass);
    }
  };

  return {
    toUrl,
    async read(target, signal) {
      for (let tries = 1; ; tries++) {
        try {
          const answer = await sendSignedIn({ method: "GET", target, signal });
          assertLetIn(system, answer);
          const again = answer.status === 429 || (answer.status >= 500 && answer.status !== 501);
          if (!again || tries >= (answer.status === 429 ? mostTriesOfWaiting : mostTries)) return answer;
        } catch (error) {
          if (!(error instanceof Failure) || error.kind !== "unavailable" || tries === mostTriesOfSilence) throw error;
        }
      }
    },
    async write(request) {
      for (let tries = 1; ; tries++) {
        try {
          const answer = await sendSignedIn(request);
          if (answer.status !== 429 || tries === mostTriesOfWaiting) return answer;
        } catch (error) {
          if (error instanceof Failure && error.kind === "unavailable") return { unanswered: error.words };
          throw error;
        }
      }
    },
  };
}

/** Not let in: nothing more may be sent then. */
export function assertLetIn(system: string, answer: ReadAnswer): void {
  const { status } = answer;
  if (status === 401 || status === 403) throw new Failure("denied", provisionFaults.notLetIn(system, status));
  if (status < 400 && isPage(answer)) throw new Failure("denied", provisionFaults.loginPage(system));
}
