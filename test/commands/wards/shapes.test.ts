import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { contactsSample, mergesSample } from "../../support/import-table.ts";
import { makeWardWorkspace, type WardWorkspace } from "../../support/ward-workspace.ts";

/** The names that scripts bind to: a member may be added here, never renamed or taken away. */
const day = z.iso.date();
const instant = z.iso.datetime({ offset: true });
const unit = {
  code: z.string().regex(/^\d{5}$/),
  name: z.string(),
  kind: z.enum(["phuong", "xa", "dac-khu"]),
  fullName: z.string(),
  provinceCode: z.string().regex(/^\d{2}$/),
  provinceName: z.string(),
};
const share = { partial: z.boolean(), populationFollows: z.boolean(), note: z.string() };
const former = {
  code: z.string().nullable(),
  name: z.string(),
  kind: z.enum(["phuong", "xa", "thi-tran", "huyen", "khac"]),
  fullName: z.string(),
  district: z.string().nullable(),
  province: z.string(),
  until: day,
};
const duty = z.strictObject({
  technician: z.string(),
  phone: z.string().nullable(),
  from: instant.nullable(),
  to: instant.nullable(),
});
const notImported = z.literal("not-imported").nullable();

const shapes = {
  "wards list --province 46": z.strictObject({
    schema: z.literal("wardctl.wards/1"),
    at: day,
    changesKnownUntil: day,
    units: z.array(z.strictObject(unit)).min(1),
  }),
  "wards show 19777": z.strictObject({
    schema: z.literal("wardctl.ward/1"),
    at: day,
    ...unit,
    englishName: z.string(),
    versions: z.array(z.strictObject({ from: day, name: z.string(), kind: unit.kind, basis: z.string().nullable() })).min(1),
    changesKnownUntil: day,
    formedFrom: z.array(z.strictObject({ ...former, ...share })).nullable(),
    formedFromReason: notImported,
    codeBefore: z.strictObject(former).nullable(),
    departments: z.array(z.strictObject({ key: z.string(), name: z.string() })),
    carrier: z.string().nullable(),
    hotline: z.string().nullable(),
    centrePhone: z.string().nullable(),
    onDuty: z.array(duty),
    nextOnDuty: duty.nullable(),
    contactSource: z.string().nullable(),
    contactReason: notImported,
  }),
  "wards find 'Thảo Điền'": z.strictObject({
    schema: z.literal("wardctl.ward-find/1"),
    query: z.string(),
    at: day,
    match: z.enum(["exact", "proposed", "ambiguous", "none"]),
    doubt: z.enum(["marks", "kind", "address", "code", "retired"]).nullable(),
    units: z.array(z.strictObject(unit)),
    former: z
      .array(
        z.strictObject({
          ...former,
          retiredName: z.string().nullable(),
          successors: z.array(z.strictObject({ ...unit, ...share })),
        }),
      )
      .nullable(),
    formerReason: notImported,
    near: z.array(z.strictObject(unit)),
  }),
  [`wards import ${contactsSample}`]: z.strictObject({
    schema: z.literal("wardctl.ward-import/1"),
    kind: z.enum(["merges", "changes", "former-names", "contacts"]),
    file: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    effective: day.nullable(),
    at: instant,
    alreadyImportedAt: instant.nullable(),
    counts: z.record(z.string(), z.int().nonnegative()),
  }),
};

let full: WardWorkspace;
let bare: WardWorkspace;

beforeAll(async () => {
  [full, bare] = await Promise.all([makeWardWorkspace(), makeWardWorkspace()]);
  for (const file of [mergesSample, contactsSample]) await full.run(`wards import ${file}`);
});

describe("the JSON documents of wards", () => {
  it.each(Object.keys(shapes))("keep their shape, with everything imported and with nothing: %s", async (line) => {
    for (const workspace of [full, bare]) {
      const { stdout } = await workspace.run(`${line} --json`);
      expect(shapes[line]?.safeParse(JSON.parse(stdout)).error?.issues).toBeUndefined();
      expect(stdout).toMatch(/^\{\n {2}"schema": /);
    }
  });
});
