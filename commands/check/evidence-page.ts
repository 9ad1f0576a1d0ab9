import { describeRivals, type Names, nameEndpoint } from "../../src/health/cause-words.ts";
import { findCheck } from "../../src/health/local/local-checks.ts";
import type { Control, EvidencePack } from "../../src/health/pack/evidence-pack.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { layerNames, layerWords, reasons } from "../../src/health/reason.ts";
import type { RunHead } from "../../src/health/run-file.ts";
import type { Suspect } from "../../src/health/suspects.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { formatCount, formatDate } from "../../src/platform/format.ts";
import type { PageBlock } from "../../src/platform/page.ts";
import { toLocalTime, vietnamZone, type Zone } from "../../src/platform/time.ts";
import type { Lang, Words } from "../../src/platform/words.ts";
import { controlWords, evidenceWords as words } from "./evidence-words.ts";
import { formatOdds } from "./render.ts";

export interface PackView {
  readonly pack: EvidencePack;
  readonly head: RunHead;
  readonly suspects: readonly (Suspect & { readonly inWords: Words })[];
  readonly names: Names;
  readonly lang: Lang;
  /** Whose desk it is; undefined without a workspace. */
  readonly desk: string | undefined;
  readonly tool: string;
  readonly pinned: boolean;
  readonly probes: { readonly name: string; readonly lines: number; readonly sha256: string };
}

const utc: Zone = { name: "UTC", offsetMinutes: 0 };
/** More would be read by nobody; all of them are in the JSONL. */
const rowsAtMost = 120;
const hopsShown = 12;
const namedAtMost = 12;

/** The pack as one document for people: what happened, where, how it is known, what speaks against it. Pure. */
export function toPage(view: PackView): readonly PageBlock[] {
  const { pack, lang, names } = view;
  const say = (text: Words): string => text[lang];
  const heading = (text: Words): PageBlock => ({ kind: "heading", text: say(text) });
  const { cause } = pack.subject;
  return [
    { kind: "title", text: say(words.title) },
    { kind: "heading", text: describeTitle(view) },
    { kind: "fields", fields: listFacts(view) },
    heading(words.handTitle),
    {
      kind: "fields",
      fields: [words.called, words.caseNumber, words.takenBy, words.reporter].map((label) => ({ label: say(label), value: "" })),
    },
    heading(words.affectedTitle),
    ...listAffected(view),
    heading(words.layersTitle),
    { kind: "small", text: say(words.layersNote) },
    ...listLayers(view),
    heading(words.controlsTitle(say(layerWords[pack.layer]))),
    ...listControls(view),
    heading(words.againstTitle),
    ...listAgainst(view).map((text): PageBlock => ({ kind: "text", text })),
    heading(words.methodTitle),
    { kind: "fields", fields: listMethod(view) },
    heading(words.filesTitle),
    { kind: "small", text: say(words.filesText(view.probes.name, view.probes.lines)) },
    { kind: "small", text: say(words.sum(view.probes.sha256)) },
  ];

  function listAgainst({ pack: { controls }, suspects }: PackView): string[] {
    const working = cause?.evidence.working ?? [];
    const shown = working
      .slice(0, namedAtMost)
      .map((id) => (cause?.evidence.counted === "units" ? `${id} ${say(names.unit(id))}` : id));
    const more = working.length > shown.length ? [`… (${formatCount(working.length - shown.length, lang)})`] : [];
    const rivals = cause ? describeRivals(cause.cause, names).map(say) : [];
    const stopped = controls.some((control) => control.stopped > 0) ? countStopped(pack) : 0;
    const own = new Set(pack.affected.map(({ endpoint }) => endpoint.unit));
    const lines = [
      ...(working.length > 0 ? [say(words.working([...shown, ...more].join(", ")))] : []),
      ...(rivals.length > 0 ? [say(words.rivals(rivals.join("; ")))] : []),
      ...(stopped > 0 ? [say(words.also(stopped))] : []),
      ...suspects.filter(({ unit }) => own.has(unit)).map(({ inWords }) => say(words.suspects(say(inWords)))),
    ];
    return lines.length > 0 ? lines : [say(words.nothingAgainst)];
  }
}

/** Of all controls together, each endpoint once. */
function countStopped({ lines, affected, layer }: EvidencePack): number {
  const own = new Set(affected.map(({ endpoint }) => endpoint.id));
  const at = layerNames.indexOf(layer);
  const isStopped = (one: ProbeResult): boolean =>
    one.state === "fail" && one.layer !== undefined && layerNames.indexOf(one.layer) <= at;
  return lines.filter((one) => isStopped(one) && !own.has(one.endpoint)).length;
}

/** `mạng VNPT ở Huế`, or the unit. */
export function describeTitle({ pack: { subject }, names, lang }: Pick<PackView, "pack" | "names" | "lang">): string {
  const { kind, name, cause, incident } = subject;
  const text = kind === "unit" ? `${name} ${names.unit(name)[lang]}` : (cause?.title[lang] ?? incident?.inWords[lang] ?? name);
  return text.slice(0, 1).toLocaleUpperCase(lang) + text.slice(1);
}

