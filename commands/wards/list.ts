import { type Command, Option } from "commander";
import { changesKnownUntil } from "../../src/directory/built-in/changes.ts";
import { listChosenUnits } from "../../src/directory/chosen-units.ts";
import type { Directory } from "../../src/directory/directory.ts";
import { formatProvinceName, formatUnitName, type Province, type Unit, type UnitKind } from "../../src/directory/unit.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { ListColumn, ListFormat } from "../../src/platform/output.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openDirectory, readProvince } from "./open-directory.ts";
import { wardsWords as words } from "./words.ts";

export function declareList(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "list", about: words.list, example: "wardctl wards list --province 46" }))
    .option("--province <province>", cli.say(words.province))
    .addOption(new Option("--kind <kind>", cli.say(words.kind)).choices(["phuong", "xa", "dac-khu"]))
    .option("--workspace-units", cli.say(words.workspaceUnits))
    .option("--at <date>", cli.say(words.at))
    .action((options: ListOptions, command: Command) => cli.run(command, (context) => listWards(options, context)));
}

interface ListOptions {
  readonly province?: string;
  readonly kind?: UnitKind;
  readonly workspaceUnits?: boolean;
  readonly at?: string;
  readonly format: ListFormat;
}

async function listWards(
  options: ListOptions,
  context: Pick<Context, "out" | "clock" | "workspace" | "findWorkspace">,
): Promise<Outcome> {
  const { directory, at, before } = await openDirectory(context, options.at);
  if (before) throw new Failure("usage", words.beforeFirstDay(before), { hint: words.findFormerHint(before) });
  const province = options.province === undefined ? undefined : readProvince(options.province, directory).code;
  const chosen = options.workspaceUnits
    ? new Set(listChosenUnits(directory, (await context.workspace()).settings).map((unit) => unit.code))
    : undefined;
  await context.out.list({
    schema: "wardctl.wards/1",
    name: "units",
    extra: { at, changesKnownUntil },
    items: directory.listUnits({ province, kind: options.kind }).filter((unit) => chosen?.has(unit.code) ?? true),
    columns: unitColumns(directory),
    format: options.format,
    empty: words.empty,
  });
  return "ok";
}

function unitColumns(directory: Directory): readonly ListColumn<Unit>[] {
  const provinceOf = (unit: Unit): Province => directory.findProvince(unit.province) as Province;
  return [
    { key: "code", title: words.code, value: (unit) => unit.code },
    { key: "name", title: words.name, value: (unit) => unit.name, machineOnly: true },
    { key: "kind", title: words.kindTitle, value: (unit) => unit.kind, machineOnly: true },
    { key: "fullName", title: words.name, value: formatUnitName },
    { key: "provinceCode", title: words.provinceTitle, value: (unit) => unit.province, machineOnly: true },
    { key: "provinceName", title: words.provinceTitle, value: (unit) => formatProvinceName(provinceOf(unit)) },
  ];
}
