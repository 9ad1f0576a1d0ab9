import { isIP } from "node:net";
import { type LocalCheck, makeUpName, notLookedAt, pass } from "../finding.ts";

/** Does the name server invent addresses? */
export const hijackCheck: LocalCheck = {
  id: "hijack",
  title: { vi: "Tên miền bị chen", en: "Invented names" },
  short: true,
  async check({ endpoints, names, random }) {
    if (endpoints.length > 0 && endpoints.every(({ host }) => isIP(host) !== 0)) {
      return notLookedAt({ vi: "danh mục chỉ có địa chỉ IP", en: "the inventory has IP addresses only" });
    }
    const answer = await names.resolve(makeUpName(random));
    if (answer.kind === "timeout")
      return notLookedAt({ vi: "máy chủ tên miền không trả lời", en: "the name server does not answer" });
    if (answer.kind !== "addresses")
      return pass({ vi: "tên không có thật thì báo là không có", en: "a name that does not exist is said not to" });
    return {
      state: "fail",
      words: {
        vi: "máy chủ tên miền trả lời cả tên không có thật: cổng đăng nhập mạng hay nhà mạng chen vào",
        en: "this machine's name server answers names that do not exist: a captive portal or the carrier stands in between",
      },
      remedy: {
        vi: "mở trình duyệt, đăng nhập trang chào của mạng này nếu có; nếu không, đổi máy chủ tên miền hoặc hỏi nhà mạng",
        en: "open a browser and sign in at this network's welcome page if there is one; else change the name server or ask the carrier",
      },
      culprits: answer.addresses,
    };
  },
};
