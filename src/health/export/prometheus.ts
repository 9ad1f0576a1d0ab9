import type { ProbePhases, ProbeResult } from "../probe-result.ts";
import { type ExportedRun, readEarliestExpiry } from "./exported-run.ts";

type Labels = readonly (readonly [name: string, value: string])[];

interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

interface Family {
  readonly name: string;
  readonly help: string;
  /** OpenMetrics: the name has to end with it. */
  readonly unit?: "seconds";
  /** `_info`: a family of its own kind in OpenMetrics. */
  readonly isInfo?: boolean;
  readonly samples: (result: ProbeResult, labels: Labels) => readonly Sample[];
}

/** Phases of blackbox_exporter, which its dashboards stack up. */
const phases: readonly (readonly [name: string, key: keyof ProbePhases])[] = [
  ["resolve", "nameMs"],
  ["connect", "connectMs"],
  ["tls", "tlsMs"],
  ["processing", "firstByteMs"],
];

const one = (labels: Labels, value: number | undefined): readonly Sample[] => (value === undefined ? [] : [{ labels, value }]);
const isJudged = ({ state }: ProbeResult): boolean => state === "pass" || state === "fail";

/** Names and units as in blackbox_exporter where it has them. What was not judged has no probe_success: it is neither up nor down. */
const families: readonly Family[] = [
  {
    name: "probe_success",
    help: "1 if the endpoint passed, 0 if it failed. Absent: not judged.",
    samples: (result, labels) => (isJudged(result) ? one(labels, result.state === "pass" ? 1 : 0) : []),
  },
  {
    name: "probe_duration_seconds",
    help: "How long the probe took.",
    unit: "seconds",
    samples: (result, labels) => (isJudged(result) ? one(labels, result.totalMs / 1000) : []),
  },
  {
    name: "probe_http_duration_seconds",
    help: "How long each phase of the probe took.",
    unit: "seconds",
    samples: toPhases,
  },
  {
    name: "probe_dns_lookup_time_seconds",
    help: "How long the name lookup took.",
    unit: "seconds",
    samples: ({ phases: seen }, labels) => one(labels, seen?.nameMs === undefined ? undefined : seen.nameMs / 1000),
  },
  {
    name: "probe_http_status_code",
    help: "Status of the last HTTP answer.",
    samples: ({ seen }, labels) => one(labels, seen?.status),
  },
  {
    name: "probe_ip_protocol",
    help: "4 or 6: the family of the address that was connected.",
    samples: ({ seen }, labels) => one(labels, seen?.family),
  },
  {
    name: "probe_ssl_earliest_cert_expiry",
    help: "When the first certificate on the way expires, as Unix time.",
    samples: (result, labels) => {
      const at = readEarliestExpiry(result);
      return one(labels, at === undefined ? undefined : Math.floor(at / 1000));
    },
  },
  {
    name: "probe_failure_info",
    help: "Why an endpoint failed: the first layer that did, and the reason.",
    isInfo: true,
    samples: ({ state, layer, reason }, labels) =>
      state === "fail" ? one([...labels, ["layer", layer ?? ""], ["reason", reason ?? ""]], 1) : [],
  },
  {
    name: "probe_unjudged_info",
    help: "An endpoint of which this run says nothing: unknown (ours or between), or untested.",
    isInfo: true,
    samples: ({ state, reason }, labels) =>
      state === "unknown" || state === "untested" ? one([...labels, ["state", state], ["reason", reason ?? ""]], 1) : [],
  },
  {
    name: "probe_in_maintenance",
    help: "1 while planned work covers the endpoint.",
    samples: ({ maintenance }, labels) => (maintenance ? one(labels, 1) : []),
  },
];

function toPhases({ phases: seen, totalMs, state }: ProbeResult, labels: Labels): readonly Sample[] {
  if (!seen || (state !== "pass" && state !== "fail")) return [];
  const known = phases.flatMap(([name, key]) => {
    const ms = seen[key];
    return ms === undefined ? [] : [{ name, ms }];
  });
  const used = known.reduce((sum, { ms }) => sum + ms, 0);
  // What is left after the first byte is the body; without one nothing was transferred.
  const all = seen.firstByteMs === undefined ? known : [...known, { name: "transfer", ms: Math.max(0, totalMs - used) }];
  return all.map(({ name, ms }) => ({ labels: [...labels, ["phase", name] as const], value: round(ms / 1000) }));
}

/** The text format 0.0.4 for the textfile collector, or OpenMetrics 1.0. No timestamps: the collector refuses them. Pure. */
export function formatPrometheus(run: ExportedRun, dialect: "prometheus" | "openmetrics" = "prometheus"): string {
  const isOpen = dialect === "openmetrics";
  const lines: string[] = [];
  const head = ({ name, help, unit, isInfo }: Omit<Family, "samples">): void => {
    const family = isOpen && isInfo ? name.replace(/_info$/, "") : name;
    lines.push(`# HELP ${family} ${isOpen ? escapeValue(help) : help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`);
    lines.push(`# TYPE ${family} ${isOpen && isInfo ? "info" : "gauge"}`);
    if (isOpen && unit) lines.push(`# UNIT ${family} ${unit}`);
  };
  head({ name: "wardctl_check_timestamp_seconds", help: "When the run began, as Unix time.", unit: "seconds" });
  lines.push(`wardctl_check_timestamp_seconds ${run.at / 1000}`);
  for (const family of families) {
    const samples = run.results.flatMap((result) => family.samples(result, toLabels(result, run)));
    if (samples.length === 0) continue;
    head(family);
    for (const { labels, value } of samples) lines.push(`${family.name}${formatLabels(labels)} ${value}`);
  }
  if (isOpen) lines.push("# EOF");
  return `${lines.join("\n")}\n`;
}

/** Who it is never changes with what is wrong: a series would break off at every failure. So layer and reason stand in their own family. */
function toLabels({ endpoint, unit, system }: ProbeResult, { endpoints }: ExportedRun): Labels {
  const listed = endpoints.get(endpoint);
  return [
    ["unit", unit],
    ["system", system],
    ["province", listed?.province ?? ""],
    ["carrier", listed?.carrier ?? ""],
  ];
}

function formatLabels(labels: Labels): string {
  return `{${labels.map(([name, value]) => `${name}="${escapeValue(value)}"`).join(",")}}`;
}

function escapeValue(value: string): string {
  return value.toWellFormed().replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
