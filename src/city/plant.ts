import { listDepartments } from "../directory/department.ts";
import type { OpenCity } from "./open-city.ts";
import type { RehearsalEvent, RemovedAccount } from "./rehearsal-event.ts";
import type { ScriptStep } from "./script.ts";

/** The accounts that a fault takes away when it comes: those of a unit's departments in the document system, but the Office's. */
export function listTaken({ fault, scope }: ScriptStep, { city }: Pick<OpenCity, "city">): readonly RemovedAccount[] {
  if (fault !== "departments-without-accounts") return [];
  const unit = city.units.find(({ code }) => code === scope);
  if (!unit) return [];
  const keys = listDepartments(unit)
    .map(({ key }) => `${scope}/${key}/document-inbox`)
    .filter((key) => key !== `${scope}/van-phong/document-inbox`);
  return [...city.accounts.documents.accounts.values()].flatMap(({ id, externalId }) =>
    externalId !== undefined && keys.includes(externalId) ? [{ id, key: externalId }] : [],
  );
}

/** Brings the city to what the journal says of a step. Doing it again changes nothing. */
export function carryOut(event: RehearsalEvent, { fault, scope }: ScriptStep, { city }: Pick<OpenCity, "city">): void {
  if (event.kind === "planted") {
    for (const { id } of event.removed) city.accounts.documents.accounts.delete(id);
    if (fault !== "departments-without-accounts") city.faults.on(fault, scope);
  }
  // What was set up by hand stays away: the team's own right has taken its place.
  if ((event.kind === "mended" || event.kind === "over") && fault !== "chief-cannot-sign") city.faults.off(fault, scope);
}

/** Whether what the team mends with wardctl is as it should be again, in the city itself. */
export function isSound(
  { fault, scope }: ScriptStep,
  removed: readonly RemovedAccount[],
  { city, rights }: Pick<OpenCity, "city" | "rights">,
): boolean {
  if (fault === "chief-cannot-sign") {
    return rights.some(({ unit, mode, status, seeded }) => unit === scope && mode === "TL" && status === "active" && !seeded);
  }
  const active = new Set(
    [...city.accounts.documents.accounts.values()].flatMap(({ id, externalId, active: on }) =>
      on && !removed.some((one) => one.id === id) ? (externalId ?? []) : [],
    ),
  );
  return removed.length > 0 && removed.every(({ key }) => active.has(key));
}
