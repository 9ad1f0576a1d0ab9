import { createWorkingCalendar, type OwnCalendar } from "../directory/working-calendar.ts";
import type { Instant } from "../platform/clock.ts";
import type { Zone } from "../platform/time.ts";
import type { HealthSettings } from "./settings.ts";
import type { MeasureHours } from "./uptime.ts";

/** Opening hours as the settings have them, without the holidays of the directory's calendar and the workspace's own. */
export function createOfficeHours(
  hours: HealthSettings["officeHours"],
  zone: Zone,
  own?: Pick<OwnCalendar, "holidays" | "workdays">,
): MeasureHours {
  const calendar = createWorkingCalendar(zone, { hours: [hours], holidays: own?.holidays ?? [], workdays: own?.workdays ?? [] });
  const known = new Map<Instant, Map<Instant, number>>();
  return (from, to) => {
    // All endpoints of a sweep ask for the same stretch.
    let ends = known.get(from);
    if (!ends) {
      if (known.size > 64) known.clear();
      ends = new Map();
      known.set(from, ends);
    }
    const before = ends.get(to);
    if (before !== undefined) return before;
    const measured = calendar.measure(from, to);
    ends.set(to, measured);
    return measured;
  };
}
