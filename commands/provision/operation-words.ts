import type { Words } from "../../src/platform/words.ts";
import type { CellState } from "../../src/provision/coverage.ts";
import type { OperationKind } from "../../src/provision/operation.ts";
import type { OperationState } from "../../src/provision/outcome.ts";
import type { VerifiedState } from "../../src/provision/verify-plan.ts";

export const kindWords: Readonly<Record<OperationKind, Words>> = {
  create: { vi: "Tạo", en: "Create" },
  update: { vi: "Sửa", en: "Update" },
  enable: { vi: "Mở lại", en: "Enable" },
  disable: { vi: "Khóa", en: "Disable" },
  "create-group": { vi: "Tạo nhóm", en: "Create group" },
  assign: { vi: "Phân quyền", en: "Assign" },
};

/** Meaning never by colour alone. */
export const kindMarks: Readonly<Record<OperationKind, string>> = {
  create: "+",
  update: "~",
  enable: "↑",
  disable: "×",
  "create-group": "+",
  assign: "±",
};

export const stateWords: Readonly<Record<OperationState, Words>> = {
  done: { vi: "xong", en: "done" },
  failed: { vi: "lỗi", en: "failed" },
  unknown: { vi: "chưa rõ", en: "unknown" },
  skipped: { vi: "chưa gửi", en: "not sent" },
};

export const verifiedWords: Readonly<Record<VerifiedState, Words>> = {
  "as-planned": { vi: "đúng", en: "as planned" },
  "not-applied": { vi: "chưa làm", en: "not applied" },
  differs: { vi: "khác", en: "differs" },
  unknown: { vi: "chưa rõ", en: "unknown" },
};

export const cellWords: Readonly<Record<CellState, Words>> = {
  present: { vi: "có", en: "yes" },
  missing: { vi: "THIẾU", en: "MISSING" },
  disabled: { vi: "bị khóa", en: "disabled" },
  unknown: { vi: "chưa rõ", en: "unknown" },
  "not-needed": { vi: "–", en: "–" },
};
