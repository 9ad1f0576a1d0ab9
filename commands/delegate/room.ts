import type { Carrier } from "../../src/delegation/carrier.ts";
import { openCarrier } from "../../src/delegation/carriers/index.ts";
import { readCarrierDefinition } from "../../src/delegation/carriers/read-definition.ts";
import type { DescribedSystem } from "../../src/delegation/carriers/system-settings.ts";
import { createDesk, type Desk, findSystem } from "../../src/delegation/desk.ts";
import { createScopeBook } from "../../src/delegation/scope-book.ts";
import type { Unit } from "../../src/directory/unit.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { readText } from "../../src/platform/files.ts";
import { readInstant } from "../../src/platform/time.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Context } from "../context.ts";
import { delegateWords as words } from "./words.ts";

export async function openDesk({ workspace, clock, ids }: Pick<Context, "workspace" | "clock" | "ids">): Promise<Desk> {
  const opened = await workspace();
  return createDesk({
    database: await opened.database(),
    audit: await opened.audit(),
    settings: opened.settings.delegate,
    zone: opened.zone,
    actor: opened.actor,
    clock,
    ids,
  });
}

export function needInstant(text: string, flag: string, { zone }: Pick<Workspace, "zone">): Instant {
  const at = readInstant(text, zone);
  if (at === undefined) throw new Failure("usage", words.badInstant(flag, text));
  return at;
}

export interface SystemWork {
  readonly carrier: Carrier;
  readonly ttlMs: number;
  readonly units: readonly string[];
}

/** Each document system with the units it serves, opened, worked on, closed. Failure kind: usage (none is set up or none has that name). */
export async function withSystems<T>(
  workspace: Workspace,
  units: readonly Unit[],
  chosen: readonly string[] | undefined,
  work: (system: SystemWork) => Promise<T>,
): Promise<T[]> {
  const { delegate: settings } = workspace.settings;
  const names = Object.keys(settings.systems);
  if (names.length === 0) throw new Failure("usage", words.noSystems, { hint: words.addSystem });
  const strange = chosen?.find((name) => !names.includes(name));
  if (strange !== undefined) throw new Failure("usage", words.noSuchSystem(strange, names));
  const results: T[] = [];
  for (const name of names) {
    const served = units.map(({ code }) => code).filter((code) => findSystem(settings, code) === name);
    if (served.length === 0 || (chosen && !chosen.includes(name))) continue;
    const stated = settings.systems[name]!;
    // Screens are looked at, not asked.
    if (stated.kind === "screens") continue;
    const system = stated.kind === "file" ? await readCarrierDefinition(stated, workspace.resolvePath) : stated;
    const carrier = await openCarrier(system, {
      system: name,
      zone: workspace.zone,
      ...(await readAccess(workspace, system)),
      resolvePath: workspace.resolvePath,
      book: createScopeBook(settings.scope, workspace.zone),
    });
    try {
      results.push(await work({ carrier, ttlMs: system.evidenceFor, units: served }));
    } finally {
      await carrier.close();
    }
  }
  return results;
}

/** An export needs nothing but its file. */
async function readAccess(
  workspace: Workspace,
  system: DescribedSystem,
): Promise<{ readonly token: string | undefined; readonly ca: string | undefined }> {
  if (system.kind === "export") return { token: undefined, ca: undefined };
  return {
    token: system.token === undefined ? undefined : await workspace.secret(system.token),
    ca: system.ca === undefined ? undefined : await readText(workspace.resolvePath(system.ca)),
  };
}
