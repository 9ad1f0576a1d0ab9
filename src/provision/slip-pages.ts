import type { PdfBlock } from "../platform/pdf.ts";
import type { Zone } from "../platform/time.ts";
import type { Lang, Words } from "../platform/words.ts";
import { slipWords as words } from "./handout-words.ts";
import type { SlipContent } from "./slip.ts";

/** One person a page, all systems on it; by unit, then as lists of Vietnamese names are kept: by given name, which is the last word. */
export function toSlipPages(slips: readonly SlipContent[], lang: Lang, zone: Zone): PdfBlock[][] {
  const collator = new Intl.Collator("vi");
  return [...Map.groupBy(slips, ({ unit, subject }) => JSON.stringify([unit, subject])).values()]
    .map((own) => own.toSorted((a, b) => collator.compare(a.system, b.system)))
    .sort(([a], [b]) => {
      const [first, second] = [a as SlipContent, b as SlipContent];
      return first.unit === second.unit
        ? collator.compare(toGivenName(first), toGivenName(second)) ||
            collator.compare(first.name, second.name) ||
            collator.compare(first.subject, second.subject)
        : collator.compare(first.unit, second.unit);
    })
    .map((own) => toPage(own, (said) => said[lang], zone));
}

function toGivenName({ name }: SlipContent): string {
  return name.split(" ").at(-1) as string;
}

function toPage(own: readonly SlipContent[], say: (words: Words) => string, zone: Zone): PdfBlock[] {
  const { unit, unitName, name, subject } = own[0] as SlipContent;
  return [
    { kind: "title", text: say(words.title) },
    { kind: "heading", text: name },
    { kind: "text", text: `${unitName} (${unit})` },
    { kind: "text", text: `${say(words.staffId)}: ${subject}` },
    { kind: "rule" },
    ...own.flatMap((slip): PdfBlock[] => [
      {
        kind: "card",
        heading: slip.system,
        lines: slip.address === null ? [] : [slip.address],
        fields: [
          { label: say(words.username), value: slip.username },
          { label: say(words.secret), value: slip.secret },
        ],
        foot: say(words.expires(slip.expiresAt, zone)),
        // The address and nothing else: a picture of the sheet must not be enough to sign in by itself.
        ...(slip.address === null ? {} : { code: { text: slip.address, says: say(words.code(slip.address)) } }),
      },
      { kind: "rule" },
    ]),
    { kind: "small", text: say(words.change) },
    { kind: "small", text: say(words.keep) },
    { kind: "rule" },
    { kind: "text", text: say(words.receipt) },
    { kind: "small", text: say(words.ids(own.map(({ slip }) => slip))) },
  ];
}
