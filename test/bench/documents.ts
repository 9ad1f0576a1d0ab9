import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bigProvince } from "../support/full-report.ts";
import { type Bench, type BenchResult, median } from "./bench.ts";

const entry = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));
const measuredFormats = ["xlsx", "docx", "pdf", "png", "html", "md", "csv", "json"] as const;
const [mostRatio, mostMs, mostMb] = [60, 2_000, 300];

/** Says at its end on stderr how much memory the process had at most. */
const tellPeak = `data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS+"\\n"))`;

interface Measured {
  readonly ms: number;
  readonly mb: number;
}

function runNode(words: readonly string[], cwd: string): Measured {
  const before = performance.now();
  const env = { ...process.env, WARDCTL_NOW: "2025-07-03T17:00:00+07:00", NODE_OPTIONS: "" };
  const { status, stderr } = spawnSync(process.execPath, ["--import", tellPeak, ...words], { cwd, encoding: "utf8", env });
  const ms = performance.now() - before;
  // The report is complete and says that something is to be acted on: 8; or a section failed: 7.
  if (![0, 7, 8].includes(status ?? -1)) throw new Error(`${words.join(" ")}: ${status} ${stderr}`);
  return { ms, mb: Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024 };
}

/** A province's workspace with a kept evening meeting; each file is then printed by a process of its own. */
async function makeWorkspace(folder: string): Promise<void> {
  await writeFile(
    join(folder, "wardctl.yaml"),
    `name: Thành phố Hồ Chí Minh
province: "79"
operator: Trực IOC
records:
  sources:
    mot-cua:
      kind: csv
      content: dossiers
      export: full
      units: province:79
      dates: dd/MM/yyyy HH:mm:ss
      columns: { code: code, unit: unit, procedure: procedure, channel: channel, received: received, due: due, finished: finished, status: status, updated: updated }
      channels: { "1": direct, "2": online, "3": post }
      status: { "4": in_progress, "9": resolved }
`,
  );
  let serial = 0;
  const lines = bigProvince.flatMap(({ code }, at) =>
    Array.from({ length: 12 + ((at * 7) % 25) }, (_, own) => {
      serial += 1;
      const done = own % 3 === 0 ? `03/07/2025 ${String(10 + (own % 6)).padStart(2, "0")}:20:00` : "";
      const due = own % 5 === 0 ? "02/07/2025 17:00:00" : "09/07/2025 17:00:00";
      const received = own % 5 === 0 ? "01/07/2025 09:00:00" : `03/07/2025 ${String(7 + (own % 8)).padStart(2, "0")}:10:00`;
      return [
        `H29.20-250703-${String(serial).padStart(4, "0")}`,
        code,
        "2.000815",
        String(1 + (own % 3)),
        received,
        due,
        done,
        done ? "9" : "4",
        done || received,
      ].join(",");
    }),
  );
  await writeFile(
    join(folder, "day.csv"),
    `code,unit,procedure,channel,received,due,finished,status,updated\n${lines.join("\n")}\n`,
  );
  runNode([entry, "import", "day.csv", "--source", "mot-cua"], folder);
  runNode([entry, "report", "evening", "--as-of", "2025-07-03T16:30", "--out", "first.json"], folder);
}

async function run(quick: boolean): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), "wardctl-bench-"));
  try {
    await makeWorkspace(folder);
    const rounds = Array.from({ length: quick ? 1 : 5 }, () => {
      const rival = runNode(["-e", "0"], folder);
      return measuredFormats.map((format) => ({
        format,
        rival,
        own: runNode([entry, "report", "show", "--out", `evening.${format}`, "--lang", "vi"], folder),
      }));
    });
    const figures = measuredFormats.map((format, at) => {
      const own = rounds.map((round) => round[at]!);
      const ms = median(own.map(({ own: { ms } }) => ms));
      const mb = Math.max(...own.map(({ own: { mb } }) => mb));
      const ratio = median(own.map(({ own: { ms }, rival }) => ms / rival.ms));
      return { format, ms, mb, ratio, worst: Math.max(ratio / mostRatio, ms / mostMs, mb / mostMb) };
    });
    return {
      value: Math.max(...figures.map(({ worst }) => worst)),
      rows: [
        ["node -e 0", `${median(rounds.map(([first]) => first!.rival.ms)).toFixed(0)} ms`],
        ...figures.map(
          ({ format, ms, mb, ratio }) =>
            [
              `${format} of 168 units, a new process`,
              `${ratio.toFixed(1)} × node -e 0 · ${ms.toFixed(0)} ms · ${mb.toFixed(0)} MB peak`,
            ] as const,
        ),
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** records-and-reports.md A11: the largest part of what a document may cost (60 × `node -e 0`, 2 s, 300 MB) that one of them takes. */
export const bench: Bench = { name: "documents", unit: "ratio", goal: 1, better: "lower", run };
