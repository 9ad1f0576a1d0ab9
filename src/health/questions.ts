import type { Words } from "../platform/words.ts";

/** Where a ward's trouble can sit, from the chair outwards. */
export const onSiteCauses = ["machine", "lan", "line", "carrier", "province", "system", "well"] as const;
export type OnSiteCause = (typeof onSiteCauses)[number];

/** P(yes | cause), never 0 or 1: people and lamps err. */
export type Likelihood = Readonly<Record<OnSiteCause, number>>;

export type Posterior = Readonly<Record<OnSiteCause, number>>;

/** Something a person on the spot can see or try in a minute. A cheap probe: it has a likelihood as probes have (check.md §13). */
export interface Question {
  readonly id: string;
  readonly words: Words;
  /** How to find out. */
  readonly how: Words;
  /** About how long that takes. */
  readonly minutes: number;
  readonly yes: Likelihood;
}

/** [machine, lan, line, carrier, province, system, well] */
function row(...p: readonly [number, number, number, number, number, number, number]): Likelihood {
  return Object.fromEntries(onSiteCauses.map((cause, at) => [cause, p[at]])) as unknown as Likelihood;
}

/** The figures are judgements of people who do this work, not measurements; what they must do is put in order, not be exact. */
export const questions: readonly Question[] = [
  {
    id: "other-device",
    words: {
      vi: "Máy khác trong cùng mạng có vào được các hệ thống không?",
      en: "Does another computer on this network get into the systems?",
    },
    how: { vi: "nhờ đồng nghiệp mở cùng trang trên máy bên cạnh", en: "ask a colleague to open the same page next door" },
    minutes: 1,
    yes: row(0.95, 0.15, 0.03, 0.04, 0.05, 0.08, 0.95),
  },
  {
    id: "pon-red",
    words: {
      vi: "Đèn PON/LOS trên cục quang có đỏ hoặc nhấp nháy đỏ không?",
      en: "Does the PON/LOS light on the optical box glow or blink red?",
    },
    how: {
      vi: "cục quang (modem) của nhà mạng, thường gần tủ mạng",
      en: "the carrier's optical box, usually near the network cabinet",
    },
    minutes: 1,
    yes: row(0.02, 0.04, 0.8, 0.25, 0.04, 0.02, 0.01),
  },
  {
    id: "box-lit",
    words: { vi: "Modem, bộ chia mạng có điện và sáng đèn không?", en: "Do the modem and the switch have power and lights on?" },
    how: { vi: "xem đèn nguồn; rút ra cắm lại nếu tắt", en: "look at the power lights; plug in again if they are out" },
    minutes: 1,
    yes: row(0.98, 0.55, 0.85, 0.98, 0.98, 0.98, 0.99),
  },
  {
    id: "replug",
    words: {
      vi: "Cắm lại dây mạng (hoặc nối lại Wi-Fi) rồi, các hệ thống có vào được không?",
      en: "With the cable plugged in anew (or the Wi-Fi joined again), do the systems open?",
    },
    how: { vi: "đợi nửa phút sau khi cắm", en: "wait half a minute after plugging in" },
    minutes: 2,
    yes: row(0.3, 0.45, 0.03, 0.03, 0.03, 0.05, 0.9),
  },
  {
    id: "hotspot",
    words: {
      vi: "Phát 4G từ điện thoại: máy này có vào được các hệ thống không?",
      en: "Over a phone's 4G hotspot, does this machine get into the systems?",
    },
    how: {
      vi: "chỉ thử hệ thống mở được từ Internet; hệ thống chỉ chạy trong mạng truyền số liệu chuyên dùng thì chọn 'không rõ'",
      en: "only with systems that are open to the Internet; for those inside the state network answer 'not known'",
    },
    minutes: 2,
    yes: row(0.1, 0.93, 0.93, 0.6, 0.3, 0.04, 0.95),
  },
  {
    id: "web",
    words: {
      vi: "Trang báo điện tử bất kỳ có mở được trên máy này không?",
      en: "Does any ordinary news page open on this machine?",
    },
    how: {
      vi: "mở trang chưa xem lần nào, để không lấy từ bộ nhớ đệm",
      en: "open one not seen before, so that it does not come from a cache",
    },
    minutes: 1,
    yes: row(0.3, 0.05, 0.04, 0.15, 0.9, 0.97, 0.98),
  },
  {
    id: "neighbour-same",
    words: {
      vi: "Phường, xã bên cạnh dùng cùng nhà mạng có bị như vậy không?",
      en: "Is a neighbouring unit on the same carrier in the same trouble?",
    },
    how: { vi: "gọi điện hoặc hỏi nhóm Zalo của các phường", en: "telephone, or ask in the units' chat group" },
    minutes: 3,
    yes: row(0.03, 0.03, 0.06, 0.9, 0.85, 0.85, 0.02),
  },
  {
    id: "neighbour-other",
    words: { vi: "Phường, xã dùng nhà mạng khác có bị như vậy không?", en: "Is a unit on another carrier in the same trouble?" },
    how: { vi: "gọi điện hoặc hỏi nhóm Zalo của các phường", en: "telephone, or ask in the units' chat group" },
    minutes: 3,
    yes: row(0.02, 0.02, 0.03, 0.07, 0.85, 0.85, 0.02),
  },
];

/** A fact that the tool found out itself, in the same form. */
export interface Observed {
  readonly id: string;
  readonly yes: boolean;
  readonly likelihood: Likelihood;
}

/** Bayes' rule, one answer after the other; their order does not matter. Pure. */
export function updatePosterior(prior: Posterior, observed: readonly Pick<Observed, "yes" | "likelihood">[]): Posterior {
  const weights = onSiteCauses.map((cause) =>
    observed.reduce((weight, { yes, likelihood }) => weight * (yes ? likelihood[cause] : 1 - likelihood[cause]), prior[cause]),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  return Object.fromEntries(onSiteCauses.map((cause, at) => [cause, (weights[at] as number) / sum])) as Posterior;
}

/** Expected information in nats: H(prior) − Σ P(o)·H(posterior | o). */
export function expectedGain(prior: Posterior, likelihood: Likelihood): number {
  const yes = onSiteCauses.reduce((sum, cause) => sum + prior[cause] * likelihood[cause], 0);
  const after = (outcome: boolean): number => entropy(updatePosterior(prior, [{ yes: outcome, likelihood }]));
  return entropy(prior) - yes * after(true) - (1 - yes) * after(false);
}

function entropy(posterior: Posterior): number {
  return onSiteCauses.reduce(
    (sum, cause) => (posterior[cause] > 0 ? sum - posterior[cause] * Math.log(posterior[cause]) : sum),
    0,
  );
}

const sure = 0.9;
const leastGainNats = 0.03;
const askedAtMost = 6;

/**
 * The open question that is expected to tell most for the time it takes (by its square root: a telephone call is no reason to ask three lesser
 * questions first); undefined when one cause is sure, or none would tell enough.
 */
export function chooseQuestion(posterior: Posterior, asked: readonly string[]): Question | undefined {
  if (asked.length >= askedAtMost || Math.max(...Object.values(posterior)) >= sure) return undefined;
  const open = questions
    .filter(({ id }) => !asked.includes(id))
    .map((question) => ({ question, gain: expectedGain(posterior, question.yes) }))
    .filter(({ gain }) => gain >= leastGainNats);
  const worth = ({ question, gain }: (typeof open)[number]): number => gain / Math.sqrt(question.minutes);
  return open.reduce<(typeof open)[number] | undefined>((a, b) => (a && worth(a) >= worth(b) ? a : b), undefined)?.question;
}
