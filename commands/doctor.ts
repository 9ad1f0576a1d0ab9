import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { Failure, type Fault, formatFault } from "../src/platform/failure.ts";
import type { Output } from "../src/platform/output.ts";
import type { Finding } from "../src/workspace/finding.ts";
import type { Cli } from "./cli.ts";
import type { Context } from "./context.ts";
import { doctorStates, doctorWords as words } from "./doctor-words.ts";
import type { Outcome } from "./exit-codes.ts";
import { nouns } from "./nouns.ts";

export function declare(program: Command, cli: Cli): void {
  cli
    .verb(program, { name: "doctor", about: nouns.doctor.about, example: "wardctl doctor" })
    .option("--rebuild", cli.say(words.rebuild))
    .option("--compare", cli.say(words.compare))
    .action((options: DoctorOptions, command: Command) => cli.run(command, (context) => decide(options, context)));
}

interface DoctorOptions {
  readonly rebuild?: boolean;
  readonly compare?: boolean;
}

async function decide({ rebuild, compare }: DoctorOptions, context: Context): Promise<Outcome> {
  if (!rebuild && !compare) return examine(context);
  const { compareLedger } = await import("./doctor-ledger.ts");
  return compareLedger(!compare, context);
}

interface Examined {
  /** Undefined where there is no workspace. */
  readonly root: string | undefined;
  readonly machine: readonly Finding[];
  readonly workspace: readonly Finding[];
  readonly faults: readonly Fault[];
}

async function examine(context: Pick<Context, "out" | "clock" | "environment" | "cwd" | "findWorkspace">): Promise<Outcome> {
  const { examineMachine } = await import("../src/workspace/examine-machine.ts");
  const { root, findings, faults } = await examineFolder(context);
  const examined: Examined = { root, machine: await examineMachine(root ?? context.cwd, context), workspace: findings, faults };
  const problems = [...examined.machine, ...findings].filter((finding) => finding.state === "problem").length;
  const { out } = context;
  await out.emit({
    document: {
      schema: "wardctl.doctor/1",
      workspace: root ?? null,
      problems,
      findings: [
        ...examined.machine.map((finding) => toDocument(finding, "machine", out)),
        ...findings.map((finding) => toDocument(finding, "workspace", out)),
      ],
      faults: faults.map(({ message, ...place }) => ({ ...place, message: out.say(message) })),
    },
    render: () => formatExamined(examined, problems, out),
  });
  return problems > 0 ? "attention" : "ok";
}

type Folder = { readonly root: string | undefined; readonly findings: readonly Finding[]; readonly faults: readonly Fault[] };

/** A faulty wardctl.yaml is a finding here and no end of the run: the machine is looked at all the same. */
async function examineFolder({ findWorkspace, cwd, clock }: Pick<Context, "findWorkspace" | "cwd" | "clock">): Promise<Folder> {
  const { describeFaults, examineWorkspace } = await import("../src/workspace/examine-workspace.ts");
  try {
    const workspace = await findWorkspace();
    if (!workspace) return { root: undefined, findings: [], faults: [] };
    return { root: workspace.root, findings: await examineWorkspace(workspace, clock), faults: [] };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "invalid") throw error;
    const file = error.faults[0]?.file;
    const root = file === undefined ? undefined : dirname(resolve(cwd, file));
    return { root, findings: [describeFaults(error)], faults: error.faults };
  }
}

function toDocument({ id, state, words: said, remedy }: Finding, area: string, out: Output) {
  return { area, id, state, message: out.say(said), remedy: remedy ? out.say(remedy) : null };
}

function formatExamined({ root, machine, workspace, faults }: Examined, problems: number, out: Output): string {
  const lines = (findings: readonly Finding[]): string[] => findings.flatMap((finding) => formatFinding(finding, out));
  const place = workspace.length === 0 ? words.noWorkspace : words.workspace(root ?? "");
  return [
    out.paint.bold(out.say(words.machine)),
    ...lines(machine),
    "",
    out.paint.bold(out.say(place).trimEnd()),
    ...lines(workspace),
    ...faults.map((fault) => `    ${formatFault(fault, out.lang)}`),
    "",
    out.say(problems === 0 ? words.whole : words.problems(problems)),
  ].join("\n");
}

function formatFinding({ state, words: said, remedy }: Finding, { say, paint }: Output): string[] {
  const colour = { ok: paint.green, note: paint.yellow, problem: paint.red }[state];
  const label = say(doctorStates[state]);
  const width = Math.max(...Object.values(doctorStates).map((one) => say(one).length));
  return [
    `  ${colour(label)}${" ".repeat(width - label.length)}  ${say(said)}`,
    ...(remedy && state !== "ok" ? [`  ${" ".repeat(width)}  → ${say(remedy)}`] : []),
  ];
}
