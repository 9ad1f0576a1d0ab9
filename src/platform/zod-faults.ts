import type { core } from "zod";
import { findNearest } from "./text.ts";
import type { Words } from "./words.ts";

export interface DescribedIssue {
  readonly path: readonly PropertyKey[];
  readonly message: Words;
}

/** What a schema's complaint means to the person who wrote the file: what stands there, what is wanted, what to do. */
export function describeIssue(issue: core.$ZodIssue, known: readonly string[] = []): DescribedIssue[] {
  const name = issue.path.map(String).join(".") || "/";
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const near = findNearest(key, known);
        return {
          path: [...issue.path, key],
          message: {
            vi: `khóa '${key}' không có ở đây${near ? ` (có phải '${near}'?)` : "; xóa hoặc sửa tên khóa"}`,
            en: `key '${key}' is not known here${near ? ` (did you mean '${near}'?)` : "; remove it or mend its name"}`,
          },
        };
      });
    case "invalid_type": {
      const missing = issue.input === undefined;
      return [
        {
          path: issue.path,
          message: missing
            ? { vi: `thiếu '${name}' (cần ${issue.expected})`, en: `'${name}' is missing (needs ${issue.expected})` }
            : { vi: `'${name}' phải là ${issue.expected}`, en: `'${name}' must be ${issue.expected}` },
        },
      ];
    }
    case "invalid_value":
      return [
        {
          path: issue.path,
          message: {
            vi: `'${name}' phải là một trong: ${issue.values.join(", ")}`,
            en: `'${name}' must be one of: ${issue.values.join(", ")}`,
          },
        },
      ];
    case "custom": {
      const words = issue.params?.["words"] as Words | undefined;
      return [{ path: issue.path, message: words ?? { vi: `'${name}': ${issue.message}`, en: `'${name}': ${issue.message}` } }];
    }
    default:
      return [{ path: issue.path, message: { vi: `'${name}': ${issue.message}`, en: `'${name}': ${issue.message}` } }];
  }
}
