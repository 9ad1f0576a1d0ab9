import { judgeClock } from "../clock-skew.ts";
import { type LocalCheck, notLookedAt } from "../finding.ts";

/** Is this machine's clock right, by what servers say? */
export const clockCheck: LocalCheck = {
  id: "clock",
  title: { vi: "Đồng hồ", en: "Clock" },
  short: false,
  async check({ looks, now }) {
    if (!now)
      return notLookedAt({ vi: "giờ của lần chạy này được đặt bằng WARDCTL_NOW", en: "this run's time was set by WARDCTL_NOW" });
    const dates = looks.flatMap(({ date }) => date ?? []);
    const certificates = looks.flatMap(({ certificate }) => certificate ?? []);
    return judgeClock(dates, certificates, now()).finding;
  },
};
