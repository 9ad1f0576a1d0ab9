import type { Command } from "commander";
import { assertSound } from "../../src/handbook/read-handbook.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { readOwnHandbook } from "./open-handbook.ts";
import { handbookWords as words } from "./words.ts";

export function declareCheck(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "check", about: words.check, example: "wardctl handbook check" })
    .action((_options: unknown, command: Command) => cli.run(command, checkHandbook));
}

/** Failure kind: invalid, with every fault. */
async function checkHandbook(context: Pick<Context, "findWorkspace" | "out">): Promise<Outcome> {
  const { out } = context;
  const handbook = await readOwnHandbook(context);
  assertSound(handbook);
  const { articles } = handbook;
  const ids = new Set(articles.map(({ id }) => id));
  const own = articles.filter(({ origin }) => origin === "own");
  const ownIds = new Set(own.map(({ id }) => id));
  const single = own
    .filter(({ id, lang }) => !articles.some((other) => other.id === id && other.lang !== lang))
    .map(({ id }) => id);
  await out.emit({
    document: { schema: "wardctl.handbook-check/1", articles: ids.size, own: ownIds.size, oneLanguage: single },
    render: () => out.say(words.sound(ids.size, ownIds.size)),
  });
  if (single.length > 0) out.note(words.oneLanguage(single));
  return "ok";
}