function listFacts(view: PackView): { label: string; value: string }[] {
  const { pack, head, lang, desk } = view;
  const { subject, affected } = pack;
  const { cause, incident } = subject;
  const say = (text: Words): string => text[lang];
  const units = new Set(affected.map(({ endpoint }) => endpoint.unit)).size;
  const share = cause && formatOdds(cause.cause.odds, lang);
  const since = Math.min(...affected.map(({ result }) => sinceOf(result, view)));
  const field = (label: Words, value: string | undefined) => (value === undefined ? [] : [{ label: say(label), value }]);
  return [
    ...field(words.from, desk),
    ...field(words.what, cause ? say(cause.inWords) : say(words.noCause)),
    ...field(words.for, cause && say(cause.owner)),
    ...field(words.odds, share && say(words.oddsText(share))),
    ...field(words.extent, say(words.extentText(units, affected.length))),
    ...field(words.firstSeen, formatBoth(incident?.openedAt ?? since, lang)),
    ...field(words.confirmed, incident?.confirmedAt === undefined ? undefined : formatBoth(incident.confirmedAt, lang)),
    ...field(
      words.state,
      incident && say(incident.resolvedAt === undefined ? words.stillOn : words.over(formatBoth(incident.resolvedAt, lang))),
    ),
    ...field(words.checkedAt, formatBoth(head.at, lang)),
    ...field(words.number, incident?.key === undefined ? undefined : `#${incident.key}`),
  ];
}

/** `16:30:05 03/7/2025 (UTC+7) · 09:30:05 03/7/2025 (UTC)`. */
function formatBoth(at: Instant, lang: Lang): string {
  return `${formatSeconds(at, vietnamZone, lang)} (UTC+7) · ${formatSeconds(at, utc, lang)} (UTC)`;
}

function formatSeconds(at: Instant, zone: Zone, lang: Lang): string {
  const { hour, minute, second } = toLocalTime(at, zone);
  const time = [hour, minute, second].map((part) => String(part).padStart(2, "0")).join(":");
  return `${time}${lang === "vi" ? " " : ", "}${formatDate(at, zone, lang)}`;
}

/** The first of its tries, or when history first saw it. */
function sinceOf(result: ProbeResult, { pack: { subject } }: PackView): Instant {
  const first = result.earlier?.[0]?.at ?? result.at;
  return Math.min(first, subject.incident?.endpoints.get(result.endpoint)?.from ?? first);
}

function listAffected(view: PackView): PageBlock[] {
  const { pack, lang, names } = view;
  const say = (text: Words): string => text[lang];
  const rows = pack.affected.map(({ endpoint, result }) => {
    const address = result.seen?.address ?? (endpoint.addresses.length > 0 ? endpoint.addresses.join(", ") : endpoint.host);
    const failure = [result.layer && say(layerWords[result.layer]), result.reason && say(reasons[result.reason].words)];
    return {
      system: endpoint.system,
      unit: `${endpoint.unit} ${say(names.unit(endpoint.unit))}`,
      address: `${address.includes(":") ? `[${address}]` : address}:${endpoint.port}`,
      failure: failure.filter(Boolean).join(": "),
      since: formatSeconds(sinceOf(result, view), vietnamZone, lang),
      attempts: result.attempts,
    };
  });
  // Five systems behind one broken line are one row.
  const grouped = [...Map.groupBy(rows, ({ unit, address, failure }) => `${unit}\n${address}\n${failure}`).values()].map(
    (own) => {
      const [first] = own as [(typeof rows)[number]];
      const since = own.map((row) => row.since).sort()[0] ?? "";
      const tries = own.reduce((sum, { attempts }) => sum + attempts, 0);
      return [first.unit, own.map(({ system }) => system).join(", "), first.address, first.failure, since, String(tries)];
    },
  );
  return [
    {
      kind: "table",
      columns: [
        { title: say(words.unit), share: 20 },
        { title: say(words.systems), share: 22 },
        { title: say(words.address), share: 19 },
        { title: say(words.failure), share: 20 },
        { title: say(words.since), share: 13 },
        { title: say(words.tries), share: 6, align: "right" },
      ],
      rows: grouped.slice(0, rowsAtMost),
    },
    ...(grouped.length > rowsAtMost ? [{ kind: "small" as const, text: say(words.moreRows(grouped.length - rowsAtMost)) }] : []),
  ];
}

