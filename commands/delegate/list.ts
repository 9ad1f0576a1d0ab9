import type { Command } from "commander";
import { readFacts } from "../../src/delegation/desk.ts";
import { listKeys } from "../../src/delegation/doc-types.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { gradeWords } from "../../src/delegation/grades/evidence-grade.ts";
import { findGrantEvidence } from "../../src/delegation/grades/grant-evidence.ts";
import { formatPostRef, type Grant, toEffectiveStart } from "../../src/delegation/grant.ts";
import { toGrantState } from "../../src/delegation/grant-state.ts";
import { narrowingMembers } from "../../src/delegation/scope.ts";
import { createScopeBook } from "../../src/delegation/scope-book.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { toIso } from "../../src/platform/time.ts";
import { chooseUnits } from "../choose-units.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { formatBasis, formatPost, formatWindow } from "./grant-text.ts";
import { needInstant, openDesk } from "./room.ts";
import { formatNarrowing } from "./scope-text.ts";
import { scopeWords } from "./scope-words.ts";
import { formatTypes } from "./type-names.ts";
import { stateWords, delegateWords as words } from "./words.ts";

export function declareList(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "list", about: words.list, example: "wardctl delegate list --unit 27004" }))
    .option("--unit <unit>", cli.say(words.unit), collect)
    .option("--at <instant>", cli.say(words.at))
    .option("--as-known-at <instant>", cli.say(words.asKnownAt))
    .action((options: ListOptions, command: Command) => cli.run(command, (context) => listGrants(options, context)));
}

interface ListOptions {
  readonly unit?: readonly string[];
  readonly at?: string;
  readonly asKnownAt?: string;
  readonly format: ListFormat;
}

async function listGrants(options: ListOptions, context: Pick<Context, "workspace" | "out" | "clock" | "ids">): Promise<Outcome> {
  const workspace = await context.workspace();
  const { zone } = workspace;
  const desk = await openDesk(context);
  const book = createScopeBook(desk.settings.scope, zone);
  const now = context.clock.now();
  const at = options.at === undefined ? now : needInstant(options.at, "--at", workspace);
  const asOf = options.asKnownAt === undefined ? now : needInstant(options.asKnownAt, "--as-known-at", workspace);
  const units = options.unit && new Set((await chooseUnits(workspace, options.unit)).map(({ code }) => code));
  const register = createRegister(await readFacts(desk, { at, asOf }), at, asOf);
  const grants = [...register.grantsIn.values()].flat().filter(({ unit }) => !units || units.has(unit));
  await context.out.list({
    schema: "wardctl.delegate-list/1",
    name: "grants",
    extra: { at: toIso(at, zone), asKnownAt: toIso(asOf, zone) },
    items: grants,
    columns: [
      { key: "id", title: words.idTitle, value: (grant) => grant.id },
      { key: "unit", title: words.unitTitle, value: (grant) => grant.unit },
      { key: "capacity", title: words.capacityTitle, value: (grant) => grant.capacity, text: (grant) => `${grant.capacity}.` },
      {
        key: "toPosition",
        title: words.toTitle,
        value: (grant) => formatPostRef(grant.to),
        text: ({ to, person }, lang) => `${formatPost(to, lang)}${person === undefined ? "" : ` · ${person}`}`,
      },
      {
        key: "docTypes",
        title: words.typesTitle,
        value: (grant) => listKeys(grant.docTypes),
        text: (grant, lang) =>
          [formatTypes(grant.docTypes, lang), formatNarrowing(grant.narrowing, book, lang)]
            .filter((part) => part !== "")
            .join("; "),
      },
      ...narrowingMembers.map((member) => ({
        key: member,
        title: scopeWords.partTitle,
        machineOnly: true,
        value: (grant: Grant) => grant.narrowing?.[member],
      })),
      {
        key: "from",
        title: words.windowTitle,
        value: (grant) => toIso(grant.validFrom, zone),
        text: (grant, lang) => formatWindow(grant, zone, lang),
      },
      ...(options.format === "table" && !context.out.json
        ? []
        : [
            {
              key: "to",
              title: words.untilTitle,
              value: ({ validTo }: Grant) => (validTo === undefined ? undefined : toIso(validTo, zone)),
            },
          ]),
      {
        key: "basis",
        title: words.basisTitle,
        value: ({ basis }) => [basis.kind, basis.number, basis.clause].filter((part) => part !== undefined).join(" · "),
        text: ({ basis }, lang) => formatBasis(basis, lang, zone),
      },
      {
        key: "start",
        title: words.fromTitle,
        machineOnly: true,
        value: (grant) => toIso(toEffectiveStart(grant), zone),
      },
      {
        key: "basisSignedAt",
        title: words.basisTitle,
        machineOnly: true,
        value: ({ basis }) => (basis.signedAt === undefined ? undefined : toIso(basis.signedAt, zone)),
      },
      { key: "basisSha256", title: words.basisTitle, machineOnly: true, value: ({ basis }) => basis.sha256 },
      {
        key: "state",
        title: words.stateTitle,
        value: (grant) => toGrantState(register, grant, at),
        text: (grant, lang) => stateWords[toGrantState(register, grant, at)][lang],
      },
      {
        key: "evidence",
        title: words.evidenceTitle,
        value: (grant) => findGrantEvidence(register, grant)?.grade,
        text: (grant, lang) => {
          const grade = findGrantEvidence(register, grant)?.grade;
          return grade === undefined ? "–" : gradeWords[grade][lang];
        },
      },
      ...(options.format === "table" && !context.out.json
        ? []
        : [
            {
              key: "evidenceAt",
              title: words.evidenceTitle,
              value: (grant: Grant) => {
                const seen = findGrantEvidence(register, grant)?.at;
                return seen === undefined ? undefined : toIso(seen, zone);
              },
            },
          ]),
    ],
    format: options.format,
    empty: words.empty,
  });
  return "ok";
}
