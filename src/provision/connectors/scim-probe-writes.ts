import { Failure } from "../../platform/failure.ts";
import type { HttpAnswer, HttpRequest } from "../../platform/http.ts";
import { wait } from "../../platform/wait.ts";
import { type AccountState, toNameKey } from "../account.ts";
import type { Probed, Profile } from "../profile.ts";
import { describeRefusal, readJsonObject } from "./scim-answer.ts";
import { listScimUsers } from "./scim-list.ts";
import type { Json, ScimProbe } from "./scim-probe.ts";
import { learnAnswersAsStored, makeWholeState } from "./scim-probe-answers.ts";
import { readScimUser, toActivePatch, toPutBody, toScimPatch, toScimUser } from "./scim-user.ts";

const shownName = "wardctl probe";
const namePrefix = "wardctl-probe-";

/** Tries what only a write can tell, on accounts that carry the probe's own name, and takes them away again, whatever happened. */
export async function probeByWriting(request: ScimProbe, read: Profile): Promise<Probed> {
  const made = new Set<string>();
  let learned: Partial<Profile>;
  try {
    learned = await tryWrites(request, read, made);
  } catch (error) {
    // What cannot be taken away now carries the probe's name, and the next probe takes it away.
    await cleanUp(request, made);
    throw error;
  }
  const { remove, disabled, left } = await cleanUp(request, made);
  return { profile: { ...read, ...learned, remove }, disabled, left };
}

function makeState(marker: string, n: number, change: Partial<AccountState> = {}): AccountState {
  const attributes = { displayName: shownName, formattedName: shownName, givenName: "wardctl", title: "probe" };
  return {
    externalId: `${namePrefix}${marker}/${n}`,
    userName: `${namePrefix}${marker}-${n}`,
    active: true,
    attributes,
    ...change,
  };
}

async function tryWrites(request: ScimProbe, read: Profile, made: Set<string>): Promise<Partial<Profile>> {
  const { line, marker } = request;
  const send = (method: HttpRequest["method"], path: string, body?: unknown, headers?: Readonly<Record<string, string>>) =>
    line.send({ method, path, body, headers });
  const create = async (state: AccountState, more: Json = {}): Promise<HttpAnswer> => {
    const answer = await send("POST", "/Users", { ...toScimUser(state), ...more });
    const id = readScimUser(readJsonObject(answer))?.id;
    if (answer.status < 300 && id !== undefined) made.add(id);
    return answer;
  };
  const first = makeState(marker, 1);
  const created = await create(first, { nickName: "kept" });
  if (created.status >= 300) {
    throw new Failure(created.status === 403 ? "denied" : "unavailable", describeRefusal(request.system, created));
  }
  const listNamed = async (userName = first.userName): Promise<readonly Json[]> =>
    (await listOwn(request)).filter((user) => toNameKey(String(user["userName"])) === toNameKey(userName));
  /** A new account may stay out of sight for a moment. */
  const findOwn = async (): Promise<Json | undefined> => {
    for (const ms of [0, 500, 2_000]) {
      if (ms > 0) await wait(ms, request.signal ?? new AbortController().signal);
      const [own] = await listNamed();
      if (own) return own;
    }
    return undefined;
  };
  const account = await findOwn();
  const id = typeof account?.["id"] === "string" ? account["id"] : undefined;
  if (!account || id === undefined) return { idFrom: null };
  made.add(id);
  const path = `/Users/${encodeURIComponent(id)}`;
  const readOwn = async (): Promise<Json> => readJsonObject(await line.read(path)) ?? {};

  const again = await create(makeState(marker, 2, { userName: first.userName }));
  const whole = makeWholeState(`${namePrefix}${marker}-4`, `${namePrefix}${marker}/4`, shownName);
  const answersAsStored = await learnAnswersAsStored(line, await create(whole), listNamed);
  const sameExternalId = await create(makeState(marker, 3, { externalId: first.externalId }));
  const facts: Partial<Profile> = {
    idFrom: readScimUser(readJsonObject(created)) ? "body" : created.headers["location"] === undefined ? "none" : "location",
    answersAsStored,
    keepsExternalId: account["externalId"] === first.externalId,
    keepsUserName: account["userName"] === first.userName,
    duplicateStatus: again.status,
    // A success that names no new account may be a refusal in words: then the list tells.
    uniqueNames: again.status >= 300 || (!namesAccount(again) && (await listNamed()).length === 1),
    uniqueExternalIds: sameExternalId.status >= 300,
  };

  const actual = readScimUser(account);
  if (!actual) return facts;
  const wanted = { ...actual, attributes: { ...actual.attributes, title: "probe 2" } };
  const patched = await send("PATCH", path, toScimPatch(actual, wanted, ["title"]));
  const afterPatch = await readOwn();
  const patch =
    patched.status >= 300
      ? "refused"
      : afterPatch["title"] === "probe 2" && afterPatch["nickName"] === account["nickName"]
        ? "works"
        : "loses";
  const put = await tryPut(send, path, readOwn);
  const version = (afterPatch["meta"] as Json | undefined)?.["version"];
  const ifMatchHeld =
    read.ifMatch && typeof version === "string" && patch === "works"
      ? (await send("PATCH", path, toScimPatch(wanted, actual, ["title"]), { "if-match": 'W/"wardctl-stale"' })).status === 412
      : null;
  const off =
    patch === "refused"
      ? await send(
          "PUT",
          path,
          toPutBody(await readOwn(), (user) => Object.assign(user, { active: false })),
        )
      : await send("PATCH", path, toActivePatch(false));
  const shown = (await readOwn())["active"];
  const beforeOff = account["active"];
  const disable =
    off.status >= 300 ? "refused" : shown === false || (shown === undefined && beforeOff === true) ? "works" : "ignored";
  return {
    ...facts,
    patch,
    patchStatus: patched.status,
    put,
    ifMatchHeld,
    disable,
    absentActive: disable === "works" && shown === undefined ? false : read.absentActive,
  };
}

