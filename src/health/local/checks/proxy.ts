import { isIP } from "node:net";
import { verbatim, type Words } from "../../../platform/words.ts";
import type { NameAnswer } from "../../name-server.ts";
import type { HttpProxy } from "../../proxy.ts";
import { findWay } from "../find-way.ts";
import { isRehearsal, type LocalCheck, type LocalFinding, type LocalScene, makeUpName, notLookedAt, pass } from "../finding.ts";
import { parseRegistryProxy, withoutCredentials } from "../proxy-settings.ts";
import { tryConnect } from "../try-connect.ts";
import { tryTunnel } from "../try-tunnel.ts";

/** Is a proxy set, by whom, and does it make a difference? */
export const proxyCheck: LocalCheck = {
  id: "proxy",
  title: { vi: "Proxy", en: "Proxy" },
  short: false,
  async check(scene) {
    const registryText = await scene.machine.readProxyRegistry();
    const registry = registryText === undefined ? undefined : parseRegistryProxy(registryText);
    const [target] = [...scene.witnesses, ...scene.endpoints.map(({ host, port }) => ({ host, port }))];
    const set = findWay(scene, target ?? { host: "192.0.2.1", port: 443 });
    if (set.fault) return { state: "fail", words: set.fault, remedy: mendEnvironment };
    const signs: Words[] = [];
    if (set.proxy) {
      const by = scene.proxy === "environment" ? { vi: "biến môi trường", en: "the environment" } : verbatim("check.proxy");
      signs.push(sign(by.vi, by.en, `${set.proxy.host}:${set.proxy.port}`));
    }
    if (registry?.enabled && registry.server) signs.push(sign("Windows", "Windows", withoutCredentials(registry.server)));
    if (registry?.pacUrl) signs.push(sign("tệp PAC", "a PAC file", withoutCredentials(registry.pacUrl)));
    const wpad = await findWpad(scene);
    if (wpad?.kind === "addresses") signs.push(sign("tên wpad", "the name wpad", wpad.addresses.join(" ")));
    const unseen = registry === undefined && scene.machine.platform === "win32";
    if (signs.length === 0) {
      return unseen
        ? notLookedAt({ vi: "không đọc được cấu hình proxy của Windows", en: "the proxy settings of Windows could not be read" })
        : pass({ vi: "không thấy proxy", en: "none is set" });
    }
    const list = { vi: signs.map(({ vi }) => vi).join("; "), en: signs.map(({ en }) => en).join("; ") };
    if (!set.proxy || !target) {
      return {
        state: "warn",
        words: list,
        remedy: {
          vi: "wardctl đi thẳng; trình duyệt có thể đi qua proxy này nên kết quả có thể khác (đặt check.proxy để wardctl cũng đi qua)",
          en: "wardctl goes direct; a browser may go through this proxy, so what people see may differ (set check.proxy to go the same way)",
        },
      };
    }
    return compare(set.proxy, target, list, scene);
  },
};

/** Not asked where name servers are dead: the system's own lookup knows no deadline. */
async function findWpad(scene: LocalScene): Promise<NameAnswer | undefined> {
  if (isRehearsal(scene) || (await scene.names.resolve(makeUpName(scene.random))).kind === "timeout") return undefined;
  return scene.systemNames?.("wpad");
}

const patienceMs = 1_800;

/** Direct and through the proxy, at the same time. */
async function compare(
  proxy: HttpProxy,
  target: { readonly host: string; readonly port: number },
  list: Words,
  { names }: LocalScene,
): Promise<Omit<LocalFinding, "id">> {
  const answer =
    isIP(target.host) === 0 ? await names.resolve(target.host) : ({ kind: "addresses", addresses: [target.host] } as const);
  const address = answer.kind === "addresses" ? answer.addresses[0] : undefined;
  const [direct, tunnel] = await Promise.all([
    address === undefined ? undefined : tryConnect(address, target.port, patienceMs),
    tryTunnel(proxy, target, patienceMs),
  ]);
  const goesDirect = direct !== undefined && direct.kind === "connected";
  const goesThrough = tunnel === 200;
  const to = `${target.host}:${target.port}`;
  const say = (vi: string, en: string): Words => ({ vi: `${list.vi}; tới ${to}: ${vi}`, en: `${list.en}; to ${to}: ${en}` });
  if (tunnel === 407) {
    return {
      state: goesDirect ? "warn" : "fail",
      words: say(
        `proxy đòi đăng nhập (407)${goesDirect ? ", đi thẳng thì được" : ""}`,
        `the proxy wants a sign-in (407)${goesDirect ? "; direct works" : ""}`,
      ),
      remedy: { vi: "xin tài khoản proxy của người quản trị mạng", en: "ask who runs the network for an account at the proxy" },
    };
  }
  if (goesDirect && goesThrough)
    return { state: "pass", words: say("đi thẳng và qua proxy đều được", "direct and through the proxy both work") };
  if (goesThrough) {
    return {
      state: "warn",
      words: say("chỉ qua proxy mới được", "only through the proxy"),
      remedy: {
        vi: "mạng này bắt buộc dùng proxy: trình duyệt cũng phải đặt proxy",
        en: "this network forces the proxy: browsers must be set to use it too",
      },
    };
  }
  if (goesDirect) {
    return {
      state: "warn",
      words: say("đi thẳng được, qua proxy thì không", "direct works, through the proxy does not"),
      remedy: {
        vi: "proxy hỏng hay chặn nơi này: bỏ proxy hoặc báo người quản trị proxy",
        en: "the proxy is broken or blocks it: take it out or tell who runs it",
      },
    };
  }
  return {
    state: "fail",
    words: say("đi thẳng và qua proxy đều không được", "neither direct nor through the proxy"),
    remedy: {
      vi: "xem máy chủ làm chứng: chúng cũng không tới được thì đường mạng đứt",
      en: "see the witness hosts: where they are silent too, the line is cut",
    },
  };
}

function sign(vi: string, en: string, what: string): Words {
  return { vi: `${vi} đặt ${what}`, en: `${en} sets ${what}` };
}

const mendEnvironment: Words = {
  vi: "sửa hay bỏ biến môi trường này rồi chạy lại",
  en: "mend or unset this variable, then run it again",
};
