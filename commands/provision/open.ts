import { resolve } from "node:path";
import { listChosenUnits } from "../../src/directory/chosen-units.ts";
import { readText } from "../../src/platform/files.ts";
import { type Answering, openAnswering } from "../../src/provision/answering.ts";
import { type Forgotten, forgetPerson } from "../../src/provision/forgetting.ts";
import { type Lifecycle, openLifecycle } from "../../src/provision/lifecycle.ts";
import { type Claims, openClaims } from "../../src/provision/open-claims.ts";
import { openProvision, type Provision, type ProvisionHost } from "../../src/provision/open-provision.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { openPlan } from "../../src/provision/seal-plan.ts";
import type { Context } from "../context.ts";

/** The room of this workspace: its settings, units, cache and log. */
export async function openRoom(context: RoomContext): Promise<Provision> {
  return openProvision(await openHost(context));
}

/** The same, for what comes after the first plan. */
export async function openLifecycleRoom(context: RoomContext): Promise<Lifecycle & Pick<Provision, "reserve">> {
  const host = await openHost(context);
  return { ...openLifecycle(host), reserve: openProvision(host).reserve };
}

/** The same, for first passwords and what was left half done. */
export async function openClaimsRoom(context: RoomContext): Promise<Claims & Pick<Provision, "reserve">> {
  const host = await openHost(context);
  return { ...openClaims(host), reserve: openProvision(host).reserve };
}

/** Answers to plans' questions. */
export async function openAnsweringRoom(context: RoomContext): Promise<Answering> {
  return openAnswering(await openHost(context));
}

/** Removing what is kept of a person. */
export async function openForgetting(context: RoomContext): Promise<(staffId: string) => Promise<Forgotten>> {
  const host = await openHost(context);
  return (staffId) => forgetPerson(host, staffId);
}

type RoomContext = Pick<Context, "workspace" | "clock" | "ids">;

async function openHost({ workspace, clock, ids }: RoomContext): Promise<ProvisionHost> {
  const home = await workspace();
  const directory = await home.directory();
  return {
    settings: home.settings.provision,
    units: listChosenUnits(directory, home.settings),
    directory,
    database: await home.database(),
    audit: await home.audit(),
    clock,
    ids,
    zone: home.zone,
    actor: home.actor,
    secret: home.secret,
    resolvePath: home.resolvePath,
    departments: home.settings.directory.departments,
  };
}

/** A plan that was saved. Failure kinds: unsafe (torn, altered), invalid. */
export async function readPlanFile(file: string, cwd: string): Promise<Plan> {
  return openPlan(await readText(resolve(cwd, file)), file);
}
