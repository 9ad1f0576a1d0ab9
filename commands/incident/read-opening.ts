import { type Category, categoryWords, findCategory } from "../../src/meeting/category.ts";
import type { Opening } from "../../src/meeting/incident-events.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Context } from "../context.ts";
import type { Found } from "./from-cause.ts";
import { findTextFault, needCode, needDeadline, needMoment, needText, needUnits } from "./room.ts";
import { incidentWords as words } from "./words.ts";

/** What is said of a difficulty on the command line, in a row of a file, or in answers. */
export interface Said {
  readonly title?: string | undefined;
  readonly category?: Category | undefined;
  readonly code?: string | undefined;
  readonly unit?: readonly string[] | undefined;
  readonly system?: string | undefined;
  readonly owner?: string | undefined;
  readonly support?: string | undefined;
  readonly due?: string | undefined;
  readonly since?: string | undefined;
  readonly tried?: string | undefined;
}

/** What is said goes before what was found. Failure kinds: usage, invalid. */
export async function readOpening(
  said: Said,
  found: Found | undefined,
  workspace: Workspace,
  lang: "vi" | "en",
): Promise<Opening> {
  const code = said.code === undefined ? found?.code : needCode(said.code);
  const category = said.category ?? (code === undefined ? undefined : findCategory(code));
  const title = said.title ?? found?.title[lang];
  if (title === undefined) throw new Failure("usage", words.needTitle, { hint: words.howToOpen });
  if (category === undefined) throw new Failure("usage", words.needCategory);
  const text = (value: string | undefined, flag: string): string | undefined =>
    value === undefined ? undefined : needText(value, flag);
  const since = said.since === undefined ? found?.since : needMoment("--since", said.since, workspace);
  return {
    title: needText(title, "<title>"),
    detail: found?.detail?.[lang],
    category,
    code,
    system: text(said.system, "--system") ?? found?.system,
    units: [...new Set([...(found?.units ?? []), ...(await needUnits(said.unit ?? [], workspace))])],
    owner: text(said.owner, "--owner") ?? found?.owner?.[lang],
    support: text(said.support, "--support"),
    due: said.due === undefined ? undefined : needDeadline(said.due, workspace),
    since,
    tried: text(said.tried, "--tried"),
    sources: found?.sources ?? [],
  };
}

/** The same by questions; what a flag answers is not asked. */
export async function askOpening(
  said: Said,
  {
    prompts,
    out,
    workspace,
    owners,
  }: Pick<Context, "prompts" | "out"> & { readonly workspace: Workspace; readonly owners: readonly string[] },
): Promise<Said> {
  const check = (text: string) => findTextFault(text, out.say(words.answer));
  const optional = (text: string) => (text.trim() === "" ? undefined : check(text));
  const filled = (text: string): string | undefined => (text.trim() === "" ? undefined : text);
  const title = said.title ?? (await prompts.input(words.askTitle, { flag: "<title>", check }));
  const coded = said.code === undefined ? undefined : findCategory(needCode(said.code));
  const category =
    said.category ??
    coded ??
    (await prompts.select(
      words.askCategory,
      Object.entries(categoryWords).map(([value, name]) => ({ name: out.say(name), value: value as Category })),
      "--category",
    ));
  const directory = await workspace.directory();
  const unit = said.unit ?? (await askUnits({ prompts, out, workspace, directory }));
  const systems = [
    ...new Set([...Object.keys(workspace.settings.check.systems), ...Object.keys(workspace.settings.provision.systems)]),
  ];
  const system =
    said.system ??
    (systems.length === 0
      ? undefined
      : await prompts.select(
          words.askSystem,
          [{ name: out.say(words.noSystem), value: "" }, ...systems.map((name) => ({ name, value: name }))],
          "--system",
        ));
  const owner =
    said.owner ??
    (await prompts.search(
      words.askOwner,
      (term) => {
        const near = owners.filter((name) => name.toLowerCase().includes(term.trim().toLowerCase()));
        const own = term.trim();
        return [
          ...near.map((name) => ({ name, value: name })),
          ...(own === "" || near.includes(own) ? [] : [{ name: own, value: own }]),
          { name: out.say(words.nobodyYet), value: "" },
        ];
      },
      "--owner",
    ));
  const due =
    said.due ??
    (await prompts.input(words.askDue, {
      flag: "--due",
      initial: "",
      check: (text) => (text.trim() === "" || isDeadline(text, workspace) ? undefined : words.deadlineShape),
    }));
  const tried = said.tried ?? (await prompts.input(words.askTried, { flag: "--tried", initial: "", check: optional }));
  const rest = { system: filled(system ?? ""), owner: filled(owner), due: filled(due), tried: filled(tried) };
  return { ...said, title, category, unit, ...rest };
}

function isDeadline(text: string, workspace: Workspace): boolean {
  try {
    return needDeadline(text, workspace) > 0;
  } catch {
    return false;
  }
}

/** One after the other until nothing is typed; names with and without diacritics are looked for among the workspace's units. */
async function askUnits({
  prompts,
  out,
  workspace,
  directory,
}: Pick<Context, "prompts" | "out"> & {
  readonly workspace: Workspace;
  readonly directory: Awaited<ReturnType<Workspace["directory"]>>;
}): Promise<readonly string[]> {
  const { listChosenUnits } = await import("../../src/directory/chosen-units.ts");
  const { formatUnitName } = await import("../../src/directory/unit.ts");
  const { toFold } = await import("../../src/platform/text.ts");
  const all = listChosenUnits(directory, workspace.settings).map((unit) => ({
    code: unit.code,
    name: `${unit.code} ${formatUnitName(unit)}`,
  }));
  const chosen: string[] = [];
  for (;;) {
    const end = { name: out.say(chosen.length === 0 ? words.noUnit : words.noMoreUnits), value: "" };
    const code: string = await prompts.search(
      words.askUnit(chosen.length),
      (term) => {
        const left = all.filter(({ code: own, name }) => !chosen.includes(own) && toFold(name).includes(toFold(term)));
        const found = left.slice(0, 30).map(({ code: value, name }) => ({ name, value }));
        return term.trim() === "" ? [end, ...found] : [...found, end];
      },
      "--unit",
    );
    if (code === "") return chosen;
    chosen.push(code);
  }
}
