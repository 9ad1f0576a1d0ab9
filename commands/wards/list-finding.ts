import type { Directory } from "../../src/directory/directory.ts";
import type { Finding } from "../../src/directory/find-units.ts";
import { formatFormerName } from "../../src/directory/former-unit.ts";
import { formatProvinceName, formatUnitName, type Unit } from "../../src/directory/unit.ts";
import type { ListColumn, ListFormat, Output } from "../../src/platform/output.ts";
import { wardsWords as words } from "./words.ts";

interface Row {
  readonly match: string;
  readonly code: string;
  readonly unit?: Unit;
  readonly oldCode?: string;
  readonly oldName?: string;
  readonly partial?: boolean;
}

/** One row a unit that the text may mean, or a former unit's successor, for spreadsheets. Only `exact` may be acted on. */
export function listFinding(finding: Finding, directory: Directory, format: ListFormat, out: Output): Promise<void> {
  const formerRows = finding.former.flatMap(({ former, successors }) =>
    successors.map(({ code, partial }): Row => {
      const old = { oldCode: former.code, oldName: formatFormerName(former), partial };
      return { match: finding.match, code, unit: directory.findUnit(code), ...old };
    }),
  );
  const taken = new Set(formerRows.map(({ code }) => code));
  const rows = (units: readonly Unit[], match: string): Row[] =>
    units.filter(({ code }) => !taken.has(code)).map((unit) => ({ match, code: unit.code, unit }));
  return out.list({
    schema: "wardctl.ward-find/1",
    name: "units",
    items: [...rows(finding.units, finding.match), ...formerRows, ...rows(finding.near, "near")],
    columns: toColumns(directory),
    format,
    empty: words.empty,
  });
}

function toColumns(directory: Directory): readonly ListColumn<Row>[] {
  return [
    { key: "match", title: words.match, value: (row) => row.match },
    { key: "code", title: words.code, value: (row) => row.code },
    { key: "name", title: words.name, value: ({ unit }) => unit?.name },
    { key: "kind", title: words.kindTitle, value: ({ unit }) => unit?.kind },
    { key: "fullName", title: words.name, value: ({ unit }) => unit && formatUnitName(unit) },
    { key: "provinceCode", title: words.provinceTitle, value: ({ unit }) => unit?.province },
    { key: "provinceName", title: words.provinceTitle, value: ({ unit }) => unit && nameProvince(unit, directory) },
    { key: "oldCode", title: words.oldCode, value: (row) => row.oldCode },
    { key: "oldName", title: words.oldName, value: (row) => row.oldName },
    { key: "partial", title: words.shareTitle, value: (row) => row.partial },
  ];
}

function nameProvince(unit: Unit, directory: Directory): string | undefined {
  const province = directory.findProvince(unit.province);
  return province && formatProvinceName(province);
}
