import type { Command } from "commander";
import { ownerNames } from "../../../src/delegation/deny-codes.ts";
import { findSignerFault, signerCodes } from "../../../src/delegation/signer-codes.ts";
import type { ListFormat } from "../../../src/platform/output.ts";
import type { Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import type { Outcome } from "../../exit-codes.ts";
import { certificateWords as words } from "./words.ts";

export function declareCodes(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "codes", about: words.codes, example: "wardctl delegate certificates codes" }))
    .action((options: { readonly format: ListFormat }, command: Command) =>
      cli.run(command, (context) => listCodes(options, context)),
    );
}

async function listCodes({ format }: { readonly format: ListFormat }, { out }: Pick<Context, "out">): Promise<Outcome> {
  await out.list({
    schema: "wardctl.certificate-codes/1",
    name: "codes",
    items: signerCodes.map((code) => ({ code, ...findSignerFault(code) })),
    columns: [
      { key: "code", title: words.codesTitle, value: ({ code }) => code },
      { key: "meaning", title: words.meaning, value: (fault) => out.say(fault.words) },
      { key: "sign", title: words.sign, value: (fault) => out.say(fault.sign) },
      { key: "owner", title: words.owner, value: ({ owner }) => owner, text: ({ owner }, lang) => ownerNames[owner][lang] },
      { key: "remedy", title: words.remedy, value: ({ remedy }) => out.say(remedy) },
      {
        key: "onSite",
        title: words.onSite,
        value: ({ onSite }) => String(onSite === true),
        json: ({ onSite }) => onSite === true,
        text: ({ onSite }, lang) => (onSite ? words.yes[lang] : ""),
      },
    ],
    format,
    empty: words.empty,
  });
  return "ok";
}
