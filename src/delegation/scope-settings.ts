import { z } from "zod";
import { daySetting } from "../directory/day-settings.ts";
import { defaultDepartments } from "../directory/department.ts";

const key = z.string().regex(/^[a-z][a-z0-9-]*$/);

const builtIn = defaultDepartments.map((department) => department.key);

/** What a grant can be limited to inside a unit: departments and what is below them, groups of procedures. */
export const scopeSettings = z
  .strictObject({
    /** Beside the built-in departments, or more about one of them. */
    departments: z
      .record(
        key,
        z.strictObject({
          name: z.string().min(1).optional(),
          /** The department it belongs to; without it, it stands directly below the unit. */
          in: key.optional(),
          /** Keys it bore before: grants that name one mean this department. */
          was: z.array(key).default([]),
        }),
      )
      .default({}),
    /** Departments that became part of another on a day. */
    mergers: z.array(z.strictObject({ from: key, to: key, on: daySetting })).default([]),
    /** Groups of procedures by key, each with its name. */
    procedures: z
      .record(key, z.string().min(1))
      .default({ "chung-thuc": "Chứng thực", "ho-tich": "Hộ tịch", "dat-dai": "Đất đai" }),
  })
  .superRefine(({ departments, mergers }, context) => {
    const known = new Set([...builtIn, ...Object.keys(departments)]);
    const complain = (path: (string | number)[], words: { vi: string; en: string }): void =>
      context.addIssue({ code: "custom", path, params: { words } });
    const needKnown = (name: string | undefined, path: (string | number)[]): void => {
      if (name === undefined || known.has(name)) return;
      complain(path, { vi: `không có phòng, ban '${name}'`, en: `there is no department '${name}'` });
    };
    for (const [name, { in: parent, was }] of Object.entries(departments)) {
      needKnown(parent, ["departments", name, "in"]);
      const above = new Set<string>();
      for (let at: string | undefined = name; at !== undefined; at = departments[at]?.in) {
        if (above.has(at)) {
          complain(["departments", name, "in"], { vi: `'${name}' nằm trong chính nó`, en: `'${name}' lies inside itself` });
          break;
        }
        above.add(at);
      }
      for (const [place, old] of was.entries()) {
        if (!known.has(old)) continue;
        complain(["departments", name, "was", place], {
          vi: `'${old}' vẫn đang là một phòng, ban; nhập vào thì khai ở mergers`,
          en: `'${old}' is a department still; if it was merged, say so under mergers`,
        });
      }
    }
    for (const [place, { from, to }] of mergers.entries()) {
      needKnown(from, ["mergers", place, "from"]);
      needKnown(to, ["mergers", place, "to"]);
      const next = new Map(mergers.map((merger) => [merger.from, merger.to]));
      const seen = new Set<string>();
      let at: string | undefined = from;
      while (at !== undefined && !seen.has(at)) {
        seen.add(at);
        at = next.get(at);
      }
      if (at !== undefined) complain(["mergers", place], { vi: "sáp nhập thành vòng", en: "these mergers go round in a circle" });
    }
  })
  .prefault({});

export type ScopeSettings = z.output<typeof scopeSettings>;
