import { resolve } from "node:path";
import type { Command } from "commander";
import { type Draft, toArticleId, toDraft } from "../../src/handbook/draft.ts";
import { findPersonalData } from "../../src/handbook/personal-data.ts";
import { formatArticle, readArticle } from "../../src/handbook/read-article.ts";
import { Failure } from "../../src/platform/failure.ts";
import { isPresent, readText, writeWhole } from "../../src/platform/files.ts";
import { toIsoDate } from "../../src/platform/time.ts";
import type { Words } from "../../src/platform/words.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { handbookWords as words } from "./words.ts";

export function declareAdd(noun: Command, cli: Cli): void {
  const example =
    "wardctl handbook add --title 'Máy in quầy 2 kẹt giấy' --text 'Rút giấy, mở nắp sau, đóng lại.' --source 'Phường Vỹ Dạ' --yes";
  cli
    .withYes(cli.verb(noun, { name: "add", about: words.add, example }))
    .option("--from-incident <incident>", cli.say(words.fromIncident))
    .option("--title <text>", cli.say(words.title))
    .option("--text <text>", cli.say(words.text))
    .option("--file <file>", cli.say(words.file))
    .option("--source <text>", cli.say(words.source), collect)
    .option("--code <code>", cli.say(words.addCode), collect)
    .option("--system <name>", cli.say(words.addSystem), collect)
    .option("--related <id>", cli.say(words.addRelated), collect)
    .option("--id <id>", cli.say(words.ownId))
    .option("--from <date>", cli.say(words.from))
    .action((options: AddOptions, command: Command) => cli.run(command, (context) => addArticle(options, context)));
}

interface AddOptions {
  readonly fromIncident?: string;
  readonly title?: string;
  readonly text?: string;
  readonly file?: string;
  readonly source?: readonly string[];
  readonly code?: readonly string[];
  readonly system?: readonly string[];
  readonly related?: readonly string[];
  readonly id?: string;
  readonly from?: string;
  readonly yes?: boolean;
}

type AddContext = Pick<Context, "workspace" | "out" | "clock" | "prompts" | "cwd">;

async function addArticle(options: AddOptions, context: AddContext): Promise<Outcome> {
  const { workspace: open, clock } = context;
  const workspace = await open();
  const found = await findDraft(options, workspace, context);
  const title = options.title ?? found?.title ?? (await ask(words.askTitle, "--title", context));
  const body =
    options.file === undefined
      ? (options.text ?? found?.body ?? (await ask(words.askText, "--text", context)))
      : await readText(resolve(context.cwd, options.file));
  const said = options.source ?? (found ? [] : [await ask(words.askSource, "--source", context)]);
  return keepDraft(
    {
      id: options.id ?? toArticleId(title),
      lang: context.out.lang,
      title,
      codes: unite(options.code, found?.codes),
      systems: unite(options.system, found?.systems),
      procedures: [],
      from: options.from ?? found?.from ?? toIsoDate(clock.now(), workspace.zone),
      sources: [...said.map((name) => ({ name })), ...(found?.sources ?? [])],
      related: options.related ?? [],
      body,
    },
    options.yes === true,
    context,
  );
}

/** What a difficulty that is over says; loaded when it is asked for. */
async function findDraft({ fromIncident }: AddOptions, workspace: Workspace, { out }: AddContext): Promise<Draft | undefined> {
  if (fromIncident === undefined) return undefined;
  const { readLesson } = await import("./from-incident.ts");
  return toDraft(await readLesson(fromIncident, workspace), out.lang);
}

/** What the command line says stands first: an article answers its first code above all. */
function unite(said: readonly string[] = [], found: readonly string[] = []): readonly string[] {
  return [...new Set([...said, ...found])];
}

async function ask(question: Words, flag: string, { prompts }: AddContext): Promise<string> {
  return prompts.input(question, { flag, check: (text) => (text.trim() === "" ? words.needed : undefined) });
}

/** Shows the article, asks, and writes it into the workspace's folder. Failure kinds: invalid (faults, somebody's data, an id that is taken), cancelled. */
async function keepDraft(draft: Draft, sure: boolean, context: AddContext): Promise<Outcome> {
  const { out, prompts } = context;
  const workspace = await context.workspace();
  const { folder } = workspace.settings.handbook;
  const file = `${folder}/${draft.lang}/${draft.id}.md`;
  const text = formatArticle(draft);
  const { faults } = readArticle({ text, file, lang: draft.lang, origin: "own" });
  const traces = findPersonalData(text, file);
  if (faults.length + traces.length > 0) {
    throw new Failure("invalid", words.refused, { faults: [...faults, ...traces], hint: words.noPersonalData });
  }
  const path = workspace.resolvePath(file);
  if (await isPresent(path)) throw new Failure("invalid", words.taken(draft.id), { hint: words.chooseId });
  if (!sure) {
    out.note({ vi: text, en: text });
    if (!(await prompts.confirm(words.confirm(file), "--yes"))) return "cancelled";
  }
  await writeWhole(path, text);
  const audit = await workspace.audit();
  const { id, lang, title, codes } = draft;
  await audit.append({ actor: workspace.actor, action: "handbook.add", subject: id, detail: { lang, title, codes, file } });
  await out.emit({
    document: { schema: "wardctl.handbook-added/1", id, lang, title, file },
    render: () => out.say(words.added(id, file)),
  });
  return "ok";
}
