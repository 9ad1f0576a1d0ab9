import type { Instant } from "../platform/clock.ts";
import { formatDateTime } from "../platform/format.ts";
import { vietnamZone } from "../platform/time.ts";
import { both, type Words } from "../platform/words.ts";

export const meetingFaults = {
  actionEnded: (
    name: string,
    {
      state,
      ended,
    }: {
      readonly state: string;
      readonly ended: { readonly at: Instant; readonly by: string; readonly result: string | undefined } | undefined;
    },
  ): Words =>
    both((lang) => {
      const when = formatDateTime(ended?.at ?? 0, vietnamZone, lang);
      const result = ended?.result ? `: ${ended.result}` : "";
      if (lang === "vi") return `${name} đã được ${ended?.by} ghi là ${state === "done" ? "xong" : "thôi"} lúc ${when}${result}`;
      return `${name} was ${state === "done" ? "done" : "dropped"} by ${ended?.by} at ${when}${result}`;
    }),
  unknownAction: (name: string): Words => ({ vi: `không có việc ${name}`, en: `there is no action ${name}` }),
  noneRunning: { vi: "không có cuộc họp nào đang diễn ra", en: "no meeting is running" },
  openOne: { vi: "mở: wardctl meeting open morning, hoặc evening", en: "open one: wardctl meeting open morning, or evening" },
  otherRuns: (id: string): Words => ({ vi: `cuộc họp ${id} còn đang diễn ra`, en: `meeting ${id} is still running` }),
  closeFirst: { vi: "kết thúc trước: wardctl meeting close", en: "close it first: wardctl meeting close" },
};
