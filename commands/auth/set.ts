import type { Command } from "commander";
import { findRecipientFault, readIdentity, sealFor, sealWithPassphrase } from "../../src/platform/age.ts";
import { Failure } from "../../src/platform/failure.ts";
import { isPresent, writeWhole } from "../../src/platform/files.ts";
import { readFromKeyring, writeToKeyring } from "../../src/platform/keyring.ts";
import { identityVariable, secretReferenceShape } from "../../src/platform/secrets.ts";
import type { Words } from "../../src/platform/words.ts";
import { listSecretStandings } from "../../src/workspace/examine-secrets.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { authWords as words } from "./words.ts";

export function declareSet(noun: Command, cli: Cli): void {
  cli
    .withYes(cli.verb(noun, { name: "set", about: words.set, example: "wardctl auth set documents" }))
    .argument("<name>", cli.say(words.name))
    .option("--age <path>", cli.say(words.age))
    .option("--recipient <age1…>", cli.say(words.recipient), collect)
    .option("--file <path>", cli.say(words.file))
    .option("--insecure-storage", cli.say(words.insecure))
    .action((name: string, options: SetOptions, command: Command) =>
      cli.run(command, (context) => setSecret(name, options, context)),
    );
}

interface SetOptions {
  readonly age?: string;
  readonly recipient?: readonly string[];
  readonly file?: string;
  readonly insecureStorage?: boolean;
  readonly yes?: boolean;
}

type SetContext = Pick<Context, "workspace" | "out" | "prompts" | "typedLines" | "environment">;

async function setSecret(name: string, options: SetOptions, context: SetContext): Promise<Outcome> {
  const { out, prompts } = context;
  const { file, yes } = options;
  if (!secretReferenceShape.test(`keyring:${name}`)) throw new Failure("usage", words.badName);
  if (file !== undefined && options.age !== undefined) throw new Failure("usage", words.fileOrAge);
  if (file !== undefined && options.insecureStorage !== true) {
    throw new Failure("usage", words.plaintext(file), { hint: words.ratherSealed(name, file) });
  }
  const workspace = await context.workspace();
  const place = await choosePlace(name, options, workspace, context);
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

async function choosePlace(
  name: string,
  { age, file, recipient }: SetOptions,
  workspace: Workspace,
  context: SetContext,
): Promise<Place> {
  if (age !== undefined) return toSealed(age, recipient ?? [], workspace, context);
  return file === undefined ? toEntry(name) : toFile(file, workspace);
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

/** For whom it is sealed: the recipients named, else the identity that `age:` secrets are opened with, else whoever knows a passphrase. */
async function toSealed(
  file: string,
  recipients: readonly string[],
  { resolvePath }: Workspace,
  { environment, out, prompts }: SetContext,
): Promise<Place> {
  const path = resolvePath(file);
  const identity = environment[identityVariable]?.trim();
  for (const recipient of recipients) {
    const fault = await findRecipientFault(recipient);
    if (fault) throw new Failure("usage", fault);
  }
  const ask = out.interactive ? (question: Words) => prompts.secret(question, "") : undefined;
  const own = recipients.length === 0 && identity ? (await readIdentity(resolvePath(identity), identity, ask)).recipients : [];
  const chosen = recipients.length > 0 ? recipients : own;
  return {
    reference: `age:${file}`,
    isTaken: () => isPresent(path),
    async write(secret) {
      const sealed =
        chosen.length > 0
          ? await sealFor(chosen, `${secret}\n`)
          : await sealWithPassphrase(await readNewPassphrase(file, { out, prompts }), `${secret}\n`);
      await writeWhole(path, sealed, 0o600);
    },
  };
}

/** Typed twice: a slip of the finger would lock the secret away. Failure kind: usage. */
async function readNewPassphrase(file: string, { out, prompts }: Pick<SetContext, "out" | "prompts">): Promise<string> {
  if (!out.interactive) throw new Failure("usage", words.noRecipient, { hint: words.nameRecipient });
  const first = await prompts.secret(words.newPassphrase(file), "--recipient");
  if (first.trim() === "") throw new Failure("usage", words.nothing);
  if (first !== (await prompts.secret(words.again, "--recipient"))) throw new Failure("usage", words.notTheSame);
  return first;
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
