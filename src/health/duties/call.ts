import { readPointer } from "../../platform/json-pointer.ts";
import { fillJson, fillPath, fillText, type PlaceholderValues } from "../../platform/placeholders.ts";
import type { Flow, FlowAnswer, FlowFault } from "./flow.ts";
import type { Call } from "./settings.ts";

/** What opens a system's doors: one header. */
export interface Pass {
  readonly name: "authorization" | "cookie";
  readonly value: string;
}

export interface CallContext {
  readonly flow: Flow;
  /** Where a mere path leads: `https://19777.documents.city.test:8443`. */
  readonly base: string;
  readonly values: PlaceholderValues;
  readonly pass?: Pass | undefined;
}

export type CallOutcome =
  | { readonly kind: "good"; readonly answer: FlowAnswer }
  /** Another status, or another value than expected. */
  | { readonly kind: "wrong"; readonly answer: FlowAnswer }
  /** It wants a token, and would be given one over an open line. Nothing was sent. */
  | { readonly kind: "open-line" }
  | FlowFault;

/** Sends one declared request and holds the answer against what must come of it. Resolves for whatever the other side does. */
export async function makeCall(call: Call, { flow, base, values, pass }: CallContext): Promise<CallOutcome> {
  const { method, url } = toPlace(call, base, values);
  if (pass && !url.startsWith("https://")) return { kind: "open-line" };
  const body = call.body === undefined ? undefined : JSON.stringify(fillJson(call.body, values) ?? {});
  const answer = await flow.send({
    method,
    url,
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(pass && { [pass.name]: pass.value }),
    },
    body,
  });
  if (answer.kind !== "answer") return answer;
  return { kind: isGood(call, answer, values) ? "good" : "wrong", answer };
}

function toPlace(call: Call, base: string, values: PlaceholderValues) {
  for (const key of ["get", "post", "put", "delete"] as const) {
    const template = call[key];
    if (template === undefined) continue;
    const method = key.toUpperCase() as "GET" | "POST" | "PUT" | "DELETE";
    const [, origin = base, path = template] = /^(https:\/\/[^/?]+)(.*)$/.exec(template) ?? [];
    return { method, url: `${origin}${fillPath(path, values)}` };
  }
  throw new Error("a call without a method");
}

function isGood({ status: good, expect }: Call, { status, json }: FlowAnswer, values: PlaceholderValues): boolean {
  if (good ? !good.includes(status) : status < 200 || status > 299) return false;
  // Null stands for what is not there.
  return Object.entries(expect ?? {}).every(([pointer, value]) => {
    return (readPointer(json, pointer) ?? null) === (typeof value === "string" ? fillText(value, values) : value);
  });
}
