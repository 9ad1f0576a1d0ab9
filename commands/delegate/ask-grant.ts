import { resolve } from "node:path";
import { basisKinds, basisNames, capacityNames, type GrantedCapacity, isRegulation } from "../../src/delegation/capacity.ts";
import { docTypes, findDocType } from "../../src/delegation/doc-types.ts";
import { formatPostRef } from "../../src/delegation/grant.ts";
import { capacityRules } from "../../src/delegation/rules.ts";
import { createScopeBook, type NamedKey } from "../../src/delegation/scope-book.ts";
import { listChosenUnits } from "../../src/directory/chosen-units.ts";
import { defaultDepartments, listDepartments } from "../../src/directory/department.ts";
import { defaultPositions, findPosition } from "../../src/directory/position.ts";
import { formatUnitName } from "../../src/directory/unit.ts";
import { isPresent } from "../../src/platform/files.ts";
import type { Prompts } from "../../src/platform/prompts.ts";
import { toFold } from "../../src/platform/text.ts";
import { readInstant } from "../../src/platform/time.ts";
import type { Lang, Words } from "../../src/platform/words.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import { askWords as words } from "./ask-words.ts";
import type { GrantOptions } from "./grant.ts";
import { formatPost } from "./grant-text.ts";
import { isSha256 } from "./hash-papers.ts";

/** In the order in which a ward needs them; an acting head comes once in a term. */
const commonFirst: readonly GrantedCapacity[] = ["KT", "TL", "TUQ", "Q"];

