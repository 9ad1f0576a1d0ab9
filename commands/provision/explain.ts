import type { Command } from "commander";
import { formatUnitName } from "../../src/directory/unit.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { Output } from "../../src/platform/output.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { both, type Lang, type Words } from "../../src/platform/words.ts";
import type { Membership } from "../../src/provision/account.ts";
import { describeDecision } from "../../src/provision/answer-words.ts";
import { describeMove, nameAttribute, showValue } from "../../src/provision/attribute-words.ts";
import { no, yes } from "../../src/provision/compare-operation.ts";
import type { ExplainedAccount, Explanation } from "../../src/provision/explain-account.ts";
import type { ExplainedMembership, MembershipWhy } from "../../src/provision/explain-membership.ts";
import { formatInstant } from "../../src/provision/handout-words.ts";
import { formatMembership } from "../../src/provision/membership-words.ts";
import { reasonWords } from "../../src/provision/plan-words.ts";
import { nameSource } from "../../src/provision/source-words.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { answerWords } from "./answer-words.ts";
import { explainWords as said, toThen } from "./explain-words.ts";
import { activeWords, correlationWords, lifecycleWords as own, sourceWords, whyWords } from "./lifecycle-words.ts";
import { membershipWhyWords, membershipWords } from "./membership-words.ts";
import { openLifecycleRoom } from "./open.ts";
import { kindWords, stateWords } from "./operation-words.ts";
import { provisionWords as words } from "./words.ts";

export function declareExplain(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "explain", about: own.explain, example: "wardctl provision explain CB2700403 --system documents" })
    .argument("<key>", cli.say(own.key))
    .option("--system <name...>", cli.say(words.system))
    .option("--role <name>", cli.say(own.askedRole))
    .option("--group <name>", cli.say(own.askedGroup))
    .action((key: string, options: ExplainOptions, command: Command) =>
      cli.run(command, (context) => explainKey(key, options, context)),
    );
}

interface ExplainOptions {
  readonly system?: readonly string[];
  readonly role?: string;
  readonly group?: string;
}

async function explainKey(
  key: string,
  { system, role, group }: ExplainOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out">,
): Promise<Outcome> {
  const { out } = context;
  if (role !== undefined && group !== undefined) throw new Failure("usage", own.roleOrGroup);
  const membership: Membership | undefined =
    role !== undefined ? `role:${role}` : group === undefined ? undefined : `group:${group}`;
  const room = await openLifecycleRoom(context);
  const explanation = await room.explain({ key, systems: system, membership });
  const directory = await (await context.workspace()).directory();
  const unit = explanation.unit === undefined ? undefined : directory.findUnit(explanation.unit);
  await out.emit({
    document: toDocument(explanation),
    render: () => {
      const unitName = unit && formatUnitName(unit);
      if (membership === undefined) return render(explanation, unitName, key, out);
      return renderAsked(explanation, { membership, head: renderHead(explanation, unitName, key, out) }, out);
    },
  });
  const unread = ({ why, memberships }: ExplainedAccount): boolean =>
    why === "unreadable" || memberships.some((one) => one.why === "unreadable");
  return explanation.accounts.some(unread) ? "partial" : "ok";
}

