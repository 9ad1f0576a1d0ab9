import type { Instant } from "../platform/clock.ts";
import { formatDateTime } from "../platform/format.ts";
import { vietnamZone } from "../platform/time.ts";
import { both, type Words } from "../platform/words.ts";

export const incidentFaults = {
  closedBy: (
    name: string,
    { at, by, resolution }: { readonly at: Instant; readonly by: string; readonly resolution: string },
  ): Words =>
    both((lang) => {
      const when = formatDateTime(at, vietnamZone, lang);
      return lang === "vi"
        ? `${name} đã được ${by} đóng lúc ${when}: ${resolution}`
        : `${name} was closed by ${by} at ${when}: ${resolution}`;
    }),
  reopenFirst: (name: string): Words => ({
    vi: `nếu chưa xong thì mở lại: wardctl incident update ${name} --reopen 'lý do'`,
    en: `if it is not over, open it again: wardctl incident update ${name} --reopen 'why'`,
  }),
  openAs: (name: string, other: string): Words => ({
    vi: `nguyên nhân của ${name} đang mở ở ${other}; mỗi nguyên nhân chỉ có một vướng mắc đang mở`,
    en: `the cause of ${name} is open as ${other}; a cause has one open difficulty`,
  }),
  goOnWith: (other: string): Words => ({
    vi: `ghi tiếp vào đó: wardctl incident update ${other} --tried '…'`,
    en: `go on there: wardctl incident update ${other} --tried '…'`,
  }),
  unknown: (name: string): Words => ({ vi: `không có vướng mắc ${name}`, en: `there is no difficulty ${name}` }),
};
