import type { Command } from "commander";
import { wrapWords } from "../../src/platform/table.ts";
import type { Words } from "../../src/platform/words.ts";
import type { Cli, GlobalFlags } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { nouns } from "../nouns.ts";
import { playDay, type Scene } from "./story.ts";
import { demoWords as words } from "./words.ts";

export function declare(program: Command, cli: Cli): void {
  cli
    .verb(program, { name: "demo", about: nouns.demo.about, example: "wardctl demo --workspace wardctl-demo" })
    .action((_options: unknown, command: Command) =>
      cli.run(command, (context) => runDemo(command.optsWithGlobals<GlobalFlags>().workspace, context)),
    );
}

async function runDemo(
  folder: string | undefined,
  context: Pick<Context, "out" | "play" | "cwd" | "environment" | "signal">,
): Promise<Outcome> {
  const { out } = context;
  const { root, scenes, page, board, units, people } = await playDay(folder, context);
  await out.emit({
    document: {
      schema: "wardctl.demo/1",
      workspace: root,
      page,
      board,
      scenes: scenes.map(({ at, title, beats }) => ({
        at,
        title: out.say(title),
        steps: beats.map(({ command, exitCode, told }) => ({ command, exitCode, told: told.map(out.say) })),
      })),
    },
    render: () =>
      [
        out.paint.bold(out.say(words.opening)),
        out.say(words.city(units, people)),
        ...scenes.flatMap((scene) => ["", ...formatScene(scene, out.say, out.paint)]),
        `${out.say(words.page)} ${out.paint.bold(board)}`,
        out.say(words.goOn(root)),
      ].join("\n"),
  });
  return "ok";
}

function formatScene(
  { time, title, beats }: Scene,
  say: (words: Words) => string,
  paint: Context["out"]["paint"],
): readonly string[] {
  return [
    paint.bold(`${time}  ${say(title)}`),
    // A step that says nothing new is in the JSON only.
    ...beats
      .filter(({ told }) => told.length > 0)
      .flatMap(({ command, told }) => [
        ...wrapCommand(command).map((line, at) => paint.dim(at === 0 ? `  $ ${line}` : `      ${line}`)),
        ...told.map((line) => wrapWords(`    ${say(line)}`, screenWidth, "      ")),
      ]),
  ];
}

const screenWidth = 78;
const commandWidth = 72;

/** Lines that fit a terminal of 80 columns and can still be copied as one command. */
function wrapCommand(command: string): readonly string[] {
  const lines = [""];
  for (const word of command.match(/'[^']*'|\S+/g) ?? []) {
    const last = lines.at(-1) as string;
    if (last !== "" && last.length + 1 + word.length > commandWidth) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.map((line, at) => (at < lines.length - 1 ? `${line} \\` : line));
}
