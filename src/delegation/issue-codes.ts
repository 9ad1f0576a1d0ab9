import type { Words } from "../platform/words.ts";
import type { Owner } from "./deny-codes.ts";

/** Why a signed document cannot go out: numbering and the agency's seal are the clerk's (NĐ 30/2020 Điều 14, 15, 17). */
export const issueCodes = {
  "ISS-SEAL-NONE": { owner: "ca" },
  "ISS-SEAL-NOT-YET": { owner: "ca" },
  "ISS-SEAL-EXPIRED": { owner: "ca" },
  "ISS-SEAL-REVOKED": { owner: "ca" },
  "ISS-SEAL-UNBOUND": { owner: "support" },
  "ISS-SEAL-STALE": { owner: "ca" },
  "ISS-SEAL-WRONG-TYPE": { owner: "support" },
  "ISS-SEAL-PROFILE": { owner: "ca" },
  "ISS-SEAL-CHAIN": { owner: "support" },
  "ISS-CLERK-NONE": { owner: "ward" },
  "ISS-CLERK-ABSENT": { owner: "ward" },
  "ISS-CLERK-ACCOUNT": { owner: "support" },
} as const satisfies Record<string, { readonly owner: Owner }>;

export type IssueCode = keyof typeof issueCodes;

export const issueWords = {
  "ISS-SEAL-NONE": { vi: "đơn vị chưa có chứng thư số của cơ quan", en: "the unit has no certificate for its seal" },
  "ISS-SEAL-NOT-YET": { vi: "chứng thư số của cơ quan chưa có hiệu lực", en: "the seal's certificate is not valid yet" },
  "ISS-SEAL-EXPIRED": { vi: "chứng thư số của cơ quan đã hết hạn", en: "the seal's certificate has expired" },
  "ISS-SEAL-REVOKED": { vi: "chứng thư số của cơ quan đã bị thu hồi", en: "the seal's certificate is revoked" },
  "ISS-SEAL-UNBOUND": {
    vi: "phần mềm văn bản chưa gắn chứng thư số của cơ quan cho đơn vị",
    en: "the document system does not use the seal's certificate for the unit",
  },
  "ISS-SEAL-STALE": {
    vi: "chứng thư số của cơ quan mang tên đơn vị khác hoặc tên cũ",
    en: "the seal's certificate names another unit, or the one from before the merger",
  },
  "ISS-SEAL-WRONG-TYPE": {
    vi: "dùng chứng thư của cá nhân làm chứng thư số của cơ quan",
    en: "a person's certificate in place of the agency's",
  },
  "ISS-SEAL-PROFILE": {
    vi: "chứng thư số của cơ quan không đúng loại cho công vụ",
    en: "the seal's certificate is not of the kind for public service",
  },
  "ISS-SEAL-CHAIN": {
    vi: "không nối được chứng thư số của cơ quan tới gốc tin cậy",
    en: "the seal's certificate does not lead to a trusted root",
  },
  "ISS-CLERK-NONE": { vi: "không có ai giữ chức vụ văn thư", en: "nobody holds the post of clerk" },
  "ISS-CLERK-ABSENT": { vi: "văn thư đang vắng mặt", en: "the clerk is away" },
  "ISS-CLERK-ACCOUNT": { vi: "văn thư chưa có tài khoản đang mở", en: "the clerk has no account that is switched on" },
} satisfies Record<IssueCode, Words>;
