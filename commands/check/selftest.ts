import type { Command } from "commander";
import { families } from "../../src/health/fault-kit/behaviour.ts";
import { type Way, ways, wayWords } from "../../src/health/fault-kit/open-kit.ts";
import type { Tried } from "../../src/health/fault-kit/try-kit.ts";
import { type Reason, reasons } from "../../src/health/reason.ts";
import { isSound, overshootAtMostMs, runSelftest, type Selftest } from "../../src/health/selftest.ts";
import { formatCount } from "../../src/platform/format.ts";
import type { ListFormat, Output } from "../../src/platform/output.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Words } from "../../src/platform/words.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { isSheet } from "../options.ts";
import { familyWords, selftestWords as words } from "./selftest-words.ts";

export function declareSelftest(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "selftest", about: words.selftest, example: "wardctl check selftest" }))
    .action((options: SelftestOptions, command: Command) => cli.run(command, (context) => testItself(options, context)));
}

interface SelftestOptions {
  readonly format: ListFormat;
}

async function testItself({ format }: SelftestOptions, context: Pick<Context, "clock" | "out" | "signal">): Promise<Outcome> {
  const { clock, out, signal } = context;
  let progress: ReturnType<Output["progress"]> | undefined;
  const test = await runSelftest({
    clock,
    signal,
    onTried: (done, total, { behaviour }) => {
      progress ??= out.progress(words.progress, total);
      progress.step(done, out.say(behaviour.words));
    },
  });
  progress?.end();
  if (isSheet(format, out)) await listTried(test, format, out);
  else await out.emit({ document: toDocument(test, out), format, render: () => renderSelftest(test, out) });
  if (test.cancelled) {
    out.warn(words.stopped);
    return "cancelled";
  }
  return isSound(test) ? "ok" : "attention";
}

const toVerdict = (reason: Reason | undefined): string => reason ?? "pass";
const sayVerdict = (reason: Reason | undefined): Words => (reason ? reasons[reason].words : words.well);

function toDocument({ at, tried, left, deadlineMs, overshootMs, machine, cancelled }: Selftest, out: Output) {
  return {
    schema: "wardctl.check-selftest/1",
    at: toIso(at, vietnamZone),
    cancelled,
    right: tried.filter(({ right }) => right).length,
    tried: tried.length,
    deadlineMs,
    overshootMs,
    machine: { ...machine, openFiles: machine.openFiles ?? null },
    results: tried.map(({ behaviour, way, expected, seen, ...figures }) => ({
      behaviour: behaviour.id,
      family: behaviour.family,
      way,
      expected: toVerdict(expected),
      seen: toVerdict(seen),
      ...figures,
      inWords: out.say(behaviour.words),
    })),
    left: left.map(({ behaviour, way, reason }) => ({
      behaviour: behaviour.id,
      way,
      reason,
      inWords: out.say(words.left[reason]),
    })),
  };
}

function listTried({ tried }: Selftest, format: ListFormat, out: Output): Promise<void> {
  return out.list<Tried>({
    schema: "wardctl.check-selftest/1",
    name: "results",
    items: tried,
    format,
    empty: words.empty,
    columns: [
      { key: "behaviour", title: words.id, value: ({ behaviour }) => behaviour.id },
      { key: "family", title: words.family, value: ({ behaviour }) => behaviour.family },
      { key: "way", title: words.way, value: ({ way }) => way },
      { key: "expected", title: words.expected, value: ({ expected }) => toVerdict(expected) },
      { key: "seen", title: words.seen, value: ({ seen }) => toVerdict(seen) },
      { key: "right", title: words.right, value: ({ right }) => right },
      { key: "attempts", title: words.attempts, value: ({ attempts }) => attempts },
      { key: "totalMs", title: words.totalMs, value: ({ totalMs }) => totalMs },
      { key: "overshootMs", title: words.overshootMs, value: ({ overshootMs }) => overshootMs },
    ],
  });
}

/** A table a family, one row a behaviour, one column a way; the verdict last, where a terminal shows it. */
async function renderSelftest(test: Selftest, out: Output): Promise<string> {
  const { say, paint } = out;
  const tables: string[] = [];
  for (const family of families) {
    const rows = Map.groupBy(
      test.tried.filter(({ behaviour }) => behaviour.family === family),
      ({ behaviour }) => behaviour,
    );
    if (rows.size === 0) continue;
    const shown = ways.filter((way) => [...rows.values()].flat().some((one) => one.way === way));
    const columns = [say(words.behaviour), say(words.expected), ...shown.map((way) => say(wayWords[way]))];
    const table = await out.table(
      columns.map((title) => ({ title })),
      [...rows].map(([behaviour, tried]) => [
        say(behaviour.words),
        say(sayVerdict(behaviour.expected)),
        ...shown.map((way) => formatCell(tried, way, out)),
      ]),
    );
    tables.push(`${paint.bold(say(familyWords[family]))}\n${table.trimEnd()}`);
  }
  return [...tables, ...renderEnd(test, out)].join("\n\n");
}

function formatCell(tried: readonly Tried[], way: Way, { say, paint }: Output): string {
  const one = tried.find((each) => each.way === way);
  if (!one) return paint.dim(say(words.notTried));
  // What a proxy hides has another name there.
  const other = one.expected === one.behaviour.expected ? "" : ` ${say(sayVerdict(one.expected))}`;
  return one.right ? `${paint.green("✓")}${other}` : paint.red(`✗ ${say(sayVerdict(one.seen))}`);
}

function renderEnd(test: Selftest, out: Output): string[] {
  const { say, paint, lang } = out;
  const { tried, left, deadlineMs, overshootMs, machine } = test;
  const wrong = tried.filter(({ right }) => !right);
  const count = (value: number): string => formatCount(Math.round(value), lang);
  const block = (title: Words, lines: readonly string[]): string[] =>
    lines.length > 0 ? [[paint.bold(say(title)), ...lines.map((line) => `- ${line}`)].join("\n")] : [];
  const files = machine.openFiles;
  const facts = [
    ...(files === undefined ? [] : [say((files < 4096 ? words.fewFiles : words.openFiles)(count(files)))]),
    `${say(words.lag(count(machine.loopLagP99Ms)))}${machine.loopLagP99Ms > 10 ? `: ${say(words.highLag)}` : ""}`,
  ];
  const reasonsLeft = Map.groupBy(left, ({ reason }) => reason);
  const sound = isSound(test);
  const verdict = say(words.verdict(tried.length - wrong.length, tried.length));
  return [
    ...block(
      words.wrong,
      wrong.map(({ behaviour, way, expected, seen }) =>
        say(words.wrongLine(behaviour.words, wayWords[way], sayVerdict(expected), sayVerdict(seen))),
      ),
    ),
    ...block(
      words.leftTitle,
      [...reasonsLeft].map(([reason, rows]) => {
        const shown = rows.slice(0, 3).map(({ behaviour }) => say(behaviour.words));
        const names = rows.length > shown.length ? [...shown, `… (${count(rows.length)})`] : shown;
        return `${say(words.left[reason])}: ${names.join(", ")}`;
      }),
    ),
    ...block(words.machine, facts),
    [
      say(words.deadline(count(deadlineMs), count(overshootMs.p99), count(overshootMs.max))),
      ...(overshootMs.p99 > overshootAtMostMs ? [say(words.overrun(overshootAtMostMs))] : []),
      paint.bold(sound ? paint.green(verdict) : paint.red(verdict)),
    ].join("\n"),
  ];
}
