import { resolve } from "node:path";
import type { Command } from "commander";
import {
  type CheckedCertificate,
  checkCertificates,
  findWorst,
} from "../../../src/delegation/certificates/check-certificates.ts";
import { ownerNames } from "../../../src/delegation/deny-codes.ts";
import { findSignerFault } from "../../../src/delegation/signer-codes.ts";
import { formatUnitName } from "../../../src/directory/unit.ts";
import { Failure } from "../../../src/platform/failure.ts";
import { formatDate } from "../../../src/platform/format.ts";
import type { ListFormat } from "../../../src/platform/output.ts";
import { toIso } from "../../../src/platform/time.ts";
import type { Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import type { Outcome } from "../../exit-codes.ts";
import { openDesk } from "../room.ts";
import { verdictWords, certificateWords as words } from "./words.ts";

export function declareCheck(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, { name: "check", about: words.check, example: "wardctl delegate certificates check certificates/" }),
    )
    .argument("[paths...]", cli.say(words.paths))
    .option("--person <staff-id>", cli.say(words.person))
    .action((paths: string[], options: CheckOptions, command: Command) =>
      cli.run(command, (context) => checkFiles(paths, options, context)),
    );
}

interface CheckOptions {
  readonly person?: string;
  readonly format: ListFormat;
}

export async function checkFiles(
  paths: readonly string[],
  options: CheckOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "ids" | "cwd">,
): Promise<Outcome> {
  const { out } = context;
  const workspace = await context.workspace();
  const { zone } = workspace;
  const desk = await openDesk(context);
  const settings = workspace.settings.delegate.certificates;
  if (!settings) throw new Failure("usage", words.needSettings, { hint: words.addSettings });
  const named = paths.map((path) => resolve(context.cwd, path));
  if (named.length === 0 && settings.folder !== undefined) named.push(workspace.resolvePath(settings.folder));
  if (named.length === 0) throw new Failure("usage", words.needPaths, { hint: words.addFolder });
  const checked = await checkCertificates(desk, {
    paths: named,
    staffId: options.person,
    settings,
    resolvePath: workspace.resolvePath,
    directory: await workspace.directory(),
    province: workspace.settings.province,
  });
  if (checked.some(({ reading }) => reading.opensslVersion === undefined)) out.warn(words.noOpenssl);
  const worst = ({ reading }: CheckedCertificate) => {
    const code = findWorst(reading.codes);
    return code && findSignerFault(code);
  };
  await out.list({
    schema: "wardctl.certificate-check/1",
    name: "certificates",
    items: checked,
    columns: [
      { key: "file", title: words.file, value: ({ file }) => file },
      {
        key: "staffId",
        title: words.staffId,
        value: ({ person }) => person?.staffId,
        text: ({ person, unit }, lang) => person?.staffId ?? unit?.code ?? words.nobody[lang],
      },
      {
        key: "name",
        title: words.name,
        value: ({ person }) => person?.fullName,
        text: ({ person, unit }, lang) => person?.fullName ?? (unit ? words.sealOf(formatUnitName(unit))[lang] : ""),
      },
      { key: "serial", title: words.serial, value: ({ reading }) => reading.serial },
      {
        key: "notAfter",
        title: words.until,
        value: ({ reading }) => toIso(reading.notAfter, zone),
        text: ({ reading }, lang) => formatDate(reading.notAfter, zone, lang),
      },
      {
        key: "verdict",
        title: words.verdict,
        value: ({ reading }) => reading.verdict,
        text: ({ reading }, lang) => verdictWords[reading.verdict][lang],
      },
      { key: "codes", title: words.codesTitle, value: ({ reading }) => [...reading.codes] },
      {
        key: "owner",
        title: words.owner,
        value: (item) => worst(item)?.owner,
        text: (item, lang) => {
          const owner = worst(item)?.owner;
          return owner === undefined ? "" : ownerNames[owner][lang];
        },
      },
      {
        key: "remedy",
        title: words.remedy,
        value: (item) => {
          const remedy = worst(item)?.remedy;
          return remedy && out.say(remedy);
        },
      },
      ...(options.format === "table" && !out.json
        ? []
        : [
            { key: "unit", title: words.sealUnit, value: ({ unit }: CheckedCertificate) => unit?.code },
            { key: "subject", title: words.subject, value: ({ subject }: CheckedCertificate) => subject },
            {
              key: "revokedAt",
              title: words.until,
              value: ({ reading: { revokedAt } }: CheckedCertificate) =>
                revokedAt === undefined ? undefined : toIso(revokedAt, zone),
            },
            {
              key: "crlNextUpdate",
              title: words.until,
              value: ({ reading: { crlNextUpdate } }: CheckedCertificate) =>
                crlNextUpdate === undefined ? undefined : toIso(crlNextUpdate, zone),
            },
          ]),
    ],
    format: options.format,
    empty: words.empty,
  });
  out.note(words.kept(checked.filter(({ person, unit }) => person ?? unit).length, checked.length));
  if (checked.some(({ person, unit }) => !person && !unit)) out.note(words.nameHolder);
  return checked.every(({ reading }) => reading.verdict === "VALID" && reading.codes.length === 0) ? "ok" : "attention";
}