function listLayers({ pack, lang }: PackView): PageBlock[] {
  const say = (text: Words): string => text[lang];
  const blocks: PageBlock[] = [
    {
      kind: "table",
      columns: [
        { title: say(words.layer), share: 18 },
        { title: say(words.through), share: 14, align: "right" },
        { title: say(words.median), share: 14, align: "right" },
        { title: say(words.failed), share: 12, align: "right" },
        { title: say(words.reasons), share: 42 },
      ],
      rows: pack.layers.map(({ layer, passed, failed, reasons: why, medianMs }) => [
        say(layerWords[layer]),
        formatCount(passed, lang),
        medianMs === undefined ? "–" : `${formatCount(Math.round(medianMs), lang)} ms`,
        formatCount(failed, lang),
        why.map(([reason, n]) => `${say(reasons[reason].words)} (${reason}) × ${formatCount(n, lang)}`).join("; "),
      ]),
    },
  ];
  const others = new Map<string, number>();
  for (const { result } of pack.affected) {
    const text = result.seen?.differential && say(result.seen.differential.words);
    if (text) others.set(text, (others.get(text) ?? 0) + 1);
  }
  if (others.size > 0) {
    const list = [...others].map(([text, n]) => `${text} (× ${formatCount(n, lang)})`).join("; ");
    blocks.push({ kind: "text", text: `${say(words.otherWays)}: ${list}.` });
  }
  if (pack.hops.length > 0) {
    blocks.push({
      kind: "table",
      columns: [
        { title: say(words.hopsTitle), share: 30 },
        { title: say(words.hop), share: 60 },
        { title: say(words.status), share: 10, align: "right" },
      ],
      rows: pack.hops.slice(0, hopsShown).map(({ endpoint, url, status }) => [endpoint, url, String(status)]),
    });
  }
  return [...blocks, ...listCertificates(pack, say)];
}

/** Only where TLS is what fails: elsewhere they prove nothing. */
function listCertificates({ affected }: EvidencePack, say: (text: Words) => string): PageBlock[] {
  const seen = new Map(
    affected.flatMap(({ result }) =>
      result.layer === "tls" && result.seen?.certificate
        ? [[result.seen.certificate.fingerprint, result.seen.certificate] as const]
        : [],
    ),
  );
  if (seen.size === 0) return [];
  return [
    {
      kind: "table",
      columns: [
        { title: `${say(words.certificatesTitle)}: ${say(words.certificate)}`, share: 40 },
        { title: say(words.validity), share: 30 },
        { title: say(words.fingerprint), share: 30 },
      ],
      rows: [...seen.values()]
        .slice(0, hopsShown)
        .map(({ subject, issuer, from, until, fingerprint }) => [
          `${subject.replaceAll("\n", ", ")}\n${issuer.replaceAll("\n", ", ")}`,
          `${from}\n${until}`,
          fingerprint.match(/.{1,16}/g)?.join(" ") ?? "",
        ]),
    },
  ];
}

function listControls({ pack, lang, names }: PackView): PageBlock[] {
  const say = (text: Words): string => text[lang];
  if (pack.controls.length === 0) return [{ kind: "text", text: say(words.noControls) }];
  const byId = new Map(pack.lines.map((result) => [result.endpoint, result]));
  const example = (id: string): string => {
    const result = byId.get(id);
    const facts = [result?.seen?.address, result && `${formatCount(Math.round(result.totalMs), lang)} ms`].filter(Boolean);
    return `${result ? say(nameEndpoint(result, names)) : id}${facts.length > 0 ? ` (${facts.join(", ")})` : ""}`;
  };
  const shows = ({ kind, through, stopped }: Control): string => {
    if (through === 0) return say(words.noneShows);
    return stopped > through ? say(words.someFail) : say(controlWords[kind].shows);
  };
  return [
    {
      kind: "table",
      columns: [
        { title: say(words.control), share: 20 },
        { title: say(words.passed), share: 13, align: "right" },
        { title: say(words.examples), share: 42 },
        { title: say(words.shows), share: 25 },
      ],
      rows: pack.controls.map((control) => [
        say(controlWords[control.kind].title),
        `${formatCount(control.through, lang)}/${formatCount(control.through + control.stopped, lang)}`,
        control.examples.map(example).join("; "),
        shows(control),
      ]),
    },
  ];
}

function listMethod({ pack, head, lang, tool, pinned }: PackView): { label: string; value: string }[] {
  const say = (text: Words): string => text[lang];
  const decimal = (n: number): string => n.toFixed(1).replace(".", lang === "vi" ? "," : ".");
  const signs = { pass: "✓", warn: "~", fail: "✗", "not-applicable": "·" };
  const checks = head.local
    ?.filter(({ state }) => state !== "not-applicable")
    .map(({ id, state, words: text }) => {
      const title = say(findCheck(id).title);
      return state === "pass" ? `${signs.pass} ${title}` : `${signs[state]} ${title}: ${say(text)}`;
    });
  const found = checks && (checks.length > 0 ? checks.join("\n") : say(words.localWell));
  return [
    {
      label: say(words.skew),
      value: head.skewMs === undefined ? say(words.skewUnknown) : say(words.skewText(decimal(head.skewMs / 1000))),
    },
    { label: say(words.lag), value: say(words.lagText(decimal(pack.longestLagMs), pack.notComparable)) },
    { label: say(words.localChecks), value: found ?? say(words.localUnknown) },
    { label: say(words.tool), value: pinned ? `${tool}; ${say(words.pinned)}` : tool },
  ];
}
