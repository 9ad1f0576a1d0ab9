import type { Directory } from "../directory/directory.ts";
import { sha256 } from "../platform/canonical-json.ts";
import type { Instant } from "../platform/clock.ts";
import type { Database, Sql } from "../platform/database.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import type { HttpClient } from "../platform/http.ts";
import { readInstant, toIso, type Zone } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import { addBatch, asLoad, type BatchState, ensureSource, type StoredSource, saveCursor, takeSeq } from "./batch-store.ts";
import type { DueRules } from "./calendar-store.ts";
import { createRowReader, type DossierRow } from "./dossier-row.ts";
import { faultyInput } from "./faulty-input.ts";
import { toRules } from "./import-dossiers.ts";
import { describeFindings, toSeconds } from "./import-file.ts";
import { createIntake, type IntakeRow } from "./intake.ts";
import { toContentText } from "./observation.ts";
import type { Receipt } from "./receipt.ts";
import { sumRefusals } from "./refusals.ts";
import { rowWords } from "./row-words.ts";
import type { NamedSource, RestProfile } from "./source.ts";
import { createPageReader, type Page, pickFields } from "./sources/rest.ts";
import { restWords } from "./sources/rest-words.ts";
import { addStaged, clearStaged, type FetchState, findFetch, listStaged, type StagedItem } from "./staging-store.ts";

export interface SyncRequest {
  readonly database: Database;
  readonly source: NamedSource<RestProfile>;
  readonly client: HttpClient;
  readonly token: string | undefined;
  readonly directory: Directory;
  readonly zone: Zone;
  readonly now: () => Instant;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly skipInvalid: boolean;
  /** What dropped codes are found by (records.codeKey). */
  readonly codeKey?: string | undefined;
  /** What due dates are held against, to warn. */
  readonly dueRules?: DueRules | undefined;
  readonly signal: AbortSignal;
  readonly onPage?: (read: number, total: number | undefined) => void;
  readonly onApplied?: (tx: Sql, receipt: Receipt) => Promise<void>;
}

export interface SyncResult {
  readonly receipt: Receipt;
  /** Rows that an earlier, stopped run had fetched already. */
  readonly resumedAfter: number;
  /** Why it is partial. */
  readonly failure: Failure | undefined;
  /** What is wrong with the rows that were not taken. */
  readonly faults: readonly Fault[];
  /** Why a fetch that came to its end may not have read everything. */
  readonly doubts: readonly Words[];
}

/** Pages drift, and what a stopped run fetched grows old: after an hour it is fetched anew. */
const resumeWithinMs = 3_600_000;

/** A source that filters after it cut its pages may have some without a row; one after the other for ever is none. */
const emptyPagesAtMost = 10;

/**
 * Fetches a source page by page into staging, each page with its place in one transaction, then takes all of it as one seq. Stopped or
 * killed, the next run goes on at the page in hand. A source that fails for good midway is applied as `partial`: true, not fresh.
 * Failure kinds: unavailable and denied (nothing was read), invalid (rows with faults, nothing applied), cancelled (pages kept),
 * unsafe (another process fetches the same source).
 */
export async function syncSource(request: SyncRequest): Promise<SyncResult> {
  const { database, source } = request;
  const stored = await database.transaction((tx) => ensureSource(tx, source.name), asLoad);
  let state = await openFetch(request, stored);
  const resumedAfter = state.read;
  let failure: Failure | undefined;
  try {
    state = await fetchPages(request, stored, state);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "cancelled" || error.kind === "unsafe") throw error;
    state = (await findFetch(database, stored.id)) ?? state;
    if (state.read === 0) throw error;
    failure = error;
  }
  const { receipt, faults, doubts } = await applyStaged(request, state, failure ? "partial" : "done").catch(
    async (error: unknown) => {
      // Fetched again next time: the rows are mended at the source, or the profile here.
      if (error instanceof Failure && error.kind === "invalid")
        await database.transaction((tx) => clearStaged(tx, stored.id), asLoad);
      throw error;
    },
  );
  return { receipt, faults, doubts, resumedAfter, failure };
}

async function openFetch({ database, source, now, zone }: SyncRequest, stored: StoredSource): Promise<FetchState> {
  const { profile } = source;
  const digest = sha256(JSON.stringify(profile));
  const open = await findFetch(database, stored.id);
  if (open?.profile === digest && now() - open.startedAt < resumeWithinMs) return open;
  if (open) await database.transaction((tx) => clearStaged(tx, stored.id), asLoad);
  const incremental = profile.export === "changes" && profile.sinceParam !== undefined && stored.cursorAt !== undefined;
  const since = incremental ? toIso(((stored.cursorAt as number) - profile.overlap) * 1000, zone) : undefined;
  return {
    profile: digest,
    startedAt: now(),
    place: undefined,
    ended: false,
    read: 0,
    total: undefined,
    since,
    asOf: undefined,
  };
}