function toDocument({
  subject,
  name,
  unit,
  username,
  origin,
  declared,
  decisions,
  accounts,
  history,
}: Explanation): Record<string, unknown> {
  return {
    schema: "wardctl.provision-explain/1",
    subject: subject ?? null,
    managed: subject !== undefined,
    name: name ?? null,
    unit: unit ?? null,
    username: username ? { name: username.name, state: username.state } : null,
    source: origin
      ? {
          plan: origin.plan,
          at: origin.at,
          ...(origin.rule === undefined
            ? { file: origin.file, sha256: origin.sha256, lines: origin.lines }
            : { rule: origin.rule, owner: origin.owner ?? null }),
          grants: origin.grants ?? [],
        }
      : null,
    decisions: decisions.map(({ subject: _, reason, ...decision }) => ({ ...decision, reason: reason ?? null })),
    declared: declared ? { kind: declared.kind, effective: declared.effective, unit: declared.unit ?? null } : null,
    accounts: accounts.map((account) => ({
      system: account.system,
      username: account.username ?? null,
      targetId: account.targetId ?? null,
      active: account.active ?? null,
      correlation: account.correlation,
      why: account.why,
      reason: account.reason ?? null,
      plan: account.plan ?? null,
      operation: account.operation ?? null,
      actor: account.actor ?? null,
      readBackAt: account.readBackAt ?? null,
      differences: account.moves.map(({ attribute, from, to }) => `${attribute}: ${from} → ${to}`),
      memberships: account.memberships.map(({ system: _, membership, held, why, sources, ...by }) => ({
        membership,
        held: held ?? null,
        why,
        sources,
        plan: by.plan ?? null,
        operation: by.operation ?? null,
        actor: by.actor ?? null,
        at: by.at ?? null,
      })),
      attributes: account.attributes.map(({ source, ...rest }) => ({ ...rest, source: source ?? "unmanaged" })),
    })),
    history,
  };
}

function render(explanation: Explanation, unitName: string | undefined, key: string, out: Output): string {
  const { say, paint } = out;
  const { origin, declared, decisions, accounts, history } = explanation;
  return [
    ...renderHead(explanation, unitName, key, out),
    ...(origin?.grants ?? []).map((grant) => `  ${say(own.grant(grant))}`),
    ...(declared ? [say(own.declared(declared))] : []),
    ...decisions.map(
      (decision) => `${say(answerWords.decisions)}: ${say(describeDecision(decision))} · ${decision.actor}, ${decision.at}`,
    ),
    ...renderAccounts(accounts, out),
    ...renderAttributes(accounts, out),
    ...(history.length > 0 ? ["", paint.bold(say(own.history))] : []),
    ...renderHistory(history, out),
  ].join("\n");
}

/** Who it is, by what name, and where they come from. */
function renderHead(
  { subject, name, username, origin }: Explanation,
  unitName: string | undefined,
  key: string,
  { say, paint }: Output,
): string[] {
  const id = subject === undefined ? key : subject.slice(subject.indexOf("/") + 1);
  const head = subject === undefined ? `${key} · ${say(own.unmanaged)}` : [name ?? id, id, unitName].filter(Boolean).join(" · ");
  const source = origin && (origin.rule === undefined ? own.fromRoster(origin) : own.fromRule(origin));
  return [
    paint.bold(head),
    ...(username ? [say(own.registered(username.name, username.state))] : []),
    ...(source ? [say(source)] : subject ? [say(own.noSource)] : []),
  ];
}

/** Each value with the systems that show it: the same on all of them is said once. */
function renderAttributes(accounts: readonly ExplainedAccount[], { say, lang, paint }: Output): string[] {
  const shown = accounts.filter(({ username }) => username !== undefined);
  const lines = shown.flatMap(({ system, attributes }) =>
    attributes.map(({ attribute, value, source }) => ({
      system,
      text: `${nameAttribute(attribute)[lang]}: ${showValue(attribute, value)[lang]} ← ${say(sourceWords[source ?? "unmanaged"])}`,
    })),
  );
  const groups = [...Map.groupBy(lines, ({ text }) => text)];
  if (groups.length === 0) return [];
  return [
    "",
    paint.bold(say(own.attributes)),
    ...groups.map(([text, same]) =>
      same.length === shown.length ? `  ${text}` : `  ${text} (${same.map(({ system }) => system).join(", ")})`,
    ),
  ];
}

/** Systems of which the same is to be said, said once. */
function renderAccounts(accounts: readonly ExplainedAccount[], out: Output): string[] {
  const groups = Map.groupBy(accounts, (account) => renderAccount(account, out).join("\n"));
  return [...groups].flatMap(([text, same]) => ["", out.paint.bold(same.map(({ system }) => system).join(", ")), text]);
}

