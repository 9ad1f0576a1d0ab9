import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFeed, type Feed } from "../../../src/board/feed.ts";
import { type RenderedBoard, renderBoard } from "../../../src/board/render/parts.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import type { EventStream } from "../../../src/platform/web-server.ts";
import { sampleBoard, sampleUnits } from "../../support/sample-board.ts";

const zone = vietnamZone;
const units = sampleUnits("46", 3, 1).slice(0, 8);

/** A browser: the page as it was loaded, changed by what is sent. */
function openBrowser(feed: Feed) {
  const page = feed.rendered("vi");
  const parts: Record<string, string> = { ...page.parts };
  const details = new Map(page.details);
  const heard: { name: string; id: string; news: string[] }[] = [];
  let lastId = feed.eventId();
  let close: (() => void) | undefined;
  const stream: EventStream = {
    send({ id, name, data }) {
      lastId = id;
      const told = name === "board" ? (JSON.parse(data) as { parts: object; details: object; news: string[] }) : undefined;
      heard.push({ name, id, news: told?.news ?? [data] });
      Object.assign(parts, told?.parts);
      for (const [code, html] of Object.entries(told?.details ?? {})) details.set(code, html as string);
    },
  };
  return {
    heard,
    connect: () => {
      close = feed.open(stream, "vi", lastId);
    },
    leave: () => close?.(),
    shows: (): Pick<RenderedBoard, "parts" | "details"> => ({ parts: parts as RenderedBoard["parts"], details }),
  };
}

const boards = [0, 1, 2, 3].map((ready) =>
  sampleBoard({ units: units.map((unit, index) => (index < ready ? { ...sampleUnits("46", 0, 0)[index]! } : unit)) }),
);

describe("the feed of a board", () => {
  it("shows a browser that comes and goes the newest state, with no event twice and none out of order", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(3), fc.constant("leave"), fc.constant("connect")), { maxLength: 30 }), (steps) => {
        const feed = createFeed(boards[0]!, { epoch: "e", zone });
        const [steady, shaky] = [openBrowser(feed), openBrowser(feed)];
        steady.connect();
        shaky.connect();
        let last = boards[0]!;
        for (const step of steps) {
          if (step === "leave") shaky.leave();
          else if (step === "connect") {
            shaky.leave();
            shaky.connect();
          } else {
            last = boards[step as number]!;
            feed.update(last);
          }
        }
        shaky.leave();
        shaky.connect();
        const wanted = renderBoard(last, { lang: "vi", zone });
        for (const browser of [steady, shaky]) {
          expect(browser.shows()).toEqual(wanted);
          const numbers = browser.heard.map(({ id }) => Number(id.split(".")[1]));
          expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        }
        // Whoever stayed heard each change by itself.
        expect(steady.heard.map(({ id }) => id)).toEqual(steady.heard.map((_event, index) => `e.${index + 1}`));
      }),
      { numRuns: 60 },
    );
  });

  it("says nothing when nothing is different", () => {
    const feed = createFeed(boards[0]!, { epoch: "e", zone });
    const browser = openBrowser(feed);
    browser.connect();
    expect(feed.update({ ...boards[0]! })).toBe(false);
    expect(browser.heard).toEqual([]);
  });

  it("sends the cell that turned and its unit's panel, and tells who turned", () => {
    const feed = createFeed(boards[0]!, { epoch: "e", zone });
    const browser = openBrowser(feed);
    browser.connect();
    feed.update(boards[1]!);
    expect(browser.heard).toEqual([{ name: "board", id: "e.1", news: ["Phường Phú Xuân: sẵn sàng"] }]);
  });

  it.each(["", "other.0", "e.7", "e.x", "e.-1"])("lets a browser with the number %j load the page again", (lastId) => {
    const feed = createFeed(boards[0]!, { epoch: "e", zone });
    const names: string[] = [];
    feed.open({ send: ({ name }) => names.push(name) }, "vi", lastId);
    feed.update(boards[1]!);
    expect(names).toEqual(["reload"]);
  });

  it("forgets steps of long ago, and then lets the browser load the page again", () => {
    const feed = createFeed(boards[0]!, { epoch: "e", zone });
    for (let at = 0; at < 501; at++) feed.update(boards[at % 2 === 0 ? 1 : 0]!);
    const names = ["e.0", "e.1"].map((lastId) => {
      const heard: string[] = [];
      feed.open({ send: ({ name }) => heard.push(name) }, "vi", lastId);
      return heard;
    });
    expect(names).toEqual([["reload"], ["board"]]);
  });

  it("says once that the store cannot be read, to newcomers too, and takes it back with the next state", () => {
    const feed = createFeed(boards[0]!, { epoch: "e", zone });
    const browser = openBrowser(feed);
    browser.connect();
    feed.trouble({ vi: "hỏng", en: "broken" });
    feed.trouble({ vi: "hỏng", en: "broken" });
    const late = openBrowser(feed);
    late.connect();
    expect([browser, late].map(({ heard }) => heard.map(({ name, news }) => [name, ...news]))).toEqual([
      [["trouble", "hỏng"]],
      [["trouble", "hỏng"]],
    ]);
    expect(feed.update(boards[0]!)).toBe(true);
    expect(browser.heard.at(-1)?.name).toBe("board");
  });
});
