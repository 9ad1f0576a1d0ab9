import type { DecisionKind } from "../../src/delegation/decision/decision.ts";
import type { Catalogue, Words } from "../../src/platform/words.ts";

export const decisionWords = {
  decision: {
    vi: "thảo văn bản của một quyền ký: quyết định, thông báo phân công, điều khoản quy chế (DOCX)",
    en: "draft the paper of a grant: decision, assignment notice or clause of the regulation (DOCX)",
  },
  out: { vi: "ghi ra tệp .docx này", en: "write this .docx file" },
  number: {
    vi: "số văn bản đã cấp, ví dụ 05 (mặc định: để trống)",
    en: "number the document system gave, such as 05 (default: left free)",
  },
  date: { vi: "ngày ký (mặc định: để trống)", en: "day of signing (default: left free)" },
  place: { vi: "địa danh (mặc định: tên đơn vị)", en: "place name (default: the unit's)" },
  needDocx: (file: string) => ({
    vi: `--out: '${file}' phải có đuôi .docx`,
    en: `--out: '${file}' must end in .docx`,
  }),
  written: (file: string, kind: Words) => ({
    vi: `Đã ghi ${kind.vi} ra ${file}. Người có thẩm quyền rà soát trước khi ký.`,
    en: `Wrote the ${kind.en} to ${file}. Somebody with authority reviews it before it is signed.`,
  }),
  free: (places: readonly string[]) => ({
    vi: `Để trống: ${places.join(", ")}.`,
    en: `Left free: ${places.join(", ")}.`,
  }),
  freeNumber: { vi: "số", en: "number" },
  freeDate: { vi: "ngày ký", en: "day of signing" },
  freeName: { vi: "họ tên người ký (chưa biết ai giữ chức vụ)", en: "name of the signer (nobody is known to hold the post)" },
} satisfies Catalogue;

export const decisionKinds = {
  decision: { vi: "dự thảo quyết định", en: "draft decision" },
  notice: { vi: "dự thảo thông báo phân công", en: "draft assignment notice" },
  clause: { vi: "dự thảo điều khoản quy chế", en: "proposed clause of the regulation" },
} satisfies Record<DecisionKind, Words>;
