import { formatCount } from "../../../platform/format.ts";
import { type LocalCheck, notLookedAt, pass } from "../finding.ts";
import { loadRemedy } from "../load.ts";

/** A quarter of the usual deadline: probes that stand still so long in one piece judge nobody. */
const tooLongMs = 750;

/** Does this machine let wardctl work, or does it stand still while answers wait? */
export const loadCheck: LocalCheck = {
  id: "load",
  title: { vi: "Tải của máy", en: "Load" },
  short: false,
  async check({ standstillMs }) {
    if (standstillMs === undefined) return notLookedAt({ vi: "chưa đo", en: "not measured" });
    const [vi, en] = [formatCount(Math.round(standstillMs), "vi"), formatCount(Math.round(standstillMs), "en")];
    if (standstillMs < tooLongMs)
      return pass({ vi: `wardctl đứng yên nhiều nhất ${vi} ms`, en: `wardctl stood still for ${en} ms at most` });
    return {
      state: "warn",
      words: {
        vi: `máy quá bận: wardctl đứng yên tới ${vi} ms, kết quả kiểm tra từ đây có thể không nói gì về nơi khác`,
        en: `too busy: wardctl stood still for up to ${en} ms, so checks from here may say nothing about others`,
      },
      remedy: loadRemedy,
    };
  },
};
