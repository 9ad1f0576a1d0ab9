import type { ColumnFinding } from "../src/records/inspect/describe-columns.ts";
import type { Code, Proposal } from "../src/records/inspect/propose-profile.ts";
import { channels, dossierStates } from "../src/records/observation.ts";
import type { Context } from "./context.ts";
import { channelNames, stateNames, inspectWords as words } from "./import-inspect-words.ts";

/** Asks for what nobody could guess: the columns that are missing, and what a source's own codes mean. */
export async function completeProposal(
  proposal: Proposal,
  findings: readonly ColumnFinding[],
  { prompts, out }: Pick<Context, "prompts" | "out">,
): Promise<Proposal> {
  const flag = "wardctl.yaml";
  const columns = { ...proposal.columns };
  const used = new Set(Object.values(columns));
  const free = findings.filter(({ heading, personal }) => heading !== "" && !personal && !used.has(heading));
  const missing: Proposal["missing"][number][] = [];
  for (const field of proposal.missing) {
    const choices = free
      .filter(({ heading }) => !Object.values(columns).includes(heading))
      .map(({ heading }) => ({ name: heading, value: heading }));
    const chosen = await prompts.select(words.askColumn(field), [...choices, { name: out.say(words.none), value: "" }], flag);
    if (chosen === "") missing.push(field);
    else columns[field] = chosen;
  }
  const ask = async <T extends string>(
    codes: readonly Code[],
    names: Readonly<Record<T, { vi: string; en: string }>>,
    all: readonly T[],
    question: typeof words.askStatus,
  ) => {
    const known: Record<string, T> = {};
    const unknown: Code[] = [];
    for (const code of codes) {
      const choices = all.map((value) => ({ name: `${value} – ${out.say(names[value])}`, value: value as T | "" }));
      const chosen = await prompts.select<T | "">(
        question(code.value, code.count),
        [...choices, { name: out.say(words.leaveOut), value: "" }],
        flag,
      );
      if (chosen === "") unknown.push(code);
      else known[code.value] = chosen;
    }
    return { known, unknown };
  };
  const status = await ask(proposal.unknown.status, stateNames, dossierStates, words.askStatus);
  const channel = await ask(proposal.unknown.channels, channelNames, channels, words.askChannel);
  return {
    ...proposal,
    columns,
    missing,
    status: { ...proposal.status, ...status.known },
    channels: { ...proposal.channels, ...channel.known },
    unknown: { status: status.unknown, channels: channel.unknown },
  };
}
