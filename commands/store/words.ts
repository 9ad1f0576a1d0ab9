import { formatCount } from "../../src/platform/format.ts";
import type { Catalogue, Words } from "../../src/platform/words.ts";

export const storeWords = {
  show: { vi: "dữ liệu của thư mục làm việc nằm ở đâu", en: "where this workspace keeps its data" },
  move: {
    vi: "chép toàn bộ dữ liệu sang kho khác (SQLite trên máy này hoặc PostgreSQL chung)",
    en: "copy all data into another store (SQLite on this machine, or a shared PostgreSQL)",
  },
  to: {
    vi: "nơi đến: sqlite, hoặc tham chiếu tới địa chỉ PostgreSQL như env:WARDCTL_PG",
    en: "where to: sqlite, or a reference to PostgreSQL's address such as env:WARDCTL_PG",
  },
  badTo: (text: string): Words => ({
    vi: `--to '${text}' không phải sqlite cũng không phải tham chiếu`,
    en: `--to '${text}' is neither sqlite nor a reference`,
  }),
  toShapes: {
    vi: "địa chỉ PostgreSQL có mật khẩu nên chỉ ghi tham chiếu: env:TÊN, file:ĐƯỜNG_DẪN, keyring:TÊN, age:ĐƯỜNG_DẪN",
    en: "PostgreSQL's address holds a password, so it is given by reference: env:NAME, file:PATH, keyring:NAME, age:PATH",
  },
  isHere: (kind: string): Words => ({
    vi: `dữ liệu đã ở ${kind} rồi`,
    en: `the data are in ${kind} already`,
  }),
  sqlite: (file: string): Words => ({ vi: `SQLite, tệp ${file}`, en: `SQLite, file ${file}` }),
  noFile: { vi: "chưa có tệp: chưa ghi gì", en: "no file yet: nothing was written so far" },
  postgres: (version: string, schema: string): Words => ({
    vi: `PostgreSQL ${version}, schema ${schema}`,
    en: `PostgreSQL ${version}, schema ${schema}`,
  }),
  alone: { vi: "chỉ máy này dùng", en: "this machine alone uses it" },
  shared: { vi: "cả nhóm dùng chung", en: "the whole team shares it" },
  intent: (to: string): Words => ({
    vi: `Chép toàn bộ dữ liệu sang ${to}? Kho cũ giữ nguyên.`,
    en: `Copy all data into ${to}? The old store stays as it is.`,
  }),
  table: (table: string, rows: number): Words => ({
    vi: `${table}: ${formatCount(rows, "vi")} dòng`,
    en: `${table}: ${formatCount(rows, "en")} row${rows === 1 ? "" : "s"}`,
  }),
  moved: (rows: number, tables: number): Words => ({
    vi: `Đã chép ${formatCount(rows, "vi")} dòng của ${tables} bảng và đối chiếu từng dòng.`,
    en: `Copied ${formatCount(rows, "en")} rows of ${tables} tables and compared every one.`,
  }),
  switchOver: (yaml: string): Words => ({
    vi: `Bước cuối: ghi vào wardctl.yaml của mọi máy, rồi không dùng kho cũ nữa:\n\n${yaml}`,
    en: `Last step: write this into wardctl.yaml on every machine, and use the old store no more:\n\n${yaml}`,
  }),
} satisfies Catalogue;
