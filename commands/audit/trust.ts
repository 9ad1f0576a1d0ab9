import { resolve } from "node:path";
import type { Command } from "commander";
import { namespaces } from "../../src/audit/checkpoint.ts";
import { sha256 } from "../../src/platform/canonical-json.ts";
import { Failure } from "../../src/platform/failure.ts";
import { isPresent, readText, writeWhole } from "../../src/platform/files.ts";
import { formatSigner, parseSigners } from "../../src/platform/signers-file.ts";
import { readInstant } from "../../src/platform/time.ts";
import { verbatim } from "../../src/platform/words.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import { delegateWords } from "../delegate/words.ts";
import type { Outcome } from "../exit-codes.ts";
import { proofWords as words } from "./proof-words.ts";

export function declareTrust(noun: Command, cli: Cli): void {
  cli
    .withYes(
      cli.verb(noun, { name: "trust", about: words.trust, example: "wardctl audit trust log-key.pub --to 2026-07-01 --yes" }),
    )
    .argument("<file>", cli.say(words.publicKey))
    .option("--identity <name>", cli.say(words.identity))
    .option("--from <instant>", cli.say(words.from))
    .option("--to <instant>", cli.say(words.to))
    .action((file: string, options: TrustOptions, command: Command) =>
      cli.run(command, (context) => trust(file, options, context)),
    );
}

interface TrustOptions {
  readonly yes?: boolean;
  readonly identity?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Writes the line as it must be, with `Z` and the inclusive end taken into account: by hand both are easily got wrong. */
async function trust(
  file: string,
  options: TrustOptions,
  { workspace: open, out, clock, cwd, prompts }: Pick<Context, "workspace" | "out" | "clock" | "cwd" | "prompts">,
): Promise<Outcome> {
  const { settings, zone, resolvePath, actor, ...workspace } = await open();
  const need = (text: string, flag: string): number => {
    const at = readInstant(text, zone);
    if (at === undefined) throw new Failure("usage", delegateWords.badInstant(flag, text));
    return at;
  };
  const identity = options.identity ?? settings.audit.identity;
  const from = options.from === undefined ? clock.now() : need(options.from, "--from");
  const to = options.to === undefined ? undefined : need(options.to, "--to");
  if (to !== undefined && to <= from) throw new Failure("usage", words.endsBefore);
  const publicKey = /^((?:ssh|ecdsa|sk)-[\w@.-]+ [A-Za-z0-9+/=]+)/.exec(await readText(resolve(cwd, file)))?.[1];
  if (publicKey === undefined) throw new Failure("invalid", words.noPublicKey(file));
  const path = resolvePath(settings.audit.signers);
  const before = (await isPresent(path)) ? await readText(path) : "";
  const twin = parseSigners(before).find(({ key, principals }) => publicKey.endsWith(` ${key}`) && principals.includes(identity));
  if (twin) throw new Failure("invalid", words.trustedBefore(twin.line));
  const line = formatSigner({ principal: identity, namespaces: Object.values(namespaces), from, to, publicKey });
  if (!options.yes) {
    out.warn(verbatim(line));
    if (!(await prompts.confirm(words.trustIt, "--yes"))) return "cancelled";
  }
  const text = `${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${line}\n`;
  await writeWhole(path, text);
  const log = await workspace.audit();
  await log.append({ actor, action: "audit.trust", subject: identity, detail: { line, signersSha256: sha256(text) } });
  await out.emit({
    document: { schema: "wardctl.audit-trust/1", file: settings.audit.signers, identity, line, signersSha256: sha256(text) },
    render: () => `${out.say(words.trusted(identity, settings.audit.signers))}\n  ${line}`,
  });
  return "ok";
}
