import type { Command } from "commander";
import type { Directory } from "../../src/directory/directory.ts";
import { explainResolution, formatUnitPlace } from "../../src/directory/explain-unit.ts";
import { type Finding, findUnits } from "../../src/directory/find-units.ts";
import { type FormerFinding, formatFormerName } from "../../src/directory/former-unit.ts";
import { findProvinceByText } from "../../src/directory/province-name.ts";
import { formatProvinceName, formatUnitName, type Unit } from "../../src/directory/unit.ts";
import type { ListFormat, Output } from "../../src/platform/output.ts";
import type { Words } from "../../src/platform/words.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { isSheet } from "../options.ts";
import { listFinding } from "./list-finding.ts";
import { type AskedDirectory, openDirectory, readProvince } from "./open-directory.ts";
import { toFindingDocument, toUnitDocument } from "./unit-document.ts";
import { wardsWords as words } from "./words.ts";

export function declareFind(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "find", about: words.find, example: 'wardctl wards find "P. An Khánh, TP.HCM"' }))
    .argument("<text...>", cli.say(words.findText))
    .option("--province <province>", cli.say(words.province))
    .option("--at <date>", cli.say(words.at))
    .action((text: string[], options: FindOptions, command: Command) =>
      cli.run(command, (context) => findWards(text.join(" "), options, context)),
    );
}

interface FindOptions {
  readonly province?: string;
  readonly at?: string;
  readonly format: ListFormat;
}

async function findWards(
  text: string,
  options: FindOptions,
  context: Pick<Context, "out" | "clock" | "findWorkspace">,
): Promise<Outcome> {
  const { out } = context;
  const asked = await openDirectory(context, options.at);
  const { directory, at, before, cache } = asked;
  const province = options.province === undefined ? undefined : readProvince(options.province, directory).code;
  const found = await findUnits({ text, directory, before, province, formerUnits: cache?.formerUnits });
  const finding = { ...found, units: putFirst(found.units, asked.workspace?.settings.province) };
  const formerKnown = cache !== undefined && !(await cache.formerUnits.isEmpty());
  const { format } = options;
  if (isSheet(format, out)) await listFinding(finding, directory, format, out);
  else
    await out.emit({
      format,
      document: {
        schema: "wardctl.ward-find/1",
        query: text,
        at,
        match: finding.match,
        doubt: finding.doubt ?? null,
        units: finding.units.map((unit) => toUnitDocument(unit, directory)),
        former: formerKnown ? finding.former.map((former) => toFindingDocument(former, directory)) : null,
        formerReason: formerKnown ? null : "not-imported",
        near: finding.near.map((unit) => toUnitDocument(unit, directory)),
      },
      render: () => renderFinding(text, finding, asked, out),
    });
  const named = finding.match === "none" ? findProvinceByText(directory, text) : undefined;
  if (named) out.note(words.isProvince(formatProvinceName(named), named.code));
  else if (!formerKnown && finding.match !== "exact") out.note(words.importFormer(asked.workspace !== undefined));
  return finding.match === "exact" ? "ok" : "attention";
}

/** The workspace's own province before the others: the likelier ones at the top, none picked. */
function putFirst(units: readonly Unit[], province: string | undefined): readonly Unit[] {
  return [...units].sort((a, b) => Number(b.province === province) - Number(a.province === province));
}

async function renderFinding(text: string, finding: Finding, asked: AskedDirectory, out: Output): Promise<string> {
  const { directory, before } = asked;
  const isCode = /^\d+$/.test(text.trim());
  if (finding.match === "none" && isCode && !before) {
    return out.say(explainResolution(text, { kind: "none", near: finding.near }, directory) as Words);
  }
  const listed = finding.match === "none" ? finding.near : finding.match === "ambiguous" && !before ? finding.units : [];
  const parts = [out.say(describeFinding(text, finding, asked))];
  if (listed.length > 0) parts.push(unitTable(listed, directory, out));
  if (finding.former.length > 0) {
    const title = isCode && !before ? words.codeBeforeHeading : words.formerTitle;
    parts.push(`${out.say(title)}\n${formerTable(finding.former, directory, out)}`);
  }
  return parts.join("\n\n");
}

function describeFinding(text: string, { match, units, doubt, former, near }: Finding, { directory, before }: AskedDirectory) {
  if (match === "none") return words.notFound(text, near.length, before);
  const [one] = former;
  if (before && one && former.length === 1) return words.wasThen(before, text, one.former, match === "exact");
  if (match === "ambiguous") return before ? words.manyThen(before, text, former.length) : words.many(text, units.length);
  const place = units.map((unit) => formatUnitPlace(unit, directory)).join("; ");
  return match === "exact" ? words.exactly(place) : words.perhaps(place, doubt ?? "marks");
}

function unitTable(units: readonly Unit[], directory: Directory, out: Output): string {
  return out.table(
    [words.code, words.name, words.provinceTitle].map((title) => ({ title: out.say(title) })),
    units.map((unit) => {
      const province = directory.findProvince(unit.province);
      return [unit.code, formatUnitName(unit), province ? formatProvinceName(province) : "–"];
    }),
  );
}

function formerTable(findings: readonly FormerFinding[], directory: Directory, out: Output): string {
  const rows = findings.flatMap(({ former, retiredName, successors }) =>
    successors.map((successor, i) => {
      const unit = directory.findUnit(successor.code);
      const name = retiredName === undefined ? formatFormerName(former) : `${retiredName} → ${formatFormerName(former)}`;
      const whose = i === 0 ? [former.code ?? "–", name, `${former.district}, ${former.province}`] : ["", "", ""];
      return [...whose, unit ? formatUnitPlace(unit, directory) : successor.code, out.say(words.share(successor))];
    }),
  );
  return out.table(
    [words.oldCode, words.oldName, words.oldPlace, words.nowIn, words.shareTitle].map((title) => ({ title: out.say(title) })),
    rows,
  );
}
