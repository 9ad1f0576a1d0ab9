import type { Instant } from "../platform/clock.ts";
import type { Fault } from "../platform/failure.ts";
import { readInstant, toIso, type Zone } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import { type LocalFinding, localCheckIds } from "./local/finding.ts";
import { withoutCredentials } from "./local/proxy-settings.ts";
import { parseProbeLines, toProbeLine } from "./probe-line.ts";
import type { ProbeResult } from "./probe-result.ts";

/**
 * What a technician found at a unit, for the desk: JSON Lines, the first one the head, then a line each for a check, a result, an answer, and the
 * conclusion. No secret, no name of a person or a machine.
 */
export interface VantageFile {
  readonly unit: string;
  /** By the clock of the machine that wrote it. */
  readonly at: Instant;
  /** How far that clock was ahead of the servers'; undefined: not known. */
  readonly skewMs: number | undefined;
  readonly toolVersion: string;
  readonly findings: readonly LocalFinding[];
  readonly results: readonly ProbeResult[];
  readonly answers: readonly VantageAnswer[];
  readonly conclusion: VantageConclusion | undefined;
}

export interface VantageAnswer {
  readonly id: string;
  /** undefined: the person did not know. */
  readonly yes: boolean | undefined;
}

export interface VantageConclusion {
  readonly cause: string;
  readonly odds: number;
  readonly code: string;
}

const schemas = {
  head: "wardctl.vantage/1",
  check: "wardctl.vantage-check/1",
  probe: "wardctl.probe/1",
  answer: "wardctl.vantage-answer/1",
  conclusion: "wardctl.vantage-cause/1",
} as const;

export function formatVantageFile(file: VantageFile, zone: Zone): string {
  const { unit, at, skewMs, toolVersion, findings, results, answers, conclusion } = file;
  const rest = [
    ...findings.map(({ id, state, words, culprits }) => ({
      schema: schemas.check,
      id,
      state,
      words: hideSecrets(words),
      culprits,
    })),
    ...results.map((result) => toProbeLine(result, zone)),
    ...answers.map(({ id, yes }) => ({ schema: schemas.answer, id, yes: yes ?? null })),
    ...(conclusion ? [{ schema: schemas.conclusion, ...conclusion }] : []),
  ];
  const head = { schema: schemas.head, unit, at: toIso(at, zone), skewMs: skewMs ?? null, toolVersion, lines: rest.length };
  return [head, ...rest].map((line) => `${JSON.stringify(line)}\n`).join("");
}

function hideSecrets({ vi, en }: Words): Words {
  return { vi: withoutPasswords(vi), en: withoutPasswords(en) };
}

function withoutPasswords(text: string): string {
  return text.replace(/\S+@\S+/g, (address) => withoutCredentials(address));
}

export interface ReadVantage {
  /** Undefined when nothing in it can be used. */
  readonly file: VantageFile | undefined;
  readonly faults: readonly Fault[];
}

/** Reads such a file, or the probe lines of `check run --out` at one unit. A damaged line is a fault and left out; the rest is kept. Pure. */
export function parseVantageFile(text: string, name: string, zone: Zone): ReadVantage {
  const faults: Fault[] = [];
  const findings: LocalFinding[] = [];
  const results: ProbeResult[] = [];
  const answers: VantageAnswer[] = [];
  let head: (Pick<VantageFile, "unit" | "at" | "skewMs" | "toolVersion"> & { readonly lines: number | undefined }) | undefined;
  let conclusion: VantageConclusion | undefined;
  let good = 0;
  const complain = (line: number, message: Words): void => void faults.push({ file: name, line, message });
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const value = tryParse(line);
    const number = at + 1;
    switch (value?.["schema"]) {
      case schemas.head: {
        const read = readHead(value, zone);
        if (!read) complain(number, { vi: "dòng đầu thiếu unit hay at đúng", en: "unit or at of the head is missing or wrong" });
        else if (head) complain(number, { vi: "có hai dòng đầu", en: "a second head" });
        else head = read;
        continue;
      }
      case schemas.probe: {
        const read = parseProbeLines(line, name, zone);
        results.push(...read.results);
        faults.push(...read.faults.map((fault) => ({ ...fault, line: number })));
        good += read.results.length;
        continue;
      }
      case schemas.check: {
        const finding = readFinding(value);
        if (finding) findings.push(finding);
        else complain(number, { vi: "không rõ là kiểm tra nào", en: "not a check that is known" });
        break;
      }
      case schemas.answer:
        answers.push({ id: String(value["id"]), yes: typeof value["yes"] === "boolean" ? value["yes"] : undefined });
        break;
      case schemas.conclusion:
        conclusion = { cause: String(value["cause"]), odds: Number(value["odds"]), code: String(value["code"]) };
        break;
      default:
        complain(
          number,
          value
            ? { vi: "không phải dòng của tệp này", en: "not a line of such a file" }
            : { vi: "không phải JSON", en: "not JSON" },
        );
        continue;
    }
    good += 1;
  }
  if (head?.lines !== undefined && good < head.lines && faults.length < head.lines - good) {
    complain(text.split("\n").length, {
      vi: `tệp bị cắt: có ${good} trong ${head.lines} dòng`,
      en: `the file is cut off: ${good} of ${head.lines} lines are there`,
    });
  }
  const units = [...new Set(results.map(({ unit }) => unit))];
  const unit = head?.unit ?? (units.length === 1 ? units[0] : undefined);
  if (unit === undefined) {
    complain(1, { vi: "không rõ là tệp của đơn vị nào", en: "it does not say which unit it is of" });
    return { file: undefined, faults };
  }
  const at = head?.at ?? Math.min(...results.map((result) => result.at));
  const own = results.filter((result) => result.unit === unit);
  if (!Number.isFinite(at) || own.length === 0) {
    complain(1, { vi: "không có kết quả nào của đơn vị", en: "it holds no result of the unit" });
    return { file: undefined, faults };
  }
  const { skewMs, toolVersion = "?" } = head ?? {};
  return { file: { unit, at, skewMs, toolVersion, findings, results: own, answers, conclusion }, faults };
}

function readHead(value: Readonly<Record<string, unknown>>, zone: Zone) {
  const at = readInstant(String(value["at"]), zone);
  const unit = String(value["unit"]);
  if (at === undefined || !/^\d{5}$/.test(unit)) return undefined;
  return {
    unit,
    at,
    skewMs: typeof value["skewMs"] === "number" ? value["skewMs"] : undefined,
    toolVersion: String(value["toolVersion"] ?? "?"),
    lines: typeof value["lines"] === "number" ? value["lines"] : undefined,
  };
}

function readFinding(value: Readonly<Record<string, unknown>>): LocalFinding | undefined {
  const id = localCheckIds.find((known) => known === value["id"]);
  const state = (["pass", "warn", "fail", "not-applicable"] as const).find((known) => known === value["state"]);
  const words = value["words"] as Partial<Words> | undefined;
  if (!id || !state || typeof words?.vi !== "string" || typeof words.en !== "string") return undefined;
  return { id, state, words: { vi: words.vi, en: words.en } };
}

function tryParse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
