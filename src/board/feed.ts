import type { Zone } from "../platform/time.ts";
import type { EventStream } from "../platform/web-server.ts";
import type { Lang, Words } from "../platform/words.ts";
import { type Board, listTurns } from "./board.ts";
import { type PartName, partNames, type RenderedBoard, renderBoard } from "./render/parts.ts";
import { describeTurn } from "./words.ts";

/**
 * The board as it was last read and everybody who looks at it. Each state has a number; a browser that was away gets everything that is different
 * since the last number it had, so nothing is missed and nothing sent twice.
 */
export interface Feed {
  /** Number of the newest state, `<epoch>.<n>`. */
  readonly eventId: () => string;
  readonly rendered: (lang: Lang) => RenderedBoard;
  readonly board: () => Board;
  /** Whether anything is different from the state before. */
  update(board: Board): boolean;
  /** Said to everybody until the next update: the store cannot be read. */
  trouble(reason: Words): void;
  /** From the state that `lastId` names on; gives back how to stop. A number that is not known any more: the page is to be loaded again. */
  open(stream: EventStream, lang: Lang, lastId: string | undefined): () => void;
}

interface Step {
  readonly n: number;
  readonly parts: readonly PartName[];
  readonly details: readonly string[];
  readonly news: readonly Words[];
}

/** A browser that was away for longer loads the page again. */
const stepsKept = 500;
const langs = ["vi", "en"] as const;

export function createFeed(first: Board, { epoch, zone }: { readonly epoch: string; readonly zone: Zone }): Feed {
  const render = (board: Board): Record<Lang, RenderedBoard> => ({
    vi: renderBoard(board, { lang: "vi", zone }),
    en: renderBoard(board, { lang: "en", zone }),
  });
  let board = first;
  let rendered = render(first);
  let n = 0;
  let troubled: Words | undefined;
  const steps: Step[] = [];
  const listeners = new Map<EventStream, Lang>();
  const toId = (number: number): string => `${epoch}.${number}`;

  const send = (stream: EventStream, lang: Lang, missed: readonly Step[]): void => {
    const parts = new Set(missed.flatMap((step) => step.parts));
    const details = new Set(missed.flatMap((step) => step.details));
    const now = rendered[lang];
    const data = {
      parts: Object.fromEntries([...parts].map((name) => [name, now.parts[name]])),
      details: Object.fromEntries([...details].map((code) => [code, now.details.get(code) ?? ""])),
      // Turns of long ago are no news to whoever comes back.
      news: (missed.at(-1)?.news ?? []).map((text) => text[lang]),
    };
    stream.send({ id: toId(n), name: "board", data: JSON.stringify(data) });
  };

  return {
    eventId: () => toId(n),
    rendered: (lang) => rendered[lang],
    board: () => board,
    update(next) {
      const before = rendered;
      const news = listTurns(board, next).map(describeTurn);
      board = next;
      rendered = render(next);
      const wasTroubled = troubled !== undefined;
      troubled = undefined;
      const parts = partNames.filter((name) => langs.some((lang) => before[lang].parts[name] !== rendered[lang].parts[name]));
      const details = [...rendered.vi.details.keys()].filter((code) =>
        langs.some((lang) => before[lang].details.get(code) !== rendered[lang].details.get(code)),
      );
      if (parts.length + details.length === 0 && !wasTroubled) return false;
      n += 1;
      const step = { n, parts, details, news };
      steps.push(step);
      if (steps.length > stepsKept) steps.shift();
      for (const [stream, lang] of listeners) send(stream, lang, [step]);
      return true;
    },
    trouble(reason) {
      if (troubled?.en === reason.en) return;
      troubled = reason;
      for (const [stream, lang] of listeners) stream.send({ id: toId(n), name: "trouble", data: reason[lang] });
    },
    open(stream, lang, lastId) {
      const [itsEpoch, number] = (lastId ?? "").split(".");
      const last = Number(number);
      const oldest = steps[0]?.n ?? n + 1;
      if (itsEpoch !== epoch || !Number.isInteger(last) || last > n || last < oldest - 1) {
        stream.send({ id: toId(n), name: "reload", data: "" });
        return () => undefined;
      }
      const missed = steps.filter((step) => step.n > last);
      if (missed.length > 0) send(stream, lang, missed);
      if (troubled) stream.send({ id: toId(n), name: "trouble", data: troubled[lang] });
      listeners.set(stream, lang);
      return () => void listeners.delete(stream);
    },
  };
}
