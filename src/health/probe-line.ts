import type { Fault } from "../platform/failure.ts";
import { readInstant, toIso, type Zone } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import type { EarlierTry, ProbeResult, ProbeState } from "./probe-result.ts";
import { isReason, layerNames, type Reason, reasons } from "./reason.ts";

const schema = "wardctl.probe/1";
const states: readonly ProbeState[] = ["pass", "fail", "unknown", "untested"];

/** A result as other programs read it (docs: probe line); unknown members are absent. */
export function toProbeLine(result: ProbeResult, zone: Zone): Readonly<Record<string, unknown>> {
  const earlier = result.earlier?.map((one) => ({ ...one, at: toIso(one.at, zone) }));
  return { schema, ...result, at: toIso(result.at, zone), earlier };
}

export function formatProbeLine(result: ProbeResult, zone: Zone): string {
  return `${JSON.stringify(toProbeLine(result, zone))}\n`;
}

/** Reads recorded probes. A damaged line is a fault and left out; the rest is kept (check.md §14). */
export function parseProbeLines(
  text: string,
  file: string,
  zone: Zone,
): { readonly results: readonly ProbeResult[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const results = text.split("\n").flatMap((line, at): ProbeResult[] => {
    if (line.trim() === "") return [];
    const read = parseProbeLine(line, zone);
    if ("vi" in read) {
      faults.push({ file, line: at + 1, message: read });
      return [];
    }
    return [read];
  });
  return { results, faults };
}

/** One recorded probe, or what is wrong with the line. */
export function parseProbeLine(line: string, zone: Zone): ProbeResult | Words {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return { vi: "không phải JSON", en: "not JSON" };
  }
  if (value?.["schema"] !== schema) return { vi: `không phải dòng ${schema}`, en: `not a ${schema} line` };
  const at = readInstant(String(value["at"]), zone);
  const endpoint = String(value["endpoint"]);
  const state = states.find((known) => known === value["state"]);
  if (at === undefined || !/^[^/]+\/[^/]+$/.test(endpoint) || state === undefined) {
    return { vi: "thiếu at, endpoint hay state đúng", en: "at, endpoint or state is missing or wrong" };
  }
  const reason = value["reason"];
  if (state === "fail" && (typeof reason !== "string" || !isReason(reason))) {
    return { vi: `không có lý do '${String(reason)}'`, en: `no reason is called '${String(reason)}'` };
  }
  const { schema: _, ...members } = value;
  return {
    ...(members as unknown as ProbeResult),
    earlier: readEarlier(members["earlier"], zone),
    ...toParts(endpoint),
    at,
    ...toVerdict(state, reason as Reason | undefined, value),
  };
}

/** Lines of older versions hold the instant as a number. */
function readEarlier(value: unknown, zone: Zone): readonly EarlierTry[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return (value as readonly (Omit<EarlierTry, "at"> & { readonly at: unknown })[]).flatMap((one) => {
    const at = typeof one.at === "number" ? one.at : readInstant(String(one.at), zone);
    return at === undefined || !isReason(String(one.reason)) ? [] : [{ ...one, at }];
  });
}

function toParts(endpoint: string): Pick<ProbeResult, "endpoint" | "unit" | "system"> {
  const [unit = "", system = ""] = endpoint.split("/");
  return { endpoint, unit, system };
}

function toVerdict(
  state: ProbeState,
  reason: Reason | undefined,
  value: Readonly<Record<string, unknown>>,
): Pick<ProbeResult, "state" | "reason" | "layer" | "hard" | "attempts" | "totalMs" | "loopLagMs" | "comparable"> {
  const number = (key: string): number => (typeof value[key] === "number" ? value[key] : 0);
  const layer = layerNames.find((name) => name === value["layer"]) ?? (reason ? reasons[reason].layer : undefined);
  return {
    state,
    reason,
    layer,
    hard: value["hard"] === true,
    attempts: number("attempts"),
    totalMs: number("totalMs"),
    loopLagMs: number("loopLagMs"),
    comparable: value["comparable"] !== false,
  };
}
