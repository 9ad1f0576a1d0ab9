import { both, type Catalogue, type Words } from "../../src/platform/words.ts";
import type { Reason } from "../../src/provision/operation.ts";
import { reasonWords } from "../../src/provision/plan-words.ts";

/** Why an account was written as it is, told afterwards: at the time there was none, or it was closed. */
const thenWords: Partial<Readonly<Record<Reason, Words>>> = {
  "no-account": { vi: "trước đó chưa có tài khoản", en: "there was no account before" },
  "account-was-disabled": { vi: "trước đó đang bị khóa, được mở lại", en: "it had been disabled and was opened again" },
  "attributes-differ": { vi: "trước đó thông tin khác danh sách", en: "it had differed from the roster" },
};

export function toThen(reason: Reason): Words {
  return thenWords[reason] ?? reasonWords[reason];
}

export const explainWords = {
  by: (actor: string, plan: string, at: Words) =>
    both((lang) =>
      lang === "vi"
        ? `${actor} thực hiện kế hoạch ${plan}, đọc lại lúc ${at.vi}`
        : `${actor} applied plan ${plan}, read back at ${at.en}`,
    ),
  lastSeen: (actor: string, plan: string, at: Words) =>
    both((lang) =>
      lang === "vi"
        ? `lần cuối đọc được lúc ${at.vi} (kế hoạch ${plan}, ${actor} thực hiện)`
        : `last read at ${at.en} (plan ${plan}, applied by ${actor})`,
    ),
} satisfies Catalogue;
