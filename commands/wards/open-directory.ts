import { createDirectory, type Directory, firstDay } from "../../src/directory/directory.ts";
import type { DirectoryCache } from "../../src/directory/directory-cache.ts";
import { findNearestProvince, findProvinceByText } from "../../src/directory/province-name.ts";
import type { IsoDate, Province } from "../../src/directory/unit.ts";
import { Failure } from "../../src/platform/failure.ts";
import { readInstant, toIsoDate, vietnamZone } from "../../src/platform/time.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Context } from "../context.ts";
import { wardsWords as words } from "./words.ts";

/** The directory that a verb was asked about, with the workspace's imports where there is a workspace. */
export interface AskedDirectory {
  /** As of the day asked for, but never before 2025-07-01. */
  readonly directory: Directory;
  readonly at: IsoDate;
  /** The day asked for, when it is before 2025-07-01. */
  readonly before?: IsoDate;
  readonly workspace?: Workspace;
  /** Undefined without a workspace, and in one where nothing was cached yet. */
  readonly cache?: DirectoryCache;
}

export async function openDirectory(
  { findWorkspace, clock }: Pick<Context, "findWorkspace" | "clock">,
  asked: string | undefined,
): Promise<AskedDirectory> {
  const at = asked === undefined ? toIsoDate(clock.now(), vietnamZone) : readDay(asked, "--at");
  const isBefore = at < firstDay;
  const day = isBefore ? firstDay : at;
  const before = isBefore ? { before: at } : {};
  const workspace = await findWorkspace();
  if (!workspace) return { directory: createDirectory(day) as Directory, at, ...before };
  const directory = await workspace.directory(day);
  if (!(await workspace.hasStore())) return { directory, at, ...before, workspace };
  const { openDirectoryCache } = await import("../../src/directory/directory-cache.ts");
  return { directory, at, ...before, workspace, cache: openDirectoryCache(await workspace.database()) };
}

/** ISO date of a flag. Failure kind: usage. */
export function readDay(text: string, flag: string): IsoDate {
  const at = readInstant(text, vietnamZone);
  if (at === undefined) throw new Failure("usage", words.badDay(flag, text), { hint: words.dayShapes });
  return toIsoDate(at, vietnamZone);
}

/** A province by code or name. Failure kind: usage. */
export function readProvince(text: string, directory: Directory): Province {
  const province = findProvinceByText(directory, text);
  if (province) return province;
  throw new Failure("usage", words.unknownProvince(text), {
    hint: words.provinceHint(findNearestProvince(directory, text), directory.listProvinces().length),
  });
}