function namesAccount(answer: HttpAnswer): boolean {
  return readScimUser(readJsonObject(answer)) !== undefined || answer.headers["location"] !== undefined;
}

type Send = (method: HttpRequest["method"], path: string, body?: unknown) => Promise<HttpAnswer>;

/** Whole account read, one value changed, written back: does everything else survive? */
async function tryPut(send: Send, path: string, readOwn: () => Promise<Json>): Promise<Profile["put"]> {
  const before = await readOwn();
  const answer = await send(
    "PUT",
    path,
    toPutBody(before, (user) => Object.assign(user, { title: "probe 3" })),
  );
  if (answer.status >= 300) return "refused";
  const after = await readOwn();
  const rest = ({ meta: _, title: __, ...others }: Json): string => JSON.stringify(Object.entries(others).sort());
  return after["title"] === "probe 3" && rest(before) === rest(after) ? "keeps" : "loses";
}

/** Test accounts of this and of earlier probes: by their name, their external id and what they show, all three. */
async function listOwn({ system, line }: ScimProbe): Promise<readonly Json[]> {
  const own: Json[] = [];
  await listScimUsers({
    system,
    line,
    pageSize: 100,
    readUser(value) {
      const user = value as Json;
      const named = toNameKey(String(user["userName"])).startsWith(namePrefix);
      if (named && user["displayName"] === shownName && !own.includes(user)) own.push(user);
      return readScimUser(value);
    },
  });
  return own;
}

interface Cleaned {
  readonly remove: Profile["remove"];
  readonly disabled: readonly string[];
  readonly left: readonly string[];
}

/** 500 on DELETE was seen where something refers to the account (provision.md §15): then it is disabled. */
async function cleanUp(request: ScimProbe, made: ReadonlySet<string>): Promise<Cleaned> {
  const { line } = request;
  const names = new Map([...made].map((id) => [id, id]));
  await orNothing(async () => {
    for (const user of await listOwn(request)) names.set(String(user["id"]), String(user["userName"]));
  });
  const disabled: string[] = [];
  const left: string[] = [];
  let removed = 0;
  for (const [id, name] of names) {
    const path = `/Users/${encodeURIComponent(id)}`;
    const gone = await orNothing(() => line.send({ method: "DELETE", path }));
    if (gone && (gone.status < 300 || gone.status === 404)) {
      removed += 1;
      continue;
    }
    const patched = await orNothing(() => line.send({ method: "PATCH", path, body: toActivePatch(false) }));
    if (patched && patched.status < 300) disabled.push(name);
    else left.push(name);
  }
  return { remove: names.size === 0 ? null : removed === names.size ? "works" : "refused", disabled, left };
}

async function orNothing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
