import type { Command } from "commander";
import { formatEnglishUnitName, formatUnitName } from "../../src/directory/unit.ts";
import { categoryWords, groupWords, toGroup } from "../../src/meeting/category.ts";
import { formatAge, formatDeadline } from "../../src/meeting/deadline.ts";
import { formatIncidentNumber, isOverdue, toAgeMs } from "../../src/meeting/incident.ts";
import type { IncidentEvent } from "../../src/meeting/incident-events.ts";
import { findIncidentHistory, foldIncidents } from "../../src/meeting/incident-store.ts";
import { Failure } from "../../src/platform/failure.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import { wrapWords } from "../../src/platform/table.ts";
import { toIso, type Zone } from "../../src/platform/time.ts";
import type { Lang, Words } from "../../src/platform/words.ts";
import { listArticleLines, toArticleMember } from "../article-link.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { toIncidentDocument } from "./document.ts";
import { needIncidentNumber, needMoment } from "./room.ts";
import { eventWords, stateWords, incidentWords as words } from "./words.ts";

export function declareShow(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "show", about: words.show, example: "wardctl incident show VM-1" })
    .argument("<incident>", cli.say(words.incident))
    .option("--as-of <instant>", cli.say(words.asOf))
    .action((name: string, options: ShowOptions, command: Command) =>
      cli.run(command, (context) => show(name, options, context)),
    );
}

interface ShowOptions {
  readonly asOf?: string;
}

async function show(
  text: string,
  options: ShowOptions,
  { workspace: open, out, clock }: Pick<Context, "workspace" | "out" | "clock">,
): Promise<Outcome> {
  const workspace = await open();
  const { zone } = workspace;
  const { lang, paint } = out;
  const at = options.asOf === undefined ? clock.now() : needMoment("--as-of", options.asOf, workspace);
  const number = needIncidentNumber(text);
  const history = await findIncidentHistory(await workspace.database(), number, at);
  const incident = foldIncidents(history)[0];
  const name = formatIncidentNumber(number);
  if (!incident) throw new Failure("invalid", words.unknown(name), { hint: words.numberShape });
  const directory = await workspace.directory();
  const { category, code, system, units, owner, support, due, state, since, closed } = incident;
  const late = isOverdue(incident, at);
  const nameUnit = (own: string): string => {
    const unit = directory.findUnit(own);
    return unit ? `${own} ${lang === "vi" ? formatUnitName(unit) : formatEnglishUnitName(unit)}` : own;
  };
  const fields: readonly (readonly [Words, string | undefined])[] = [
    [
      words.stateTitle,
      `${late ? paint.red(words.late[lang]) : stateWords[state][lang]} · ${formatAge(toAgeMs(incident, at), lang)}`,
    ],
    [words.categoryTitle, `${categoryWords[category][lang]} (${toGroup(category)}: ${groupWords[toGroup(category)][lang]})`],
    [words.codeTitle, code],
    [words.systemTitle, system],
    [words.unitsTitle, units.length === 0 ? undefined : units.map(nameUnit).join(", ")],
    [words.ownerTitle, owner ?? words.nobodyYet[lang]],
    [words.supportTitle, support],
    [words.dueTitle, due === undefined ? undefined : formatDeadline(due, zone, lang)],
    [words.sinceTitle, formatDateTime(since, zone, lang)],
    [words.sourcesTitle, incident.sources.length === 0 ? undefined : incident.sources.join(", ")],
    [words.closedTitle, closed?.resolution],
    [words.lessonTitle, closed?.lesson],
  ];
  const width = Math.max(...fields.map(([key]) => key[lang].length));
  const wrap = (line: string, indent: number): string => wrapWords(line, out.width, " ".repeat(indent));
  await out.emit({
    document: {
      schema: "wardctl.incident/1",
      what: null,
      ...toIncidentDocument(incident, at, zone),
      article: code === undefined ? null : toArticleMember(code, out),
      history: history.map(({ at: when, by, event: { kind, ...detail } }) => ({
        at: toIso(when, zone),
        by,
        what: kind,
        detail: "due" in detail && detail.due !== undefined ? { ...detail, due: toIso(detail.due, zone) } : detail,
      })),
    },
    render: () =>
      [
        paint.bold(`${name}  ${incident.title}`),
        ...(incident.detail === undefined ? [] : [incident.detail]),
        "",
        ...fields.flatMap(([key, value]) =>
          value === undefined ? [] : [wrap(`  ${key[lang].padEnd(width)}  ${value}`, width + 4)],
        ),
        ...listArticleLines(code === undefined ? [] : [code]).map((line) => `  ${out.say(line)}`),
        "",
        paint.bold(out.say(words.historyTitle)),
        ...history.map(({ at: when, by, event }) =>
          wrap(`  ${formatDateTime(when, zone, lang)}  ${by}: ${tellEvent(event, zone, lang)}`, 6),
        ),
      ].join("\n"),
  });
  return late ? "attention" : "ok";
}

/** What happened, in a line. */
function tellEvent(event: IncidentEvent, zone: Zone, lang: Lang): string {
  const head = eventWords[event.kind][lang];
  const parts = ((): (string | undefined)[] => {
    switch (event.kind) {
      case "opened":
        return [event.owner, event.tried];
      case "joined":
        return [event.units.join(", "), event.sources.join(", ")];
      case "updated": {
        const { kind: _, due, units, without, ...rest } = event;
        return [
          ...Object.values(rest),
          units && `+ ${units.join(", ")}`,
          without && `− ${without.join(", ")}`,
          due === undefined ? undefined : formatDeadline(due, zone, lang),
        ];
      }
      case "assigned":
        return [event.owner, event.support, event.due === undefined ? undefined : formatDeadline(event.due, zone, lang)];
      case "tried":
        return [event.text];
      case "closed":
        return [event.resolution, event.lesson];
      case "reopened":
        return [event.reason];
    }
  })();
  const told = parts.filter((part) => part !== undefined && part !== "").join("; ");
  return told === "" ? head : `${head}: ${told}`;
}
