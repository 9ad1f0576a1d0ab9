import { resolve } from "node:path";
import type { Endpoint } from "../../src/health/endpoint.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { parseVantageFile, type VantageFile } from "../../src/health/vantage-file.ts";
import { correctedAt, type MergedVantages, mergeVantages, refusedAfterMs } from "../../src/health/vantages.ts";
import { Failure, formatFault } from "../../src/platform/failure.ts";
import { readText } from "../../src/platform/files.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { verbatim } from "../../src/platform/words.ts";
import type { Context } from "../context.ts";
import { localWords as words } from "./local-words.ts";
import { checkWords } from "./words.ts";

interface Centre {
  readonly endpoints: readonly Endpoint[];
  readonly at: number;
  readonly results: readonly ProbeResult[];
}

/**
 * Technicians' files, merged with the central run. A damaged line is told and left out. Failure kinds: invalid (nothing in a file can be used, or it is
 * of a unit that is not listed), unsafe (half a day apart from the run), those of reading.
 */
export async function readVantages(
  files: readonly string[],
  centre: Centre,
  { cwd, out }: Pick<Context, "cwd" | "out">,
): Promise<MergedVantages> {
  const read: VantageFile[] = [];
  for (const name of files) {
    const { file, faults } = parseVantageFile(await readText(resolve(cwd, name)), name, vietnamZone);
    if (!file) throw new Failure("invalid", words.noVantage(name), { faults });
    for (const fault of faults) out.warn(verbatim(formatFault(fault, out.lang)));
    if (faults.length > 0) out.warn(checkWords.damaged(faults.length));
    const apartMs = Math.abs(correctedAt(file) - centre.at);
    if (apartMs > refusedAfterMs) {
      throw new Failure("unsafe", words.tooOld(name, Math.round(apartMs / 3_600_000)), { hint: words.tooOldHint });
    }
    if (!centre.endpoints.some(({ unit }) => unit === file.unit)) throw new Failure("invalid", words.notInInventory(name));
    read.push(file);
  }
  return mergeVantages(centre.endpoints, centre, read);
}
