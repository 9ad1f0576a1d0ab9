import { resolve } from "node:path";
import { createDirectory, type Directory } from "../../src/directory/directory.ts";
import type { Endpoint } from "../../src/health/endpoint.ts";
import { readInventory } from "../../src/health/inventory.ts";
import { Failure } from "../../src/platform/failure.ts";
import { toIsoDate, vietnamZone } from "../../src/platform/time.ts";
import type { Context } from "../context.ts";
import { checkWords as words } from "./words.ts";

/** The day on which the units of today began. */
const firstDay = "2025-07-01";

export interface OpenedInventory {
  readonly endpoints: readonly Endpoint[];
  readonly directory: Directory;
}

/** The inventory of the flag, else of the workspace. Failure kinds: usage (neither), invalid (every fault with its line). */
export async function openInventory(
  flag: string | undefined,
  { findWorkspace, cwd, clock }: Pick<Context, "findWorkspace" | "cwd" | "clock">,
): Promise<OpenedInventory> {
  const workspace = await findWorkspace();
  const listed = workspace?.settings.check.inventory;
  const path = flag !== undefined ? resolve(cwd, flag) : listed !== undefined ? workspace?.resolvePath(listed) : undefined;
  if (path === undefined) throw new Failure("usage", words.needInventory, { hint: words.howInventory });
  const today = toIsoDate(clock.now(), vietnamZone);
  // A clock from before the units there are is a laptop's wrong clock: it may not keep anybody from finding that out.
  const at = clock.pinned || today > firstDay ? today : firstDay;
  const directory = workspace ? await workspace.directory(at) : createDirectory(at);
  if (!directory) {
    throw new Failure("invalid", {
      vi: "trước 01/7/2025 chưa có các đơn vị này",
      en: "these units did not exist before 2025-07-01",
    });
  }
  const { endpoints } = await readInventory(path, flag ?? listed ?? path, directory);
  return { endpoints, directory };
}
