import { findWay } from "../find-way.ts";
import { type LocalCheck, type LocalScene, notLookedAt, pass } from "../finding.ts";
import { lookAt } from "../look.ts";

/** Does an address of one's own, which answers 204 and nothing else, answer so from here? */
export const reachableCheck: LocalCheck = {
  id: "reachable",
  title: { vi: "Địa chỉ thử của ta", en: "Address of one's own" },
  short: true,
  async check(scene) {
    const { reachable } = scene;
    if (reachable === undefined) {
      return notLookedAt({
        vi: "chưa khai báo check.reachable (một địa chỉ của tỉnh trả lời 204)",
        en: "check.reachable is not set (an address of your own that answers 204)",
      });
    }
    const url = new URL(reachable);
    const port = Number(url.port) || (url.protocol === "http:" ? 80 : 443);
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const scheme = url.protocol === "http:" ? "http" : "https";
    if (findWay(scene, { scheme, host, port }).proxy) {
      return notLookedAt({ vi: "lần thử đi qua proxy", en: "probes go through a proxy" });
    }
    const look = await lookAt({ url: reachable, host, port }, lookTools(scene));
    if (look.status === 204) return pass({ vi: `${host} trả lời 204`, en: `${host} answers 204` });
    if (look.status === undefined) {
      return {
        state: "warn",
        words: { vi: `${host} không trả lời`, en: `${host} does not answer` },
        remedy: {
          vi: "so với máy chủ làm chứng: chúng tới được thì chỉ máy chủ này hỏng",
          en: "compare the witness hosts: where they can be reached, only this server is down",
        },
      };
    }
    const to = look.redirectHost;
    return {
      state: "fail",
      words: {
        vi: `${host} phải trả lời 204 mà trả lời ${look.status}${to ? ` và chuyển sang ${to}` : ""}: có cổng đăng nhập mạng hay proxy chen vào`,
        en: `${host} should answer 204 but answers ${look.status}${to ? ` and sends us to ${to}` : ""}: a captive portal or a proxy stands in between`,
      },
      remedy: {
        vi: "mở trình duyệt và đăng nhập trang chào của mạng này, rồi chạy lại",
        en: "open a browser and sign in at this network's welcome page, then run it again",
      },
      culprits: to === undefined ? [] : [to],
    };
  },
};

function lookTools({ names }: LocalScene): Parameters<typeof lookAt>[1] {
  // Neither its certificate nor its clock is judged here.
  return { names, roots: { reach: () => "none" }, now: () => 0, deadlineMs: 2_000 };
}
