import { type LocalCheck, notLookedAt, pass } from "../finding.ts";
import { findPortal } from "../portal.ts";

/** Do unrelated targets all lead to one stranger? */
export const portalCheck: LocalCheck = {
  id: "portal",
  title: { vi: "Cổng đăng nhập mạng", en: "Captive portal" },
  short: false,
  async check({ looks }) {
    const portal = findPortal(looks);
    if (portal) {
      return {
        state: "fail",
        words: portal.host
          ? {
              vi: `${portal.sites} nơi không liên quan nhau đều bị chuyển sang ${portal.host}: mạng này đòi đăng nhập`,
              en: `${portal.sites} unrelated places all send us to ${portal.host}: this network wants a sign-in`,
            }
          : {
              vi: `${portal.sites} nơi không liên quan nhau đều đưa ra cùng một chứng thư không phải của mình: có thiết bị chen vào`,
              en: `${portal.sites} unrelated places all show one certificate that is none of theirs: a device stands in between`,
            },
        remedy: {
          vi: "mở trình duyệt, đăng nhập trang chào của mạng này (hay xin người quản trị mạng), rồi chạy lại",
          en: "open a browser and sign in at this network's welcome page (or ask who runs it), then run it again",
        },
        culprits: [portal.key],
      };
    }
    const sites = new Set(looks.filter(({ connected }) => connected).map(({ site }) => site)).size;
    if (sites < 3) {
      return notLookedAt({
        vi: `mới thấy ${sites} nơi không liên quan nhau, cần 3 (thêm check.witnesses)`,
        en: `only ${sites} unrelated place${sites === 1 ? " was" : "s were"} seen, 3 are needed (add check.witnesses)`,
      });
    }
    return pass({
      vi: `không: ${sites} nơi trả lời mỗi nơi một khác`,
      en: `none: ${sites} unrelated places answer each for itself`,
    });
  },
};