async function fetchPages(request: SyncRequest, stored: StoredSource, from: FetchState): Promise<FetchState> {
  const { database, source, signal, zone } = request;
  const readPage = createPageReader({ ...request, profile: source.profile });
  const places = new Set([from.place]);
  const isNumbered = ["page", "offset"].includes(source.profile.page.style);
  const digests = new Set<string>();
  let digestBefore: string | undefined;
  let emptyPages = 0;
  let state = from;
  while (!state.ended) {
    if (signal.aborted) throw cancelled(state.read);
    const afterShort = state.lastCount !== undefined && state.lastCount < source.profile.page.size;
    const asked = { place: state.place, since: state.since, readBefore: state.read, afterShort, signal };
    const answer = await readPage(asked).catch((error: unknown) => {
      throw error instanceof Failure && error.kind === "cancelled" ? cancelled(state.read) : error;
    });
    // By what is taken of it: the rest may be as large and as deep as the server likes.
    const taken = answer.items.map((one) => pickFields(one, source.profile.columns) ?? null);
    const digest = answer.items.length === 0 ? undefined : sha256(JSON.stringify(taken));
    // Behind their end some servers give the last page again and again.
    const isEnd = isNumbered && afterShort && answer.total === undefined && digest !== undefined && digest === digestBefore;
    const page = isEnd ? { ...answer, items: [], next: undefined } : answer;
    const total = page.total ?? state.total;
    const { total: totalPath, size } = source.profile.page;
    if (totalPath !== undefined && total === undefined) throw new Failure("invalid", restWords.noTotal(source.name, totalPath));
    const exported = page.asOf === undefined ? undefined : readInstant(page.asOf, zone);
    const asOf = exported === undefined ? undefined : toSeconds(exported);
    const items = mapPage(request, page, state.read, asOf);
    if (page.next !== undefined && places.has(page.next)) throw new Failure("unavailable", restWords.cursorTwice(source.name));
    places.add(page.next);
    if (digest !== undefined && !isEnd && digests.has(digest)) throw new Failure("unavailable", restWords.pageTwice(source.name));
    if (digest !== undefined) digests.add(digest);
    digestBefore = digest;
    emptyPages = page.items.length === 0 ? emptyPages + 1 : 0;
    if (emptyPages === emptyPagesAtMost && page.next !== undefined)
      throw new Failure("unavailable", restWords.neverEnds(source.name, emptyPages));
    state = {
      ...state,
      place: page.next,
      ended: page.next === undefined,
      read: state.read + page.items.length,
      lastCount: page.items.length,
      total,
      ...(total !== undefined && { mostDeclared: Math.max(total, state.mostDeclared ?? 0) }),
      onlyOnePage: !isNumbered && state.lastCount === undefined && page.next === undefined && page.items.length >= size,
      asOf: state.asOf ?? asOf,
    };
    const reached = state;
    await database.transaction(async (tx) => {
      const kept = (await findFetch(tx, stored.id))?.read ?? 0;
      if (kept !== reached.read - page.items.length) throw new Failure("unsafe", restWords.twoAtOnce(source.name));
      await addStaged(tx, stored.id, items, reached);
    }, asLoad);
    request.onPage?.(state.read, state.total);
  }
  // What was never shown is not gone, and is to be asked for again.
  if (state.total !== undefined && state.read < state.total)
    throw new Failure("unavailable", restWords.brokenOff(source.name, state.read, state.total));
  return state;
}

function mapPage(
  { source, directory, zone }: SyncRequest,
  page: Page,
  before: number,
  exported: number | undefined,
): StagedItem[] {
  const read = createRowReader({ source, directory, zone, exported });
  return page.items.map((item, index): StagedItem => {
    const n = before + index + 1;
    const texts = pickFields(item, source.profile.columns);
    if (!texts) return { n, faults: [{ value: "", message: rowWords.notAnItem }] };
    const row = read(texts);
    return "code" in row ? { n, row } : { n, faults: row.map(({ value, message, reason }) => ({ value, message, reason })) };
  });
}

