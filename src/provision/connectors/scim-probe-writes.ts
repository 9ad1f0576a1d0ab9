import { Failure } from "../../platform/failure.ts";
import type { HttpAnswer, HttpRequest } from "../../platform/http.ts";
import { wait } from "../../platform/wait.ts";
import { type AccountState, type ManagedKey, toNameKey } from "../account.ts";
import type { Probed, Profile } from "../profile.ts";
import { describeRefusal, readJsonObject } from "./scim-answer.ts";
import { createScimBulk, mostInBulk } from "./scim-bulk.ts";
import type { Json, ScimProbe } from "./scim-probe.ts";
import { cleanUp, listOwn, makeState } from "./scim-probe-accounts.ts";
import { learnAnswersAsStored, makeWholeState } from "./scim-probe-answers.ts";
import { readScimUser, toActivePatch, toPutBody, toScimPatch, toScimUser } from "./scim-user.ts";

/** Tries what only a write can tell, on accounts that carry the probe's own name, and takes them away again, whatever happened. */
export async function probeByWriting(request: ScimProbe, read: Profile, mostOperations?: number): Promise<Probed> {
  const made = new Set<string>();
  let learned: Partial<Profile>;
  try {
    learned = await tryWrites(request, read, made);
    if (read.bulk === null && learned.uniqueNames === true) {
      learned = { ...learned, bulk: (await tryBulk(request, made)) ? Math.min(mostOperations ?? mostInBulk, mostInBulk) : 0 };
    }
  } catch (error) {
    // What cannot be taken away now carries the probe's name, and the next probe takes it away.
    await cleanUp(request, made);
    throw error;
  }
  const { remove, disabled, left } = await cleanUp(request, made);
  return { profile: { ...read, ...learned, remove }, disabled, left };
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
  const whole = makeWholeState(makeState(marker, 4));
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
  // What was written and is there is held, whatever the schemas say.
  const isKept = (key: ManagedKey): boolean => key in first.attributes && actual.attributes[key] === first.attributes[key];
  const notHeld = read.notHeld?.filter((key) => !isKept(key)) ?? null;
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
    notHeld,
    patch,
    patchStatus: patched.status,
    put,
    ifMatchHeld,
    disable,
    absentActive: disable === "works" && shown === undefined ? false : read.absentActive,
  };
}

/** Two new accounts and a taken name in one request: the two are made, the third is refused, and the answer says which is which. */
async function tryBulk(request: ScimProbe, made: Set<string>): Promise<boolean> {
  const { system, line, marker } = request;
  const bulk = createScimBulk({ system, line, most: 3 });
  // The first goes alone, and the three behind it together.
  const states = [5, 6, 7].map((n) => makeState(marker, n));
  const taken = makeState(marker, 8, { userName: (states[0] as AccountState).userName });
  const written = await Promise.all([...states, taken].map((state) => bulk.create(toScimUser(state))));
  for (const one of written) {
    const id = "answer" in one ? readScimUser(readJsonObject(one.answer))?.id : undefined;
    if (id !== undefined) made.add(id);
  }
  const names = new Set(states.map(({ userName }) => userName));
  const listed = (await listOwn(request)).filter((user) => names.has(toNameKey(String(user["userName"]))));
  const refused = written[3];
  return (
    bulk.isTaken() &&
    written.slice(0, 3).every((one) => "answer" in one) &&
    refused !== undefined &&
    "result" in refused &&
    refused.result.outcome === "refused" &&
    listed.length === states.length
  );
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
