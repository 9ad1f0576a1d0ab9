import type { Figures } from "../../src/records/figures.ts";
import type { Observation } from "../../src/records/observation.ts";

interface Seen {
  readonly seq: number;
  readonly ord: number;
  readonly dossier: number;
  readonly observation: Observation;
}

interface Clockface {
  readonly first: number;
  readonly hour: number;
  readonly hours: number;
}

type Colour = "" | "run" | "supplement" | "fee" | "stopped";

/**
 * The figures of a unit by brute force: each dossier's life is painted hour by hour on a strip, with no timeline, no points and no sums.
 * All times must be whole hours of the clockface.
 */
export function countNaively(
  seen: readonly Seen[],
  unit: string,
  window: { start: number; end: number },
  face: Clockface,
): Figures {
  const totals = new Map<string, number>();
  const bump = (name: string, n = 1): void => void totals.set(name, (totals.get(name) ?? 0) + n);
  for (const dossier of new Set(seen.map((one) => one.dossier))) {
    const rows = pickRows(seen.filter((one) => one.dossier === dossier));
    if (rows.at(-1)!.unit === unit) countDossier(rows, window, face, bump);
  }
  const get = (name: string): number => totals.get(name) ?? 0;
  const three = { supplement: get("supplement"), fee: get("fee"), stopped: get("stopped") };
  return {
    carriedOver: get("carriedOver"),
    received: {
      total: get("online") + get("direct") + get("post"),
      online: get("online"),
      direct: get("direct"),
      post: get("post"),
    },
    reopened: get("reopened"),
    resolved: {
      total: get("early") + get("onTime") + get("late"),
      early: get("early"),
      onTime: get("onTime"),
      late: get("late"),
    },
    inProgress: { total: get("run"), within: get("run") - get("overdue"), overdue: get("overdue") },
    paused: { total: three.supplement + three.fee + three.stopped, ...three, overdue: get("pausedOverdue") },
    returned: { total: get("withdrawn") + get("rejected"), withdrawn: get("withdrawn"), rejectedInBase: get("rejected") },
    pendingIntake: get("pending"),
    refusedAtIntake: get("refused"),
    resultHandedOver: get("handedOver"),
  };
}

/** One row for each time of update: the newest export's, then the last to arrive; a row told again keeps its first arrival. */
function pickRows(seen: readonly Seen[]): Observation[] {
  const first = new Map<string, Seen>();
  for (const one of [...seen].sort((a, b) => a.seq - b.seq || a.observation.exported - b.observation.exported || a.ord - b.ord)) {
    const { exported: _exported, ...content } = one.observation;
    const key = JSON.stringify(content);
    if (!first.has(key)) first.set(key, one);
  }
  const winners = new Map<number, Seen>();
  for (const one of first.values()) {
    const rival = winners.get(one.observation.updated);
    const wins =
      !rival ||
      one.observation.exported > rival.observation.exported ||
      (one.observation.exported === rival.observation.exported &&
        (one.seq > rival.seq || (one.seq === rival.seq && one.ord > rival.ord)));
    if (wins) winners.set(one.observation.updated, one);
  }
  return [...winners.values()].map((one) => one.observation).sort((a, b) => a.updated - b.updated);
}

const closing: Readonly<Record<string, string>> = {
  resolved: "resolved",
  handed_over: "resolved",
  withdrawn: "withdrawn",
  rejected: "rejected",
};

