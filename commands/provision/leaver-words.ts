import type { Catalogue } from "../../src/platform/words.ts";

export const leaverWords = {
  grantsLeft: { vi: "Quyền ký còn lại", en: "Rights to sign that are left" },
  revoke: (id: string) => ({
    vi: `giao đích danh; thu hồi: wardctl delegate revoke ${id}`,
    en: `granted in person; to end it: wardctl delegate revoke ${id}`,
  }),
  nobodyElse: {
    vi: "theo chức vụ, không còn ai giữ: xem wardctl delegate gaps",
    en: "by a post that nobody else holds: see wardctl delegate gaps",
  },
} satisfies Catalogue;
