import { sha256, toCanonicalJson } from "../../../platform/canonical-json.ts";
import { Failure } from "../../../platform/failure.ts";
import { fillText, type PlaceholderValues } from "../../../platform/placeholders.ts";
import type { AccountState } from "../../account.ts";
import { restWords as words } from "./rest-words.ts";
import type { RestDefinition, WriteRequest } from "./settings.ts";

export function toMethod({
  post,
  put,
  patch,
  delete: remove,
}: Pick<WriteRequest, "post" | "put" | "patch" | "delete">): ["POST" | "PUT" | "PATCH" | "DELETE", string] {
  if (post !== undefined) return ["POST", post];
  if (remove !== undefined) return ["DELETE", remove];
  return put === undefined ? ["PATCH", patch ?? ""] : ["PUT", put];
}

export function takesPassword({ json, form }: RestDefinition["create"]): boolean {
  return JSON.stringify([json, form]).includes("${password}");
}

/** The same account is the same request, today and when a killed run goes on. */
export async function toRequestKey(system: string, { userName, externalId }: AccountState): Promise<string> {
  return sha256(await toCanonicalJson({ system, userName, externalId: externalId ?? null })).slice(0, 36);
}

/** `Location: /users/4711`, relative or not. */
export function toLastSegment(address: string | undefined): string | undefined {
  const last = address?.split(/[?#]/, 1)[0]?.split("/").filter(Boolean).at(-1);
  try {
    return last === undefined ? undefined : decodeURIComponent(last);
  } catch {
    return last;
  }
}

export function fillHeaders(
  system: string,
  { headers }: Pick<RestDefinition, "headers">,
  values: PlaceholderValues,
): Readonly<{ [name: string]: string }> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, template]) => {
      const value = fillText(template, values);
      if (!/^[\x20-\x7e]*$/.test(value)) throw new Failure("invalid", words.badHeader(system, name));
      return [name.toLowerCase(), value];
    }),
  );
}