function countDossier(
  rows: readonly Observation[],
  window: { readonly start: number; readonly end: number },
  { first, hour, hours }: Clockface,
  bump: (name: string) => void,
): void {
  const last = rows.at(-1)!;
  const inWindow = (t: number): boolean => t >= window.start && t < window.end;
  // A cell is the hour that begins there; what holds "at T" is what the hour before T shows.
  const cell = (t: number): number => Math.round((t - first) / hour);
  const at = (t: number): number => cell(t) - 1;
  const isAccepted = rows.some((row) => row.state !== "pending" && row.state !== "refused");
  const lateFrom = last.due === undefined ? Infinity : first + (Math.floor((last.due - first) / (24 * hour)) + 1) * 24 * hour;
  const dueDay = last.due === undefined ? undefined : Math.floor((last.due - first) / (24 * hour));

  // Before acceptance.
  let waitingSince = last.submitted;
  let previous = "";
  const refusals: { readonly since: number | undefined; at: number }[] = [];
  for (const row of rows) {
    if (row.state === "pending") {
      if (previous !== "pending") waitingSince ??= row.updated;
    } else if (row.state === "refused") {
      const since = previous === "refused" ? refusals.at(-1)!.since : waitingSince;
      const at = Math.max(row.finished ?? row.updated, since ?? -Infinity);
      if (previous !== "refused") refusals.push({ since, at });
      else if (row.finished !== undefined) refusals.at(-1)!.at = at;
      waitingSince = undefined;
    } else break;
    previous = row.state;
  }
  for (const refusal of refusals) {
    if (inWindow(refusal.at)) bump("refused");
    if (refusal.since !== undefined && refusal.since < window.end && refusal.at >= window.end) bump("pending");
  }
  if (waitingSince !== undefined && waitingSince < window.end) {
    if (!isAccepted || last.received! >= window.end) bump("pending");
  }
  if (!isAccepted) return;

  // After it, painted.
  const begin = last.received!;
  const strip: Colour[] = Array.from({ length: hours }, (_, h) => (h >= cell(begin) ? "run" : ""));
  const since: number[] = Array.from({ length: hours }, () => cell(begin));
  const paint = (from: number, colour: Colour): void => {
    for (let h = Math.max(cell(from), 0); h < hours; h++) {
      strip[h] = colour;
      since[h] = cell(from);
    }
  };
  const ends: { at: number; kind: string }[] = [];
  const reopenings: number[] = [];
  const handed: number[] = [];
  let closed = false;
  let lifeStart = begin;
  let colour: Colour = "run";
  let before = "";
  // What the strip showed before the last closing wiped it, for when the closing is corrected.
  let unclosed = [...strip];
  let unclosedSince = [...since];
  for (const row of rows) {
    if (row.state === "pending" || (row.state === "refused" && before === "")) continue;
    const kind = row.state === "refused" ? "rejected" : closing[row.state];
    if (kind) {
      if (!closed) {
        unclosed = [...strip];
        unclosedSince = [...since];
        ends.push({ at: Math.max(row.finished ?? row.updated, lifeStart), kind });
      } else {
        const end = ends.at(-1)!;
        const keeps = row.state === "handed_over" && end.kind === "resolved" && row.finished === undefined;
        end.kind = kind;
        if (!keeps) end.at = Math.max(row.finished ?? row.updated, lifeStart);
        strip.splice(0, hours, ...unclosed);
        since.splice(0, hours, ...unclosedSince);
      }
      paint(ends.at(-1)!.at, "");
      closed = true;
      if (row.state === "handed_over") {
        if (before !== "handed_over") handed.push(row.handedOver ?? row.updated);
        else if (row.handedOver !== undefined) handed[handed.length - 1] = row.handedOver;
      }
    } else {
      const wanted: Colour = row.state === "in_progress" ? "run" : (row.state as Colour);
      if (closed) {
        lifeStart = Math.max(row.updated, ends.at(-1)!.at);
        reopenings.push(lifeStart);
        paint(lifeStart, "run");
        closed = false;
        colour = "run";
      }
      if (wanted !== colour) paint(Math.max(row.updated, lifeStart), wanted);
      colour = wanted;
    }
    before = row.state;
  }

  if (inWindow(begin)) bump(last.channel);
  for (const t of reopenings) if (inWindow(t)) bump("reopened");
  for (const t of handed) if (inWindow(t)) bump("handedOver");
  for (const { at: end, kind } of ends) {
    if (!inWindow(end)) continue;
    const day = Math.floor((end - first) / (24 * hour));
    if (kind !== "resolved") bump(kind);
    else bump(dueDay === undefined || day === dueDay ? "onTime" : day < dueDay ? "early" : "late");
  }
  if (strip[at(window.start)]) bump("carriedOver");
  const now = strip[at(window.end)];
  if (!now) return;
  bump(now);
  if (now === "run" && window.end - hour >= lateFrom) bump("overdue");
  if (now !== "run" && since[at(window.end)]! > cell(lateFrom)) bump("pausedOverdue");
}
