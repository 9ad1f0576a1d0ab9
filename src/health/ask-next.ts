import type { Words } from "../platform/words.ts";
import type { Names } from "./cause-words.ts";
import type { Cause } from "./explain.ts";
import { toDeskPrior } from "./on-site.ts";
import { chooseQuestion } from "./questions.ts";

/** What would settle a cause that no further probe from here can: a question to the technician, or this machine itself. */
export interface AskNext {
  /** Id of the question; undefined where a command alone tells. */
  readonly question: string | undefined;
  readonly command: string;
  readonly inWords: Words;
}

/** The desk sees the neighbours, and whether pages open there, better than a technician. */
const knownAtDesk = ["neighbour-same", "neighbour-other", "web"];

/** Of a unit's line what to ask the person on the spot, by expected information (check.md §13); of what may be this machine, to look at it first. Pure. */
export function findAskNext(cause: Cause, names: Names): AskNext | undefined {
  if ([cause, ...cause.or].some(({ kind }) => kind === "local")) {
    return {
      question: undefined,
      command: "wardctl check local",
      inWords: {
        vi: "xem có phải do máy này không, rồi kiểm tra thử từ một máy ở mạng khác",
        en: "see whether it is this machine, then check from a machine on another network",
      },
    };
  }
  if (cause.kind !== "ward") return undefined;
  const question = chooseQuestion(toDeskPrior(cause), knownAtDesk);
  if (!question) return undefined;
  const unit = names.unit(cause.id);
  return {
    question: question.id,
    command: `wardctl check local --unit ${cause.id}`,
    inWords: {
      vi: `hỏi kỹ thuật viên tại ${unit.vi}: ${question.words.vi}`,
      en: `ask the technician at ${unit.en}: ${question.words.en}`,
    },
  };
}
