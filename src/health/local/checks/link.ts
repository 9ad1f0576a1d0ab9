import { isRehearsal, type LocalCheck, notLookedAt, pass, rehearsalWords } from "../finding.ts";

/** Is any network interface up? */
export const linkCheck: LocalCheck = {
  id: "link",
  title: { vi: "Dây mạng, Wi-Fi", en: "Cable or Wi-Fi" },
  short: true,
  async check(scene) {
    if (isRehearsal(scene)) return notLookedAt(rehearsalWords);
    const links = scene.machine.listLinks();
    if (links.length > 0) return pass({ vi: `đang nối: ${links.join(", ")}`, en: `up: ${links.join(", ")}` });
    return {
      state: "fail",
      words: { vi: "máy này không có đường mạng nào đang chạy", en: "this machine has no network link up" },
      remedy: {
        vi: "cắm lại dây mạng hay nối lại Wi-Fi; xem đèn ở cổng mạng có sáng không",
        en: "plug the cable in again or join the Wi-Fi; see whether the light at the socket is on",
      },
    };
  },
};
