import type { IssueCode } from "../../src/delegation/issue-codes.ts";
import type { Catalogue, Words } from "../../src/platform/words.ts";

export const issueTexts = {
  ALLOW: { vi: "PHÁT HÀNH ĐƯỢC", en: "CAN GO OUT" },
  DENY: { vi: "CHƯA PHÁT HÀNH ĐƯỢC", en: "CANNOT GO OUT" },
  UNKNOWN: { vi: "CHƯA XÁC ĐỊNH", en: "NOT KNOWN" },
  signature: { vi: "Chữ ký", en: "Signature" },
  seal: { vi: "Con dấu", en: "Seal" },
  clerk: { vi: "Văn thư", en: "Clerk" },
  sealGood: { vi: "chứng thư số của cơ quan dùng được", en: "the seal's certificate is usable" },
  clerkGood: { vi: "văn thư có mặt, tài khoản mở", en: "a clerk is here, with an account switched on" },
  sealUnknown: {
    vi: "chưa biết; ghi chứng thư số của cơ quan vào delegate.seals trong wardctl.yaml",
    en: "not known; put the seal's certificate into delegate.seals of wardctl.yaml",
  },
  clerkUnknown: {
    vi: "chưa biết tài khoản; chạy: wardctl delegate verify",
    en: "account not known; run: wardctl delegate verify",
  },
  until: (when: string) => ({ vi: `Còn phát hành được đến ${when}.`, en: `Until ${when}.` }),
  next: (when: string) => ({
    vi: `Đến ${when} sẽ phát hành được mà không phải làm gì thêm.`,
    en: `Becomes possible by itself at ${when}.`,
  }),
  signing: { vi: "Chi tiết về chữ ký:", en: "About the signature:" },
  repair: { vi: "Việc cần làm", en: "What to do" },
} satisfies Catalogue;

export const issueRepairs = {
  "ISS-SEAL-NONE": {
    vi: "đề nghị cấp chứng thư số cho cơ quan (mẫu 02, Nghị định 68/2024; 03 ngày làm việc)",
    en: "request a certificate for the agency (form 02, Decree 68/2024; 3 working days)",
  },
  "ISS-SEAL-NOT-YET": { vi: "chờ đến ngày có hiệu lực", en: "wait for the day it takes effect" },
  "ISS-SEAL-EXPIRED": {
    vi: "gia hạn chứng thư số của cơ quan (03 ngày làm việc)",
    en: "renew the seal's certificate (3 working days)",
  },
  "ISS-SEAL-REVOKED": {
    vi: "đề nghị cấp mới hoặc thay đổi thông tin chứng thư số của cơ quan qua đầu mối cấp tỉnh",
    en: "request a new certificate or a change of information through the province's contact",
  },
  "ISS-CLERK-NONE": {
    vi: "phân công văn thư, ghi vào danh sách cán bộ rồi nhập lại",
    en: "assign a clerk, put it into the roster and read it again",
  },
  "ISS-CLERK-ABSENT": { vi: "phân công người làm văn thư thay", en: "assign somebody in the clerk's place" },
  "ISS-CLERK-ACCOUNT": {
    vi: "tạo hoặc mở tài khoản của văn thư: wardctl provision plan",
    en: "make or switch on the clerk's account: wardctl provision plan",
  },
} satisfies Record<IssueCode, Words>;
