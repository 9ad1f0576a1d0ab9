import type { Command } from "commander";
import type { Directory } from "../../src/directory/directory.ts";
import { explainResolution } from "../../src/directory/explain-unit.ts";
import { resolveUnit } from "../../src/directory/resolve-unit.ts";
import type { Unit } from "../../src/directory/unit.ts";
import { readUnitProfile } from "../../src/directory/unit-profile.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openDirectory, readProvince } from "./open-directory.ts";
import { renderProfile, toProfileDocument } from "./unit-card.ts";
import { wardsWords as words } from "./words.ts";

export function declareShow(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "show", about: words.show, example: "wardctl wards show 19777" })
    .argument("<unit...>", cli.say(words.unitArgument))
    .option("--province <province>", cli.say(words.province))
    .option("--at <date>", cli.say(words.at))
    .action((unit: string[], options: ShowOptions, command: Command) =>
      cli.run(command, (context) => showWard(unit.join(" "), options, context)),
    );
}

interface ShowOptions {
  readonly province?: string;
  readonly at?: string;
}

async function showWard(
  text: string,
  options: ShowOptions,
  context: Pick<Context, "out" | "clock" | "findWorkspace">,
): Promise<Outcome> {
  const { out, clock } = context;
  const { directory, at, before, workspace, cache } = await openDirectory(context, options.at);
  if (before) throw new Failure("usage", words.beforeFirstDay(before), { hint: words.findFormerHint(before, text) });
  const province = options.province === undefined ? undefined : readProvince(options.province, directory).code;
  const unit = readUnit(text, directory, province, workspace?.settings.province);
  const departments = workspace?.settings.directory.departments;
  const profile = await readUnitProfile({ unit, directory, cache, departments, now: clock.now() });
  await out.emit({
    document: { schema: "wardctl.ward/1", at, ...toProfileDocument(profile, directory) },
    render: () => renderProfile(profile, directory, out),
  });
  return "ok";
}

/** One unit or a failure (usage) that lists what it may be. The workspace's own province is looked in first. */
function readUnit(text: string, directory: Directory, province: string | undefined, own: string | undefined): Unit {
  const nearby = province === undefined && own !== undefined ? resolveUnit(text, directory, { province: own }) : undefined;
  const resolution = nearby && nearby.kind !== "none" ? nearby : resolveUnit(text, directory, { province });
  if (resolution.kind === "one") return resolution.unit;
  const why = explainResolution(text, resolution, directory);
  throw new Failure("usage", why ?? words.notFound(text, 0, undefined), { hint: words.findHint(text) });
}
