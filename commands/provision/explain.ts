import type { Command } from "commander";
import { formatUnitName } from "../../src/directory/unit.ts";
import type { Output } from "../../src/platform/output.ts";
import { describeDecision } from "../../src/provision/answer-words.ts";
import { nameAttribute } from "../../src/provision/attribute-words.ts";
import type { ExplainedAccount, Explanation } from "../../src/provision/explain-account.ts";
import { reasonWords } from "../../src/provision/plan-words.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { answerWords } from "./answer-words.ts";
import { activeWords, correlationWords, lifecycleWords as own, sourceWords, whyWords } from "./lifecycle-words.ts";
import { openLifecycleRoom } from "./open.ts";
import { stateWords } from "./operation-words.ts";
import { provisionWords as words } from "./words.ts";

export function declareExplain(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "explain", about: own.explain, example: "wardctl provision explain CB2700403 --system documents" })
    .argument("<key>", cli.say(own.key))
    .option("--system <name...>", cli.say(words.system))
    .action((key: string, options: ExplainOptions, command: Command) =>
      cli.run(command, (context) => explainKey(key, options, context)),
    );
}

interface ExplainOptions {
  readonly system?: readonly string[];
}

async function explainKey(
  key: string,
  { system }: ExplainOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out">,
): Promise<Outcome> {
  const { out } = context;
  const room = await openLifecycleRoom(context);
  const explanation = await room.explain({ key, systems: system });
  const directory = await (await context.workspace()).directory();
  const unit = explanation.unit === undefined ? undefined : directory.findUnit(explanation.unit);
  await out.emit({
    document: toDocument(explanation),
    render: () => render(explanation, unit && formatUnitName(unit), key, out),
  });
  return explanation.accounts.some(({ why }) => why === "unreadable") ? "partial" : "ok";
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
      attributes: account.attributes.map(({ source, ...rest }) => ({ ...rest, source: source ?? "unmanaged" })),
    })),
    history,
  };
}

function render(explanation: Explanation, unitName: string | undefined, key: string, out: Output): string {
  const { say, paint } = out;
  const { subject, name, username, origin, declared, decisions, accounts, history } = explanation;
  const id = subject === undefined ? key : subject.slice(subject.indexOf("/") + 1);
  const head = subject === undefined ? `${key} · ${say(own.unmanaged)}` : [name ?? id, id, unitName].filter(Boolean).join(" · ");
  return [
    paint.bold(head),
    ...(username ? [say(own.registered(username.name, username.state))] : []),
    ...(origin
      ? [say(origin.rule === undefined ? own.fromRoster(origin) : own.fromRule(origin))]
      : subject
        ? [say(own.noSource)]
        : []),
    ...(origin?.grants ?? []).map((grant) => `  ${say(own.grant(grant))}`),
    ...(declared ? [say(own.declared(declared))] : []),
    ...decisions.map(
      (decision) => `${say(answerWords.decisions)}: ${say(describeDecision(decision))} · ${decision.actor}, ${decision.at}`,
    ),
    ...accounts.flatMap((account) => ["", ...renderAccount(account, out)]),
    ...renderAttributes(accounts, out),
    ...(history.length > 0 ? ["", paint.bold(say(own.history))] : []),
    ...history.map(({ at, system, kind, event, plan }) => {
      const state = event === "done" || event === "failed" ? stateWords[event] : stateWords.unknown;
      return `  ${at} ${system} ${kind}: ${say(state)} · ${plan}`;
    }),
  ].join("\n");
}

/** Each value with the systems that show it: the same on all of them is said once. */
function renderAttributes(accounts: readonly ExplainedAccount[], { say, lang, paint }: Output): string[] {
  const shown = accounts.filter(({ username }) => username !== undefined);
  const lines = shown.flatMap(({ system, attributes }) =>
    attributes.map(({ attribute, value, source }) => ({
      system,
      text: `${nameAttribute(attribute)[lang]}: ${value} ← ${say(sourceWords[source ?? "unmanaged"])}`,
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

function renderAccount(account: ExplainedAccount, { say, lang, paint }: Output): string[] {
  const { system, username, active, why, reason, plan, actor, readBackAt, moves, correlation } = account;
  const state = active === undefined ? "" : ` · ${say(activeWords[active ? "active" : "disabled"])}`;
  const because = reason === undefined ? "" : ` (${say(reasonWords[reason])})`;
  const by = plan === undefined || actor === undefined ? [] : [`  ${say(own.by(plan, actor, readBackAt ?? ""))}`];
  return [
    paint.bold(`${system}: ${username ?? "–"}${state}`),
    `  ${say(whyWords[why])}${because}`,
    ...(username === undefined ? [] : [`  ${say(correlationWords[correlation])}`]),
    ...by,
    ...moves.map(({ attribute, from, to }) => `  ! ${nameAttribute(attribute)[lang]}: ${from} → ${to}`),
  ];
}