async function applyStaged(
  request: SyncRequest,
  state: FetchState,
  outcome: BatchState,
): Promise<Pick<SyncResult, "receipt" | "faults" | "doubts">> {
  const { database, source, now, zone } = request;
  const { profile, name } = source;
  const skip = request.skipInvalid || profile.skipInvalid;
  return database.transaction(async (tx) => {
    const seq = await takeSeq(tx);
    const stored = await ensureSource(tx, name);
    const rules = toRules(profile, zone);
    const { codeKey, dueRules } = request;
    const intake = await createIntake(tx, { source: stored, seq, rules, now: toSeconds(now()), codeKey, dueRules });
    const faults: Fault[] = [];
    const reasons: Words[] = [];
    let refused = 0;
    const spread = createSpread(toSeconds(state.startedAt) - profile.overlap);
    for await (const items of listStaged(tx, stored.id)) {
      const rows: IntakeRow[] = [];
      for (const item of items) {
        if ("row" in item) {
          rows.push({ row: item.row, ord: item.n });
          spread.add(item.row);
        } else {
          refused += 1;
          reasons.push(...item.faults.map(({ reason, message }) => reason ?? message));
          faults.push(...item.faults.map(({ value, message }) => ({ file: name, line: item.n, value, message })));
        }
      }
      await intake.take(rows);
    }
    if (faults.length > 0 && !skip) throw faultyInput(name, faults, faults.length, rowWords.skipOrMend);
    intake.findings.addMany("W-REJECTED", "", refused);
    const { total } = state;
    const fellFrom = total !== undefined && total < (state.mostDeclared ?? total) ? state.mostDeclared : undefined;
    const different = spread.count() + refused;
    const isShort = total !== undefined && different < total && (spread.moved() || spread.repeated());
    const doubts: Words[] = [];
    if (outcome === "done" && total !== undefined) {
      if (fellFrom !== undefined) {
        doubts.push(restWords.shrank(fellFrom, total));
        intake.findings.add("W-DECLARED", "", undefined, `${fellFrom} → ${total}`);
      }
      if (isShort) doubts.push(restWords.moved(total, different));
      if (isShort || total !== state.read) {
        intake.findings.add("W-DECLARED", "", undefined, `${total} ≠ ${isShort ? different : state.read}`);
      }
    }
    if (outcome === "done" && total === undefined && state.onlyOnePage) doubts.push(restWords.onlyOnePage(profile.page.next));
    const whole = profile.export === "full" && outcome === "done" && refused === 0 && doubts.length === 0;
    const { counts, unitIds, newestUpdate, exportAt } = await intake.finish({ full: whole });
    const rows = { read: state.read, ...counts, refused };
    const batch = {
      seq,
      sourceId: stored.id,
      startedAt: toSeconds(state.startedAt),
      finishedAt: toSeconds(now()),
      exportAt: state.asOf ?? exportAt,
      file: undefined,
      sha256: undefined,
      declaredRows: state.total,
      rows,
      state: outcome,
    };
    await addBatch(tx, batch, intake.findings.list(), unitIds);
    // Only a whole fetch moves the mark that the next one starts from; reading again is harmless. A row that went to the end while pages were
    // read, or left, drew an old one over a page's edge.
    const passedOver = fellFrom !== undefined || (isShort && spread.moved());
    if (outcome === "done" && !passedOver && newestUpdate !== undefined) {
      // A row dated in the future must not hide what comes until then.
      const newest = Math.min(newestUpdate, toSeconds(state.startedAt));
      await saveCursor(tx, stored.id, Math.max(newest, stored.cursorAt ?? newest));
    }
    await clearStaged(tx, stored.id);
    const warnings = await describeFindings(tx, seq);
    const known = { file: undefined, sha256: undefined, alreadyImportedAs: undefined, rejectedFile: undefined };
    const refusals = sumRefusals(reasons);
    const receipt: Receipt = { source: name, seq, state: outcome, rows, warnings, refusals, ...known };
    await request.onApplied?.(tx, receipt);
    return { receipt, faults, doubts };
  }, asLoad);
}

/** How many different dossiers were given, and whether one was given again: as it was, or changed since the fetch began. */
function createSpread(since: number): {
  add(row: DossierRow): void;
  count(): number;
  repeated(): boolean;
  moved(): boolean;
} {
  const given = new Map<string, string>();
  let [repeated, moved] = [false, false];
  return {
    add({ codeText, observation }) {
      const now = `${observation.updated}|${toContentText(observation)}`;
      const before = given.get(codeText);
      given.set(codeText, now);
      if (before === now) repeated = true;
      else if (before !== undefined && observation.updated >= since) moved = true;
    },
    count: () => given.size,
    repeated: () => repeated,
    moved: () => moved,
  };
}

function cancelled(read: number): Failure {
  return new Failure("cancelled", {
    vi: `đã dừng; giữ ${read} hồ sơ đã lấy, chạy lại để lấy tiếp`,
    en: `cancelled; the ${read} dossiers fetched are kept, run again to go on`,
  });
}
