import type { Unit } from "../../src/directory/unit.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { Output } from "../../src/platform/output.ts";
import { wrapWords } from "../../src/platform/table.ts";
import type { Zone } from "../../src/platform/time.ts";
import { nameOwner } from "../../src/readiness/owners.ts";
import { dimensions, type Reason, type UnitReadiness } from "../../src/readiness/readiness.ts";
import type { ReadinessSettings } from "../../src/readiness/settings.ts";
import { dimensionWords, verdictWords } from "../../src/readiness/words.ts";
import { listArticleLines } from "../article-link.ts";
import { marks, nameUnit } from "./list.ts";
import { readyWords as words } from "./words.ts";

export interface CardRequest {
  readonly unit: Unit | undefined;
  /** This very run found its verdict to be another than before. */
  readonly turned: boolean;
  readonly zone: Zone;
  readonly settings: ReadinessSettings;
}

/** Everything about one unit on one screen: each dimension with its reasons, what mends them and whose it is. */
export function renderUnit(own: UnitReadiness, { unit, turned, zone, settings }: CardRequest, out: Output): string {
  const { say, paint, lang } = out;
  const wrap = (text: string, indent: string): string => indent + wrapWords(text, out.width - indent.length, `${indent}  `);
  const colour = { go: paint.green, "no-go": paint.red, unknown: paint.yellow, note: paint.dim };
  const when = (instant: Instant): string => formatDateTime(instant, zone, lang);
  const told = turned ? ` (${say(words.turned)})` : "";
  const since = own.since === undefined ? "" : `, ${say(words.since(when(own.since)))}${told}`;
  const renderReason = (reason: Reason): string[] => {
    const seen = reason.seenAt === undefined ? "" : ` (${say(words.seenAt(when(reason.seenAt)))})`;
    return [
      wrap(`${colour[reason.verdict](marks[reason.verdict])} ${say(reason.detail)}${seen}`, "    "),
      `      ${reason.code} → ${say(nameOwner(reason))}`,
      ...reason.commands.map((command) => paint.dim(`      $ ${command}`)),
    ];
  };
  const { first } = own;
  return [
    `${own.code} ${paint.bold(nameUnit(unit, lang))}: ${colour[own.verdict](paint.bold(say(verdictWords[own.verdict])))}${since}`,
    "",
    ...dimensions.flatMap((dimension) => {
      const { verdict, reasons } = own.dimensions[dimension];
      const counts = settings.dimensions.includes(dimension) ? "" : ` (${say(words.notCounted)})`;
      return [
        `  ${colour[verdict](`${marks[verdict]} ${say(dimensionWords[dimension])}`)}${counts}`,
        ...reasons.flatMap(renderReason),
      ];
    }),
    "",
    ...(first
      ? [
          wrap(`${paint.bold(`${say(words.mendFirst)}:`)} ${say(first.detail)} → ${say(nameOwner(first))}`, ""),
          ...first.commands.map((command) => `  $ ${command}`),
          ...listArticleLines([first.code]).map((line) => `  ${say(line)}`),
          say(words.thenLook(own.code)),
        ]
      : [say(words.nothingToMend)]),
  ].join("\n");
}
