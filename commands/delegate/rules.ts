import type { Command } from "commander";
import { basisNames } from "../../src/delegation/capacity.ts";
import { listRules, type ShownRule } from "../../src/delegation/list-rules.ts";
import { citations, rulesetVersion, type SwitchCode, switchRules } from "../../src/delegation/rules.ts";
import type { Switches } from "../../src/delegation/settings.ts";
import type { Rank } from "../../src/directory/position.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { formatDate } from "../../src/platform/format.ts";
import type { ListColumn, ListFormat } from "../../src/platform/output.ts";
import type { Paint } from "../../src/platform/paint.ts";
import { toIsoDate, type Zone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { isSheet } from "../options.ts";
import { needInstant } from "./room.ts";
import { rankNames, rulesWords as words } from "./rules-words.ts";

export function declareRules(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "rules", about: words.about, example: "wardctl delegate rules --at 2025-07-03" }))
    .option("--at <date>", cli.say(words.at))
    .action((options: RulesOptions, command: Command) => cli.run(command, (context) => showRules(options, context)));
}

interface RulesOptions {
  readonly at?: string;
  readonly format: ListFormat;
}

async function showRules(options: RulesOptions, { workspace: open, out }: Pick<Context, "workspace" | "out">): Promise<Outcome> {
  const workspace = await open();
  const { zone } = workspace;
  const at = options.at === undefined ? undefined : needInstant(options.at, "--at", workspace);
  const rules = listRules(zone, at);
  const { switches } = workspace.settings.delegate;
  const iso = (instant: Instant | undefined): string | undefined =>
    instant === undefined ? undefined : toIsoDate(instant, zone);
  const schema = "wardctl.delegate-rules/1";
  if (isSheet(options.format, out)) {
    await out.list({ schema, name: "rules", items: rules, columns: toColumns(zone), format: options.format, empty: words.none });
    return "ok";
  }
  await out.emit({
    format: options.format,
    document: {
      schema,
      ruleset: rulesetVersion,
      at: iso(at) ?? null,
      rules: rules.map((rule) => ({
        ...Object.fromEntries(toColumns(zone).map(({ key, value }) => [key, value(rule) ?? null])),
        text: rule.text[out.lang],
      })),
      switches: listSwitches(switches).map(({ code, on, isDefault }) => ({
        code,
        setting: switchRules[code].setting,
        on,
        isDefault,
        rule: switchRules[code].code,
        text: switchRules[code].text[out.lang],
      })),
    },
    render: () => [...renderRules(rules, zone, out.lang, out.paint), ...renderSwitches(switches, out.lang)].join("\n"),
  });
  return "ok";
}

function toColumns(zone: Zone): ListColumn<ShownRule>[] {
  return [
    { key: "code", title: words.codeTitle, value: ({ code }) => code },
    { key: "article", title: words.articleTitle, value: ({ code }) => citations[code].vi },
    { key: "capacity", title: words.capacityTitle, value: ({ capacity }) => capacity },
    { key: "fromRanks", title: words.fromTitle, value: ({ fromRanks }) => fromRanks },
    { key: "toRanks", title: words.toTitle, value: ({ toRanks }) => toRanks },
    { key: "basis", title: words.basisTitle, value: ({ basis }) => basis },
    { key: "needsClause", title: words.clause, value: ({ needsClause }) => needsClause },
    { key: "needsEnd", title: words.endTitle, value: ({ needsEnd }) => needsEnd },
    { key: "needsLegalBasis", title: words.legalBasis, value: ({ needsLegalBasis }) => needsLegalBasis },
    { key: "certification", title: words.certification, value: ({ certification }) => certification },
    { key: "onward", title: words.onwardTitle, value: ({ onward }) => onward },
    { key: "effectiveFrom", title: words.sinceTitle, value: ({ from }) => toIsoDate(from, zone) },
    { key: "effectiveTo", title: words.untilTitle, value: ({ to }) => (to === undefined ? undefined : toIsoDate(to, zone)) },
    { key: "text", title: words.textTitle, value: ({ text }) => text.vi },
  ];
}

function renderRules(rules: readonly ShownRule[], zone: Zone, lang: Lang, paint: Paint): string[] {
  if (rules.length === 0) return [words.none[lang], ""];
  return rules.flatMap((rule) => {
    const since = `${words.sinceTitle[lang]} ${formatDate(rule.from, zone, lang)}`;
    const until = rule.to === undefined ? "" : ` ${words.untilTitle[lang]} ${formatDate(rule.to, zone, lang)}`;
    const mark = rule.capacity === "HEAD" ? "" : `${rule.capacity}. `;
    const gives = rule.fromRanks.length === 0 ? words.office[lang] : formatRanks(rule.fromRanks, lang);
    return [
      `${paint.bold(rule.code)}  ${citations[rule.code][lang]} · ${since}${until}`,
      `  ${mark}${gives} → ${formatRanks(rule.toRanks, lang)}`,
      ...(rule.basis.length === 0 ? [] : [`  ${formatNeeds(rule, lang)}`]),
      `  ${rule.text[lang]}`,
      "",
    ];
  });
}

function formatRanks(ranks: readonly Rank[], lang: Lang): string {
  return ranks.map((rank) => rankNames[rank][lang]).join(", ");
}

function formatNeeds(rule: ShownRule, lang: Lang): string {
  const basis = rule.basis.map((kind) => basisNames[kind][lang]).join(" / ");
  const more = [...(rule.needsClause ? [words.clause[lang]] : []), ...(rule.needsLegalBasis ? [words.legalBasis[lang]] : [])];
  return [
    `${words.basisTitle[lang]}: ${[basis, ...more].join(", ")}`,
    `${words.endTitle[lang]}: ${(rule.needsEnd ? words.endNeeded : words.endOpen)[lang]}`,
    `${words.onwardTitle[lang]}: ${words[rule.onward][lang]}`,
    ...(rule.certification ? [words.certification[lang]] : []),
  ].join(" · ");
}

function listSwitches(switches: Switches): { readonly code: SwitchCode; readonly on: boolean; readonly isDefault: boolean }[] {
  return (Object.keys(switchRules) as SwitchCode[]).map((code) => {
    const { setting, byDefault } = switchRules[code];
    return { code, on: switches[setting], isDefault: switches[setting] === byDefault };
  });
}

function renderSwitches(switches: Switches, lang: Lang): string[] {
  return [
    words.switches[lang],
    ...listSwitches(switches).map(({ code, on, isDefault }) => {
      const { text, setting } = switchRules[code];
      const state = `${(on ? words.yes : words.no)[lang]}, ${(isDefault ? words.byDefault : words.set)[lang]}`;
      return `  ${code}  ${setting}: ${state}. ${text[lang]} (${citations[switchRules[code].code][lang]})`;
    }),
  ];
}
