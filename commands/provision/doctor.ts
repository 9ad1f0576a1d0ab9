import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { Encoding } from "../../src/platform/decode.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openRoom } from "./open.ts";
import { provisionWords as words } from "./words.ts";

export const encodings: readonly Encoding[] = ["utf-8", "windows-1258", "utf-16le"];

export function declareDoctor(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "doctor", about: words.doctor, example: "wardctl provision doctor roster.csv" })
    .argument("<roster>", cli.say(words.roster))
    .addOption(new Option("--encoding <encoding>", cli.say(words.encoding)).choices(encodings))
    .action((roster: string, options: DoctorOptions, command: Command) =>
      cli.run(command, (context) => examineRoster(roster, options, context)),
    );
}

interface DoctorOptions {
  readonly encoding?: Encoding;
}

async function examineRoster(
  file: string,
  { encoding }: DoctorOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out" | "cwd">,
): Promise<Outcome> {
  const { out, cwd } = context;
  const room = await openRoom(context);
  const { people, twins, notes } = await room.readRoster({ path: resolve(cwd, file), file, encoding });
  const posts = people.reduce((sum, person) => sum + person.posts.length, 0);
  await out.emit({
    document: {
      schema: "wardctl.roster/1",
      file,
      people: people.length,
      posts,
      sameNameAndBirthday: twins,
      notes: notes.map(out.say),
    },
    render: () =>
      [out.say(words.soundRoster(people.length, posts)), ...twins.map((ids) => `? ${out.say(words.twins(ids))}`)].join("\n"),
  });
  if (!out.json) for (const note of notes) out.note(note);
  return twins.length > 0 ? "attention" : "ok";
}