function renderAccount(account: ExplainedAccount, { say, lang }: Output): string[] {
  const { username, active, why, reason, plan, actor, readBackAt, moves, correlation, memberships } = account;
  const state = active === undefined ? "" : ` · ${say(activeWords[active ? "active" : "disabled"])}`;
  const because =
    reason === undefined || why === "unreadable" ? "" : ` (${say(why === "written" ? toThen(reason) : reasonWords[reason])})`;
  const at = toShown(readBackAt);
  const words = why === "unreadable" ? said.lastSeen : said.by;
  return [
    ...(username === undefined ? [] : [`  ${username}${state}`]),
    `  ${say(whyWords[why])}${because}`,
    ...(username === undefined ? [] : [`  ${say(correlationWords[correlation])}`]),
    ...(plan === undefined || actor === undefined ? [] : [`  ${say(words(actor, plan, at))}`]),
    ...memberships.map((one) => `  ${renderMembership(one, lang)}`),
    ...moves.map((move) => `  ! ${describeMove(move)[lang]}`),
  ];
}

function toShown(iso: string | undefined): Words {
  return both((lang) => (iso === undefined ? "" : formatInstant(iso, vietnamZone, lang)));
}

/** One line for what one plan did at one time, whatever number of systems it did it on. */
function renderHistory(history: Explanation["history"], { say, lang }: Output): string[] {
  const groups = Map.groupBy(history, ({ at, kind, event, plan }) => [at, kind, event, plan].join(" "));
  return [...groups.values()].map((same) => {
    const [{ at, kind, event, plan }] = same as [Explanation["history"][number]];
    const state = event === "done" || event === "failed" ? stateWords[event] : stateWords.unknown;
    const what = kind in kindWords ? say(kindWords[kind as keyof typeof kindWords]) : kind;
    const systems = [...new Set(same.map(({ system }) => system))].join(", ");
    return `  ${formatInstant(at, vietnamZone, lang)} · ${what} · ${systems}: ${say(state)} · ${plan}`;
  });
}

/** The one role or group that was asked for, system by system. */
function renderAsked(
  { accounts }: Explanation,
  { membership, head }: { readonly membership: Membership; readonly head: readonly string[] },
  { say, lang, paint }: Output,
): string {
  const lines = accounts.flatMap(({ system, why, memberships }) => {
    const [one] = memberships;
    if (!one) return [`${paint.bold(system)}: ${say(why === "unreadable" ? whyWords.unreadable : own.noMemberships)}`];
    const by =
      one.plan === undefined || one.actor === undefined ? [] : [`  ${say(said.by(one.actor, one.plan, toShown(one.at)))}`];
    return [`${paint.bold(system)}: ${renderMembership(one, lang)}`, ...by];
  });
  return [...head, "", paint.bold(formatMembership(membership, lang)), ...lines].join("\n");
}

function renderMembership({ membership, held, why, sources }: ExplainedMembership, lang: Lang): string {
  const mark = held === undefined ? "?" : held ? yes : no;
  const because = sources.length > 0 ? describeBecause(why, sources, lang) : "";
  return `${mark} ${formatMembership(membership, lang)}: ${membershipWhyWords[why][lang]}${because}`;
}

/** What gives it; of a failed condition what it is about. */
function describeBecause(why: MembershipWhy, sources: readonly string[], lang: Lang): string {
  if (why === "not-named" || why === "no-such-name") return membershipWords.nearest(sources.join(", "))[lang];
  if (why === "other-place" || why === "denied" || why === "addition-ended")
    return `: ${sources.map((source) => nameSource(source)[lang]).join(", ")}`;
  return ` ← ${sources.map((source) => nameSource(source)[lang]).join(" + ")}`;
}
