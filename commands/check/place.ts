import { resolve } from "node:path";
import { createContacts } from "../../src/directory/contact-store.ts";
import { createNames } from "../../src/health/cause-words.ts";
import type { Endpoint } from "../../src/health/endpoint.ts";
import { checkLocal } from "../../src/health/local/check-local.ts";
import { createNameServer } from "../../src/health/name-server.ts";
import { readText } from "../../src/platform/files.ts";
import { createRandom } from "../../src/platform/random.ts";
import type { Context } from "../context.ts";
import { localWords as words } from "./local-words.ts";
import { openInventory } from "./open-inventory.ts";

export interface LocalOptions {
  readonly unit?: string;
  readonly answer?: readonly string[];
  readonly out?: string;
  readonly inventory?: string;
  readonly ca?: string;
}

export type LocalContext = Pick<
  Context,
  "findWorkspace" | "cwd" | "clock" | "out" | "signal" | "prompts" | "environment" | "version"
>;

/** Where the technician stands: what is to be reached, and by what settings. */
export type Place = Awaited<ReturnType<typeof openPlace>>;

export async function openPlace(options: LocalOptions, context: LocalContext) {
  const { findWorkspace, cwd, out } = context;
  const workspace = await findWorkspace();
  const settings = workspace?.settings.check ?? (await import("../../src/health/settings.ts")).healthSettings.parse(undefined);
  const listed = options.inventory ?? settings.inventory;
  // Without an inventory there is still a machine and a line to look at.
  if (listed === undefined && options.unit === undefined) out.note(words.noInventory);
  const opened =
    listed === undefined && options.unit === undefined
      ? { endpoints: [] as readonly Endpoint[], directory: undefined }
      : await openInventory(options.inventory, context);
  const caFile = options.ca !== undefined ? resolve(cwd, options.ca) : settings.ca && workspace?.resolvePath(settings.ca);
  const contacts = workspace && options.unit !== undefined ? createContacts(await workspace.database()) : undefined;
  return {
    settings,
    endpoints: opened.endpoints,
    names: opened.directory && createNames(opened.directory),
    ca: caFile ? { pem: await readText(caFile), file: options.ca ?? settings.ca ?? caFile } : undefined,
    contact: options.unit === undefined ? undefined : await contacts?.findContact(options.unit),
  };
}

/** Every check of this machine, with a look at a few endpoints. */
export async function lookLocally(
  { settings, endpoints, ca }: Pick<Place, "settings" | "endpoints" | "ca">,
  context: LocalContext,
) {
  const { clock, environment } = context;
  const names = createNameServer(settings.resolvers, settings.deadlineMs * 0.4);
  const random = createRandom(`local/${clock.now()}`);
  try {
    return await checkLocal({ endpoints, names, settings, random, clock, environment, ca: ca?.pem });
  } finally {
    names.close();
  }
}