/** Asks for what the flags left open, in the order in which one reads the paper. */
export async function askGrant(
  given: GrantOptions,
  prompts: Prompts,
  workspace: Workspace,
  lang: Lang,
  cwd = ".",
): Promise<GrantOptions> {
  const directory = await workspace.directory();
  const units = listChosenUnits(directory, workspace.settings);
  const code =
    given.unit ??
    (await prompts.search(
      words.unit,
      (term) =>
        units
          .filter((unit) => toFold(`${unit.code} ${formatUnitName(unit)}`).includes(toFold(term)))
          .slice(0, 40)
          .map((unit) => ({ name: `${unit.code} ${formatUnitName(unit)}`, value: unit.code })),
      "--unit",
    ));
  const unit = directory.findUnit(code);
  const own = unit ? listDepartments(unit).map(({ key }) => key) : [];
  const posts = defaultPositions
    .filter(({ rank }) => rank !== "head")
    .flatMap((position) =>
      position.departments.length === 0
        ? [{ name: position.name[lang], value: position.key }]
        : position.departments
            .filter((department) => own.includes(department))
            .map((department) => ({
              name: formatPost({ position: position.key, department }, lang),
              value: formatPostRef({ position: position.key, department }),
            })),
    );
  const toPosition = given.toPosition ?? (await prompts.select(words.toPosition, posts, "--to-position"));
  const rank = findPosition(toPosition.split("/").at(-1) ?? "")?.rank;
  // Only what the law has for the post: with an unknown one everything is asked, and the fault is said afterwards.
  const lawful = capacityRules.filter((rule) => rank === undefined || rule.toRanks.includes(rank));
  const capacity =
    given.capacity ??
    (await prompts.select(
      words.capacity,
      commonFirst
        .filter((value) => lawful.some((rule) => rule.capacity === value))
        .map((value) => ({ name: `${value}. ${capacityNames[value][lang]}`, value })),
      "--capacity",
    ));
  const types =
    given.docTypes ??
    (
      await prompts.checkbox(
        words.docTypes,
        docTypes.map(({ key, name }) => ({ name: name[lang], value: key })),
        "--doc-types",
        { required: true },
      )
    ).join(",");
  const book = createScopeBook(workspace.settings.delegate.scope, workspace.zone);
  const choose = async (known: readonly NamedKey[], question: Words, flag: string): Promise<string> =>
    (
      await prompts.checkbox(
        question,
        known.map(({ key, name }) => ({ name, value: key })),
        flag,
      )
    ).join(",");
  const here = book.departments.filter(({ key }) => !defaultDepartments.some((known) => known.key === key) || own.includes(key));
  const departments = given.departments ?? (await choose(here, words.departments, "--departments"));
  const isOfProcedures = types.split(",").every((key) => findDocType(key.trim())?.procedural);
  const procedures =
    given.procedures ??
    (isOfProcedures && book.procedures.length > 0 ? await choose(book.procedures, words.procedures, "--procedures") : undefined);
  const ofCapacity = lawful.filter((rule) => rule.capacity === capacity);
  const possible = ofCapacity.length > 0 ? ofCapacity : capacityRules;
  const basisKind =
    given.basisKind ??
    (await prompts.select(
      words.basisKind,
      basisKinds
        .filter((kind) => possible.some((rule) => rule.basis.includes(kind)))
        .map((value) => ({ name: basisNames[value][lang], value })),
      "--basis-kind",
    ));
  const regulation = basisKinds.some((kind) => kind === basisKind && isRegulation(kind));
  // What would be refused at the end is asked for here: nine answers are not to be given twice.
  const isGiven = (text: string) => (text.trim() === "" ? words.needed : undefined);
  const isDay = (text: string) => (text === "" || readInstant(text, workspace.zone) !== undefined ? undefined : words.notADay);
  const ends = possible.every((rule) => rule.needsEnd);
  const isClauseNeeded = possible.every((rule) => rule.needsClause);
  const basisNumber =
    given.basisNumber ?? (await prompts.input(words.basisNumber, { flag: "--basis-number", check: ends ? isGiven : undefined }));
  const basisDate =
    given.basisDate ??
    (await prompts.input(words.basisDate, { flag: "--basis-date", check: (text) => isGiven(text) ?? isDay(text) }));
  const basisSignedAt =
    given.basisSignedAt ?? ((await prompts.input(words.signedAt, { flag: "--basis-signed-at", check: isDay })) || undefined);
  const basisSha256 = given.basisSha256 ?? ((await askPaper(prompts, cwd)) || undefined);
  const clause =
    given.clause ??
    (regulation
      ? await prompts.input(words.clause, { flag: "--clause", check: isClauseNeeded ? isGiven : undefined })
      : undefined);
  const isEnd = (text: string) => (text === "" && ends ? words.needsEnd : isDay(text));
  const to = given.to ?? (await prompts.input(ends ? words.toNeeded : words.to, { flag: "--to", check: isEnd }));
  const needsLaw = capacity === "TUQ" && rank !== "department-head";
  const legalBasis =
    given.legalBasis ?? (needsLaw ? await prompts.input(words.legalBasis, { flag: "--legal-basis", check: isGiven }) : undefined);
  const person =
    given.person ?? (capacity === "Q" ? await prompts.input(words.person, { flag: "--person", check: isGiven }) : undefined);
  // A standing order is passed on by the head of the own department, not by the chairman.
  const passedOn = ofCapacity.length > 0 && ofCapacity.every((rule) => rule.passedOn);
  return {
    ...given,
    fromPosition: given.fromPosition ?? (passedOn ? findHeadOf(toPosition.split("/")[0]) : undefined),
    legalBasis,
    person,
    unit: code,
    toPosition,
    capacity,
    docTypes: types,
    departments,
    procedures,
    basisKind,
    basisNumber,
    basisDate,
    basisSignedAt,
    basisSha256,
    clause,
    to,
  };
}

/** Asked again until it is a hash, a file that is there, or nothing. */
async function askPaper(prompts: Prompts, cwd: string): Promise<string> {
  let text = await prompts.input(words.paperFile, { flag: "--basis-sha256" });
  while (text !== "" && !isSha256(text) && !(await isPresent(resolve(cwd, text)))) {
    text = await prompts.input(words.noPaper, { flag: "--basis-sha256" });
  }
  return text;
}

function findHeadOf(department: string | undefined): string | undefined {
  const head = defaultPositions.find(
    ({ rank, departments }) => rank === "department-head" && departments.some((key) => key === department),
  );
  return head && formatPostRef({ position: head.key, department });
}
