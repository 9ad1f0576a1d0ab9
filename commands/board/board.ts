import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { collect } from "../options.ts";
import { exportBoard } from "./export.ts";
import { serve } from "./serve.ts";
import { boardCommandWords as words } from "./words.ts";

export interface BoardOptions {
  readonly host: string;
  readonly port: string;
  readonly name?: readonly string[];
  readonly token?: string;
  readonly export?: string;
}

export function declare(program: Command, cli: Cli): void {
  cli
    .verb(program, { name: "board", about: nouns.board.about, example: "wardctl board --export board.html" })
    .option("--host <address>", cli.say(words.host), "127.0.0.1")
    .option("--port <n>", cli.say(words.port), "7707")
    .option("--name <host>", cli.say(words.name), collect)
    .option("--token <reference>", cli.say(words.token))
    .option("--export <file>", cli.say(words.export))
    .action((options: BoardOptions, command: Command) =>
      cli.run(command, (context) =>
        options.export === undefined ? serve(options, context) : exportBoard(options.export, context),
      ),
    );
}
