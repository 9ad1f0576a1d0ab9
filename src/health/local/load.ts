import { formatCount } from "../../platform/format.ts";
import type { ProbeResult } from "../probe-result.ts";
import type { LocalFinding } from "./finding.ts";

export const loadRemedy = {
  vi: "dừng bớt việc khác trên máy này rồi kiểm tra lại; những điểm ấy chưa tính cho ai",
  en: "stop what else is at work on this machine and check again; those endpoints count against nobody",
};

/** What this machine was too busy to judge (`unknown`, `local` as the probe itself says it), as a finding. Pure. */
export function findOverload(results: readonly ProbeResult[]): LocalFinding | undefined {
  const unjudged = results.filter(({ state, reason }) => state === "unknown" && reason === "local");
  if (unjudged.length === 0) return undefined;
  const longestMs = Math.max(...unjudged.map(({ loopLagMs }) => Math.round(loopLagMs)));
  const [points, endpoints] = [formatCount(unjudged.length, "vi"), formatCount(unjudged.length, "en")];
  const [vi, en] = [formatCount(longestMs, "vi"), formatCount(longestMs, "en")];
  return {
    id: "load",
    state: "fail",
    words: {
      vi: `máy này quá bận nên chưa kết luận được ${points} điểm: chính wardctl đứng yên tới ${vi} ms khi chờ trả lời`,
      en: `this machine is too busy to judge ${endpoints} endpoint${unjudged.length === 1 ? "" : "s"}: wardctl itself stood still for up to ${en} ms while it waited for answers`,
    },
    remedy: loadRemedy,
  };
}
