import type { Channel, DossierState } from "../observation.ts";
import type { Field } from "../source.ts";
import { type CountField, chooseCountColumns, listMissing } from "./count-columns.ts";
import { type ColumnFinding, looksPersonal, toPlainCode } from "./describe-columns.ts";
import type { FileSample } from "./sample.ts";

export type ProposedField = Field | CountField;

/** A drafted source: what was found, and what a person must still say. */
export interface Proposal {
  readonly content: "dossiers" | "counts";
  readonly columns: Readonly<Partial<Record<ProposedField, string>>>;
  readonly metrics: Readonly<Record<string, string>>;
  readonly dates: readonly string[];
  readonly status: Readonly<Record<string, DossierState>>;
  readonly channels: Readonly<Record<string, Channel>>;
  readonly padCodes: boolean;
  /** Required fields without a column. */
  readonly missing: readonly ProposedField[];
  /** Codes that nobody could guess, with the number of rows. */
  readonly unknown: { readonly status: readonly Code[]; readonly channels: readonly Code[] };
}

export interface Code {
  readonly value: string;
  readonly count: number;
}

export const requiredFields = ["code", "unit", "procedure", "channel", "status", "received"] as const;

/** The ten national codes (domain.md §5). */
const nationalStates: Readonly<Record<string, DossierState>> = {
  "1": "pending",
  "2": "in_progress",
  "3": "refused",
  "4": "in_progress",
  "5": "supplement",
  "6": "fee",
  "7": "withdrawn",
  "8": "stopped",
  "9": "resolved",
  "10": "handed_over",
};
const nationalChannels: Readonly<Record<string, Channel>> = { "1": "direct", "2": "online", "3": "post" };

const stateWords: readonly (readonly [RegExp, DossierState])[] = [
  [/moi dang ky|cho tiep nhan/, "pending"],
  [/khong (duoc )?tiep nhan|tu choi/, "refused"],
  [/bo sung/, "supplement"],
  [/nghia vu tai chinh|thue|le phi/, "fee"],
  [/rut ho so|rut/, "withdrawn"],
  [/dung xu ly|tam dung/, "stopped"],
  [/da tra/, "handed_over"],
  [/da xu ly|xu ly xong|hoan thanh|co ket qua/, "resolved"],
  [/dang xu ly|dang giai quyet|tiep nhan/, "in_progress"],
];
const channelWords: readonly (readonly [RegExp, Channel])[] = [
  [/truc tuyen|online/, "online"],
  [/buu chinh|bcci|post/, "post"],
  [/truc tiep|quay|direct/, "direct"],
];

/** Pure. */
export function proposeProfile(sample: Pick<FileSample, "format">, findings: readonly ColumnFinding[]): Proposal {
  const dossierColumns = chooseColumns(findings);
  const metrics = dossierColumns.code === undefined ? chooseMetrics(findings) : {};
  const content = dossierColumns.code === undefined && Object.keys(metrics).length > 0 ? "counts" : "dossiers";
  const columns: Proposal["columns"] = content === "counts" ? chooseCountColumns(findings) : dossierColumns;
  const find = (field: Field): ColumnFinding | undefined =>
    findings.find(({ heading }) => heading !== "" && heading === columns[field]);
  const status = guessCodes(find("status")?.values, nationalStates, stateWords);
  const channels = guessCodes(find("channel")?.values, nationalChannels, channelWords);
  const dated = findings.filter(({ heading }) => Object.values(columns).includes(heading));
  const dates = [...new Set(dated.flatMap(({ datePatterns }) => datePatterns))];
  const unit = find("unit");
  return {
    content,
    columns,
    metrics,
    dates: dates.length > 0 ? dates : ["iso"],
    status: status.known,
    channels: channels.known,
    padCodes: sample.format === "xlsx" && (unit?.lostZeros === true || find("competentUnit")?.lostZeros === true),
    missing:
      content === "dossiers"
        ? requiredFields.filter((field) => columns[field] === undefined)
        : listMissing(columns, sample.format),
    unknown: { status: status.unknown, channels: channels.unknown },
  };
}

/** Each field its likeliest column, each column one field: the surest pair first. */
function chooseColumns(findings: readonly ColumnFinding[]): Partial<Record<Field, string>> {
  const pairs = findings
    .flatMap(({ heading, candidates }, at) =>
      heading === "" ? [] : candidates.map(({ field, score }) => ({ heading, field, score, at })),
    )
    .sort((a, b) => b.score - a.score || a.at - b.at);
  const columns: Partial<Record<Field, string>> = {};
  const used = new Set<string>();
  for (const { heading, field } of pairs) {
    if (columns[field] !== undefined || used.has(heading)) continue;
    columns[field] = heading;
    used.add(heading);
  }
  return columns;
}

function chooseMetrics(findings: readonly ColumnFinding[]): Record<string, string> {
  const metrics: Record<string, string> = {};
  for (const { metric, heading } of findings) if (metric !== undefined) metrics[metric] ??= heading;
  return metrics;
}

function guessCodes<T>(
  values: readonly Code[] | undefined,
  national: Readonly<Record<string, T>>,
  words: readonly (readonly [RegExp, T])[],
): { known: Record<string, T>; unknown: Code[] } {
  const known: Record<string, T> = {};
  const unknown: Code[] = [];
  for (const code of values ?? []) {
    const guess = /^\d+$/.test(code.value)
      ? national[code.value]
      : words.find(([shape]) => shape.test(toPlainCode(code.value)))?.[1];
    if (guess !== undefined) known[code.value] = guess;
    else if (!looksPersonal(code.value)) unknown.push(code);
  }
  return { known, unknown };
}

/** The source as wardctl.yaml holds it; what is missing is left out. */
export function toProfile(sample: FileSample, proposal: Proposal): Record<string, unknown> {
  const { content, columns, metrics, dates, status, channels, padCodes } = proposal;
  const { format, encoding, delimiter, sheet, headerRows } = sample;
  const [first, last] = headerRows ?? [1, 1];
  return {
    kind: format,
    content,
    // A byte-order mark tells UTF-16 by itself; big-endian has no other way to be told.
    ...(encoding !== undefined && encoding !== "utf-16be" && { encoding }),
    ...(delimiter !== undefined && { delimiter }),
    ...(sheet !== undefined && { sheet, headerRows: first === last ? first : [first, last] }),
    ...(padCodes && { padCodes }),
    dates: dates.length === 1 ? dates[0] : dates,
    columns,
    ...(content === "counts" ? { metrics } : { channels, status }),
  };
}
