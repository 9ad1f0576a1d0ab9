import { Failure } from "../../platform/failure.ts";
import type { HttpAnswer } from "../../platform/http.ts";
import type { Probed, ProbeRequest, Profile } from "../profile.ts";
import { provisionFaults as words } from "../words.ts";
import { readJsonObject } from "./scim-answer.ts";
import type { ScimLine } from "./scim-line.ts";
import { probeByWriting } from "./scim-probe-writes.ts";
import { readSchemaFacts } from "./scim-schema.ts";
import { readScimUser } from "./scim-user.ts";

export type Json = Readonly<Record<string, unknown>>;

export interface ScimProbe extends ProbeRequest {
  readonly system: string;
  readonly line: ScimLine;
}

/** Learns by reading, and by writing marked test accounts where that is allowed. Failure kinds: unavailable, denied. */
export async function probeScim(request: ScimProbe): Promise<Probed> {
  const { system, line, signal } = request;
  const described = await readDescription(request, "/ServiceProviderConfig");
  const schemas = readSchemaFacts(await readDescription(request, "/Schemas"));
  const supports = (feature: string): boolean => (described?.[feature] as Json | undefined)?.["supported"] === true;
  const paging = await readPaging(request);
  const { users } = paging;
  const filter = await readFilter(request, users);
  const profile: Profile = {
    schema: "wardctl.profile/1",
    system,
    url: line.base,
    probedAt: request.probedAt,
    wrote: request.writes,
    described: described !== undefined,
    pageSize: paging.pageSize,
    paging: paging.paging,
    ...filter,
    caseExactNames: filter.caseExactNames ?? schemas.caseExactNames,
    notHeld: schemas.notHeld,
    absentActive: null,
    ifMatch:
      supports("etag") && users.length > 0 && users.every((user) => typeof (user["meta"] as Json)?.["version"] === "string"),
    ifMatchHeld: null,
    patch: described !== undefined && !supports("patch") ? "refused" : null,
    patchStatus: null,
    put: null,
    disable: null,
    duplicateStatus: null,
    uniqueNames: schemas.uniqueNames,
    uniqueExternalIds: null,
    keepsExternalId: null,
    keepsUserName: null,
    idFrom: null,
    answersAsStored: null,
    remove: null,
    bulk: supports("bulk") ? null : 0,
  };
  if (!request.writes || signal?.aborted) return { profile: { ...profile, wrote: false }, disabled: [], left: [] };
  const { maxOperations } = (described?.["bulk"] ?? {}) as { maxOperations?: unknown };
  return probeByWriting(request, profile, typeof maxOperations === "number" ? maxOperations : undefined);
}

/** RFC 7644 §4: services that do not describe themselves, or only to some, are many. */
async function readDescription({ line, signal }: ScimProbe, path: string): Promise<Json | undefined> {
  try {
    const answer = await line.read(path, signal);
    return answer.status === 200 ? readJsonObject(answer) : undefined;
  } catch (error) {
    if (error instanceof Failure && error.kind === "denied") return undefined;
    throw error;
  }
}

const askedSize = 200;

async function readPaging({
  system,
  line,
  signal,
}: ScimProbe): Promise<Pick<Profile, "paging" | "pageSize"> & { readonly users: readonly Json[] }> {
  let size = askedSize;
  let first = await line.read(`/Users?startIndex=1&count=${size}`, signal);
  while (first.status === 413 && size > 1) {
    size = Math.floor(size / 2);
    first = await line.read(`/Users?startIndex=1&count=${size}`, signal);
  }
  const { users, total, next } = readUsers(system, first);
  const capped = users.length < size && (next !== undefined || users.length < (total ?? 0));
  const pageSize = capped ? users.length : size < askedSize ? size : null;
  if (next !== undefined) return { paging: "cursor", pageSize, users };
  if (users.length < 2) return { paging: null, pageSize, users };
  const second = readUsers(system, await line.read("/Users?startIndex=2&count=1", signal)).users;
  const steps = second.length === 1 && second[0]?.["id"] === users[1]?.["id"];
  return { paging: steps ? "index" : "ignored", pageSize, users };
}

function readUsers(
  system: string,
  answer: HttpAnswer,
): { readonly users: readonly Json[]; readonly total: number | undefined; readonly next: unknown } {
  const list = answer.status === 200 ? readJsonObject(answer) : undefined;
  const resources = list?.["Resources"] ?? [];
  if (!list || !Array.isArray(resources) || !resources.every((user) => readScimUser(user) !== undefined)) {
    throw new Failure("unavailable", words.noList(system, answer.status));
  }
  const total = list["totalResults"];
  return { users: resources as Json[], total: typeof total === "number" ? total : undefined, next: list["nextCursor"] };
}

type FilterFacts = Pick<Profile, "filter" | "caseExactNames">;

async function readFilter({ line, signal }: ScimProbe, users: readonly Json[]): Promise<FilterFacts> {
  const count = async (name: string): Promise<number | undefined> => {
    const answer = await line.read(`/Users?filter=${encodeURIComponent(`userName eq ${JSON.stringify(name)}`)}`, signal);
    const list = answer.status === 200 ? readJsonObject(answer) : undefined;
    return typeof list?.["totalResults"] === "number" ? list["totalResults"] : undefined;
  };
  const nobody = await count("wardctl-probe-nobody-has-this-name");
  if (nobody === undefined) return { filter: "refused", caseExactNames: null };
  if (nobody > 0) return { filter: "ignored", caseExactNames: null };
  const name = users.map((user) => String(user["userName"])).find((userName) => userName !== userName.toUpperCase());
  if (name === undefined) return { filter: null, caseExactNames: null };
  if ((await count(name)) !== 1) return { filter: "ignored", caseExactNames: null };
  return { filter: "works", caseExactNames: (await count(name.toUpperCase())) === 0 };
}
