import { join, resolve } from "node:path";
import { type Command, Option } from "commander";
import type { Cli } from "./cli.ts";
import type { Context } from "./context.ts";
import type { Outcome } from "./exit-codes.ts";
import { askForWorkspace, readName, readProvince, readUnits } from "./init-answers.ts";
import { initWords as words } from "./init-words.ts";
import { nouns } from "./nouns.ts";

export function declare(program: Command, cli: Cli): void {
  cli
    .withYes(cli.verb(program, { name: "init", about: nouns.init.about, example: "wardctl init --province 46 --dir hue" }))
    .option("--province <province>", cli.say(words.provinceFlag))
    .option("--units <units>", cli.say(words.unitsFlag))
    .option("--name <name>", cli.say(words.nameFlag))
    .option("--dir <folder>", cli.say(words.dirFlag))
    .addOption(new Option("--schema", cli.say(words.schemaFlag)).conflicts(["province", "units", "name"]))
    .action((options: InitOptions, command: Command) =>
      cli.run(command, (context) => (options.schema ? renewSchema(options, context) : initWorkspace(options, context))),
    );
}

export interface InitOptions {
  readonly province?: string;
  readonly units?: string;
  readonly name?: string;
  readonly dir?: string;
  readonly schema?: boolean;
  readonly yes?: boolean;
}

async function initWorkspace(options: InitOptions, context: Pick<Context, "out" | "prompts" | "cwd">): Promise<Outcome> {
  const { out, prompts, cwd } = context;
  const { assertNoWorkspace, createWorkspace, findOuterWorkspace } = await import("../src/workspace/create-workspace.ts");
  const { formatWorkspaceHead } = await import("../src/workspace/workspace-file.ts");
  const { sectionExamples } = await import("../src/workspace/section-examples.ts");
  const folder = resolve(cwd, options.dir ?? ".");
  await assertNoWorkspace(folder);
  const outer = await findOuterWorkspace(folder);
  if (outer) out.warn(words.inside(outer));

  if (options.name !== undefined) readName(options.name);
  const guided = options.province === undefined;
  const province = guided ? undefined : readProvince(options.province ?? "");
  const wanted = province
    ? { ...readUnits(options.units ?? "all", province), province, name: readName(options.name ?? province.name), lang: out.lang }
    : await askForWorkspace(options, context);
  if (guided && !options.yes) {
    out.warn(words.preview(formatWorkspaceHead(wanted), Object.keys(sectionExamples)));
    if (!(await prompts.confirm(words.confirm(folder), "--yes"))) {
      out.warn(words.nothingMade);
      return "cancelled";
    }
  }
  const files = await createWorkspace(folder, wanted);
  const count = wanted.units === "all" ? wanted.provinceUnits.length : wanted.units.length;
  await out.emit({
    document: {
      schema: "wardctl.init/1",
      folder,
      files,
      name: wanted.name,
      province: wanted.province,
      units: wanted.units === "all" ? "all" : wanted.units.map((unit) => unit.code),
      unitCount: count,
    },
    render: () => out.say(words.made(wanted, count, folder, files, options.dir)),
  });
  return "ok";
}

async function renewSchema({ dir }: InitOptions, { out, cwd }: Pick<Context, "out" | "cwd">): Promise<Outcome> {
  const { schemaFile, writeSchemaCopy } = await import("../src/workspace/create-workspace.ts");
  const folder = resolve(cwd, dir ?? ".");
  await writeSchemaCopy(folder);
  await out.emit({
    document: { schema: "wardctl.init/1", folder, files: [schemaFile] },
    render: () => out.say(words.renewed(join(folder, schemaFile))),
  });
  return "ok";
}
