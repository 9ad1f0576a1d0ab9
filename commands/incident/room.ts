import { type ApplicantTrace, findApplicantTrace } from "../../src/meeting/applicant-data.ts";
import { codeFamilies, isFailureCode } from "../../src/meeting/category.ts";
import { readDeadline } from "../../src/meeting/deadline.ts";
import { readIncidentNumber } from "../../src/meeting/incident.ts";
import type { MeetingDesk } from "../../src/meeting/incident-store.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { toNormalText } from "../../src/platform/text.ts";
import { readInstant } from "../../src/platform/time.ts";
import type { Words } from "../../src/platform/words.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import { needEach, needUnit } from "../choose-units.ts";
import type { Context } from "../context.ts";
import { cliWords } from "../words.ts";
import { incidentWords as words } from "./words.ts";

export async function openMeetingDesk({ workspace, clock }: Pick<Context, "workspace" | "clock">): Promise<MeetingDesk> {
  const opened = await workspace();
  return { database: await opened.database(), audit: await opened.audit(), clock, actor: opened.actor };
}

const traces: Readonly<Record<ApplicantTrace, Words>> = {
  "citizen-id": words.citizenId,
  phone: words.phone,
  "dossier-code": words.dossierCode,
};

/** What is wrong with a text that is to be kept for good, without repeating it. Undefined: nothing was seen. */
export function findTextFault(text: string, place: string): Words | undefined {
  const trace = findApplicantTrace(text);
  if (trace !== undefined) return words.applicantData(place, traces[trace]);
  if (toNormalText(text) === "") return words.emptyText(place);
  return text.length > 2_000 ? words.longText(place) : undefined;
}

/** The text in one spelling. Failure kind: invalid (it seems to hold an applicant's data, or nothing). */
export function needText(text: string, place: string): string {
  const fault = findTextFault(text, place);
  if (fault) throw new Failure("invalid", fault, { hint: words.nothingOfApplicants });
  return toNormalText(text);
}

/** Failure kind: invalid. */
export function needCode(text: string): string {
  const code = text.trim().toUpperCase();
  if (isFailureCode(code)) return code;
  throw new Failure("invalid", words.badCode(text), { hint: words.codeFamilies(codeFamilies) });
}

/** Failure kind: usage. */
export function needDeadline(text: string, { zone }: Pick<Workspace, "zone">): Instant {
  const due = readDeadline(text, zone);
  if (due === undefined) throw new Failure("usage", words.badInstant("--due", text), { hint: words.deadlineShape });
  return due;
}

/** Failure kind: usage. */
export function needMoment(flag: string, text: string, { zone }: Pick<Workspace, "zone">): Instant {
  const at = readInstant(text, zone);
  if (at === undefined) throw new Failure("usage", words.badInstant(flag, text), { hint: cliWords.instantShape });
  return at;
}

/** Codes of the units that were named, in the workspace's own way of naming them. Failure kind: invalid. */
export async function needUnits(named: readonly string[], workspace: Workspace): Promise<string[]> {
  if (named.length === 0) return [];
  const directory = await workspace.directory();
  return needEach(named, (text) => needUnit(text, directory, workspace.settings).code);
}

/** Failure kind: usage, with every text that is no number. */
export function needIncidentNumbers(texts: readonly string[]): readonly number[] {
  return needEach(texts, needIncidentNumber);
}

/** Failure kind: usage. */
export function needIncidentNumber(text: string): number {
  const number = readIncidentNumber(text);
  if (number === undefined) throw new Failure("usage", words.badNumber(text), { hint: words.numberShape });
  return number;
}
