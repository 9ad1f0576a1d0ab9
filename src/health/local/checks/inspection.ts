import { type LocalCheck, notLookedAt, pass } from "../finding.ts";
import { findInspection } from "../inspection.ts";

/** Does something on the way open TLS and read along? A finding, not a failure. */
export const inspectionCheck: LocalCheck = {
  id: "inspection",
  title: { vi: "Soi nội dung TLS", en: "TLS inspection" },
  short: false,
  async check({ looks }) {
    const found = findInspection(looks);
    if (found) {
      const { issuer, sites, trusted } = found;
      return {
        state: trusted ? "warn" : "fail",
        words: {
          vi: `chứng thư của ${sites} nơi không liên quan nhau đều do '${issuer}' cấp, nơi cấp ${trusted ? "chỉ máy này tin" : "không ai tin"}: có thiết bị hay phần mềm đọc nội dung TLS`,
          en: `certificates of ${sites} unrelated places all come from '${issuer}', which ${trusted ? "only this machine trusts" : "nobody trusts"}: a device or product reads TLS on the way`,
        },
        remedy: {
          vi: "hỏi người quản trị mạng hay phần mềm diệt vi-rút về việc soi TLS; xin miễn cho các hệ thống nhà nước",
          en: "ask who runs the network or the antivirus product about TLS inspection; have the public systems exempted",
        },
        culprits: [issuer],
      };
    }
    const seen = looks.filter(({ certificate }) => certificate).length;
    if (seen === 0) return notLookedAt({ vi: "chưa thấy chứng thư nào", en: "no certificate was seen" });
    return pass({
      vi: `không thấy dấu hiệu ở ${seen} chứng thư`,
      en: `no sign of it in ${seen} certificate${seen === 1 ? "" : "s"}`,
    });
  },
};
