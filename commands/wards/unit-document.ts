import type { Directory } from "../../src/directory/directory.ts";
import { type FormerFinding, type FormerUnit, formatFormerName, type Successor } from "../../src/directory/former-unit.ts";
import { formatProvinceName, formatUnitName, type Unit } from "../../src/directory/unit.ts";

type Document = Readonly<Record<string, unknown>>;

/** A unit as every JSON document of this noun has it. */
export function toUnitDocument(unit: Unit, directory: Directory): Document {
  const province = directory.findProvince(unit.province);
  return {
    code: unit.code,
    name: unit.name,
    kind: unit.kind,
    fullName: formatUnitName(unit),
    provinceCode: unit.province,
    provinceName: province ? formatProvinceName(province) : null,
  };
}

export function toFormerDocument(former: FormerUnit): Document {
  return {
    code: former.code ?? null,
    name: former.name,
    kind: former.kind,
    fullName: formatFormerName(former),
    district: former.district || null,
    province: former.province,
    until: former.until,
  };
}

export function toFindingDocument({ former, retiredName, successors }: FormerFinding, directory: Directory): Document {
  return {
    ...toFormerDocument(former),
    retiredName: retiredName ?? null,
    successors: successors.map((successor) => toSuccessorDocument(successor, directory)),
  };
}

function toSuccessorDocument({ code, partial, populationFollows, note }: Successor, directory: Directory): Document {
  const unit = directory.findUnit(code);
  return { ...(unit ? toUnitDocument(unit, directory) : { code }), partial, populationFollows, note };
}
