import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { Encoding } from "../../src/platform/decode.ts";
import { Failure, formatFault } from "../../src/platform/failure.ts";
import { isPresent, writeWhole } from "../../src/platform/files.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { formatMendedRoster, isRepaired, mendRoster } from "../../src/provision/mend-roster.ts";
import { rosterFileFaults } from "../../src/provision/roster-file-words.ts";
import type { RosterFault } from "../../src/provision/roster-reader.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openRoom } from "./open.ts";
import { provisionWords as words } from "./words.ts";

export const encodings: readonly Encoding[] = ["utf-8", "windows-1258", "utf-16le"];

export function declareDoctor(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, { name: "doctor", about: words.doctor, example: "wardctl provision doctor roster.csv --fix mended.xlsx" }),
    )
    .argument("<roster>", cli.say(words.roster))
    .option("--fix <copy>", cli.say(words.fix))
    .addOption(new Option("--encoding <encoding>", cli.say(words.encoding)).choices(encodings))
    .action((roster: string, options: DoctorOptions, command: Command) =>
      cli.run(command, (context) => doctorRoster(roster, options, context)),
    );
}

interface DoctorOptions {
  readonly format: ListFormat;
  readonly fix?: string;
  readonly encoding?: Encoding;
}

type DoctorContext = Pick<Context, "workspace" | "clock" | "ids" | "out" | "cwd">;

/** Lists every fault of a roster, those that can be mended surely marked; with --fix a mended copy is written. Exit 3 while faults are left. */
async function doctorRoster(file: string, { encoding, fix, format }: DoctorOptions, context: DoctorContext): Promise<Outcome> {
  const { out, cwd } = context;
  const room = await openRoom(context);
  if (fix !== undefined && (await isPresent(resolve(cwd, fix)))) throw new Failure("unsafe", words.copyExists(fix));
  const examined = await room.examineRoster({ path: resolve(cwd, file), file, encoding });
  const { roster, faults } = examined;
  if (roster.people.length === 0 && faults.length === 0) {
    const line = examined.table.head.line;
    throw new Failure("invalid", rosterFileFaults.notRead(file), { faults: [{ file, line, message: rosterFileFaults.nobody }] });
  }
  const mended = mendRoster(examined, out.lang);
  if (fix !== undefined) await writeWhole(resolve(cwd, fix), await formatMendedRoster(mended, fix));
  const posts = roster.people.reduce((sum, person) => sum + person.posts.length, 0);
  if (!out.json && (format === "csv" || format === "tsv")) await printFaults(faults, format, out);
  else
    await out.emit({
      format,
      document: {
        schema: "wardctl.roster/1",
        file,
        people: roster.people.length,
        posts,
        faults: faults.map(({ message, unclear: _, covers: __, ...fault }) => ({
          ...fault,
          message: out.say(message),
          repair: fault.repair ?? null,
        })),
        repaired: mended.repaired.length,
        left: mended.left.length,
        copy: fix ?? null,
        sameNameAndBirthday: roster.twins,
        notes: roster.notes.map(out.say),
      },
      render: () =>
        [
          ...faults.map((fault) => formatDoctorLine(fault, out)),
          ...roster.twins.map((ids) => `? ${out.say(words.twins(ids))}`),
          out.say(
            faults.length === 0
              ? words.soundRoster(roster.people.length, posts)
              : words.examined(mended.repaired.length, mended.left.length),
          ),
        ].join("\n"),
    });
  if (!out.json) for (const note of roster.notes) out.note(note);
  if (fix !== undefined) out.note(words.copyWritten(fix));
  else if (faults.length > 0) out.note(words.howFix);
  if (faults.length > 0) return "invalid";
  return roster.twins.length > 0 ? "attention" : "ok";
}

async function printFaults(faults: readonly RosterFault[], format: "csv" | "tsv", out: Context["out"]): Promise<void> {
  await out.list<RosterFault>({
    schema: "wardctl.roster/1",
    name: "faults",
    items: faults,
    columns: [
      { key: "file", title: words.roster, value: ({ file }) => file },
      { key: "line", title: words.id, value: ({ line }) => line },
      { key: "column", title: words.id, value: ({ column }) => column },
      { key: "value", title: words.id, value: ({ value }) => value },
      { key: "message", title: words.message, value: ({ message }) => out.say(message) },
      { key: "repair", title: words.message, value: ({ repair }) => repair },
    ],
    format,
    empty: words.nothingToDo,
  });
}

/** `✓` in front of what the copy mends, `✗` of what a person must. */
function formatDoctorLine(fault: RosterFault, { lang, paint }: Context["out"]): string {
  const line = formatFault(fault, lang);
  if (!isRepaired(fault)) return `${paint.red("✗")} ${line}`;
  return `${paint.green("✓")} ${line}${!fault.repair ? "" : ` → ${fault.repair}`}`;
}
