import type { Directory } from "../../src/directory/directory.ts";
import type { Endpoint } from "../../src/health/endpoint.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { formatLine } from "../../src/platform/frame.ts";
import type { LivePicture } from "../../src/platform/output.ts";
import { layOutMap, toMapLines } from "./heat-map.ts";

/** The map that fills while a sweep is under way; where not all units fit, those that fail. */
export function createLiveMap(
  endpoints: readonly Endpoint[],
  directory: Directory,
  { ascii, colour }: { readonly ascii: boolean; readonly colour: boolean },
): { readonly add: (result: ProbeResult) => void; readonly picture: LivePicture } {
  const results = new Map<string, ProbeResult>();
  const failing = new Set<string>();
  const systems = [...new Set(endpoints.map(({ system }) => system))];
  const units = [...new Set(endpoints.map(({ unit }) => unit))].map((code) => {
    const shortName = directory.findUnit(code)?.name ?? code;
    return { code, name: shortName, shortName };
  });
  return {
    add(result) {
      results.set(result.endpoint, result);
      if (result.state !== "pass") failing.add(result.unit);
    },
    picture({ columns, rows }) {
      // The cursor stands behind the last line, so the last column stays free.
      const [width, height] = [columns - 1, rows - 1];
      const all = layOutMap(units.length, systems.length, width, height - 1);
      const shown = all.pages === 1 ? units : units.filter(({ code }) => failing.has(code));
      const layout = all.pages === 1 ? all : layOutMap(shown.length, systems.length, width, height - 1);
      const resultOf = (unit: string, system: string): ProbeResult | undefined => results.get(`${unit}/${system}`);
      const legend = systems.map((system, at) => `${(at + 1) % 10} ${system}`).join("  ");
      const lines = toMapLines({ units: shown, systems, resultOf, ascii }, layout, 0);
      return [legend.slice(0, width), ...lines.map((line) => formatLine(line.slice(0, width), colour))];
    },
  };
}
