import type { Lang, Words } from "./words.ts";

const actions: Readonly<Record<string, string>> = {
  navigate: "di chuyển",
  select: "chọn",
  all: "tất cả",
  invert: "đảo lại",
  submit: "xong",
  "toggle visibility": "hiện hoặc ẩn",
};

const keyNames: Readonly<Record<string, string>> = { space: "phím cách" };

export const promptWords = {
  nothingFound: { vi: "không tìm thấy; gõ cách khác", en: "nothing found; type something else" },
  chooseOne: { vi: "chọn ít nhất một mục", en: "choose at least one" },
  cancelled: { vi: "đã dừng", en: "cancelled" },
  noTerminal: (flag: string) => ({
    vi: `cần hỏi nhưng lệnh không chạy trong cửa sổ dòng lệnh; trả lời trước bằng ${flag}`,
    en: `an answer is needed and there is no terminal; use ${flag}`,
  }),
} satisfies Record<string, Words | ((flag: string) => Words)>;

const chosenShown = 4;

/** The little words of the prompts themselves, which their library has in English only. */
export function createPromptTheme(lang: Lang): Readonly<Record<string, unknown>> {
  const renderSelectedChoices = (chosen: readonly { readonly short: string }[]): string => {
    const names = chosen.slice(0, chosenShown).map((choice) => choice.short);
    const more = chosen.length - names.length;
    return names.join(", ") + (more > 0 ? ` … (+${more})` : "");
  };
  if (lang === "en") return { style: { renderSelectedChoices } };
  return {
    style: {
      renderSelectedChoices,
      keysHelpTip: (keys: readonly (readonly [string, string])[]) =>
        keys.map(([key, action]) => `${keyNames[key] ?? key}: ${actions[action] ?? action}`).join(" · "),
    },
    keywords: { yes: "Có", no: "Không", error: () => "Trả lời 'c' (có) hoặc 'k' (không)" },
  };
}
