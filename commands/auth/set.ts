import type { Command } from "commander";
import { Failure } from "../../src/platform/failure.ts";
import { isPresent, writeWhole } from "../../src/platform/files.ts";
import { readFromKeyring, writeToKeyring } from "../../src/platform/keyring.ts";
import { secretReferenceShape } from "../../src/platform/secrets.ts";
import { listSecretStandings } from "../../src/workspace/examine-secrets.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { authWords as words } from "./words.ts";

export function declareSet(noun: Command, cli: Cli): void {
  cli
    .withYes(cli.verb(noun, { name: "set", about: words.set, example: "wardctl auth set documents" }))
    .argument("<name>", cli.say(words.name))
    .option("--file <path>", cli.say(words.file))
    .action((name: string, options: SetOptions, command: Command) =>
      cli.run(command, (context) => setSecret(name, options, context)),
    );
}

interface SetOptions {
  readonly file?: string;
  readonly yes?: boolean;
}

type SetContext = Pick<Context, "workspace" | "out" | "prompts" | "typedLines">;

async function setSecret(name: string, { file, yes }: SetOptions, context: SetContext): Promise<Outcome> {
  const { out, prompts } = context;
  if (!secretReferenceShape.test(`keyring:${name}`)) throw new Failure("usage", words.badName);
  const workspace = await context.workspace();
  const place = file === undefined ? toEntry(name) : toFile(file, workspace);
  if ((await place.isTaken()) && yes !== true && !(await prompts.confirm(words.replace(place.reference), "--yes"))) {
    out.warn(words.notReplaced);
    return "cancelled";
  }
  await place.write(await readTyped(name, place.reference, context));
  const audit = await workspace.audit();
  await audit.append({ actor: workspace.actor, action: "auth.set", subject: name, detail: { reference: place.reference } });
  const standings = await listSecretStandings(workspace);
  const settings = standings.find(({ reference }) => reference === place.reference)?.settings ?? [];
  await out.emit({
    document: { schema: "wardctl.auth-set/1", reference: place.reference, settings },
    render: () => out.say(words.stored(place.reference, settings)),
  });
  if (settings.length === 0) out.note(words.notUsed(place.reference));
  return "ok";
}

interface Place {
  readonly reference: string;
  isTaken(): Promise<boolean>;
  write(secret: string): Promise<void>;
}

function toEntry(name: string): Place {
  const orFile = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      throw new Failure(error.kind, error.words, { hint: words.useFile(name), cause: error });
    });
  return {
    reference: `keyring:${name}`,
    isTaken: async () => (await orFile(readFromKeyring(name))) !== undefined,
    write: (secret) => orFile(writeToKeyring(name, secret)),
  };
}

/** As wardctl.yaml will say it: from the workspace's folder. */
function toFile(file: string, { resolvePath }: Workspace): Place {
  const path = resolvePath(file);
  return {
    reference: `file:${file}`,
    isTaken: () => isPresent(path),
    write: (secret) => writeWhole(path, `${secret}\n`, 0o600),
  };
}

/** Hidden on a terminal; else the first line of what is piped in. Failure kind: usage. */
async function readTyped(name: string, reference: string, { out, prompts, typedLines }: SetContext): Promise<string> {
  const typed = out.interactive
    ? await prompts.secret(words.ask(reference), out.say(words.pipe(name)))
    : await readFirst(typedLines());
  const secret = typed?.trim();
  if (!secret) throw new Failure("usage", words.nothing, { hint: words.howToGive(name) });
  return secret;
}

async function readFirst(lines: AsyncIterable<string>): Promise<string | undefined> {
  for await (const line of lines) return line;
  return undefined;
}
