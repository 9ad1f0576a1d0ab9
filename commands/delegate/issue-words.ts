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
    vi: "chưa biết; chạy: wardctl delegate verify (phần mềm dùng chứng thư nào), rồi: wardctl delegate certificates check; không có cả hai thì ghi vào delegate.seals trong wardctl.yaml",
    en: "not known; run: wardctl delegate verify (which certificate the system uses), then: wardctl delegate certificates check; without either state it under delegate.seals of wardctl.yaml",
  },
  sealOld: {
    vi: "phần mềm văn bản được đọc lại quá lâu; chạy: wardctl delegate verify",
    en: "the document system was read back too long ago; run: wardctl delegate verify",
  },
  sealRevocation: {
    vi: "chưa biết chứng thư số của cơ quan có bị thu hồi không (tổ mạng): tải danh sách thu hồi mới hoặc mở đường tới OCSP, rồi chạy: wardctl delegate certificates check",
    en: "it is not known whether the seal's certificate is revoked (network team): fetch the new list or open the way to the responder, then run: wardctl delegate certificates check",
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
  "ISS-SEAL-UNBOUND": {
    vi: "quản trị phần mềm văn bản gắn chứng thư số của cơ quan cho đơn vị, rồi chạy: wardctl delegate verify",
    en: "the document system's administrator binds the seal's certificate to the unit; then run: wardctl delegate verify",
  },
  "ISS-SEAL-STALE": {
    vi: "đề nghị thay đổi thông tin chứng thư số của cơ quan qua đầu mối của tỉnh (NĐ 68/2024 Điều 15)",
    en: "ask for a change of information through the province's contact (Decree 68/2024 Art. 15)",
  },
  "ISS-SEAL-WRONG-TYPE": {
    vi: "quản trị phần mềm văn bản gắn chứng thư của cơ quan thay cho chứng thư cá nhân",
    en: "the document system's administrator binds the agency's certificate in place of the person's",
  },
  "ISS-SEAL-PROFILE": {
    vi: "đề nghị cấp chứng thư số chuyên dùng công vụ cho cơ quan",
    en: "ask for the agency's certificate for public service",
  },
  "ISS-SEAL-CHAIN": {
    vi: "cài chứng thư gốc và trung gian của cơ quan cấp",
    en: "install the issuer's root and intermediates",
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
