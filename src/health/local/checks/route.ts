import { isRehearsal, type LocalCheck, notLookedAt, pass, rehearsalWords } from "../finding.ts";
import { tryConnect } from "../try-connect.ts";

/** Ports that routers listen on, or refuse at once. */
const gatewayPorts = [53, 80, 443, 22];

/** Is there a way out, and does the box that it leads through answer? Not every router answers on TCP, so silence is a warning. */
export const routeCheck: LocalCheck = {
  id: "route",
  title: { vi: "Đường ra, modem", en: "Way out, gateway" },
  short: true,
  async check(scene) {
    if (isRehearsal(scene)) return notLookedAt(rehearsalWords);
    const source = await scene.machine.findSourceAddress();
    if (source === undefined) {
      return {
        state: "fail",
        words: { vi: "máy này không có đường ra mặc định", en: "this machine has no default route" },
        remedy: {
          vi: "máy chưa được modem cấp địa chỉ: tắt bật modem, để máy tự nhận địa chỉ (DHCP), hỏi người quản trị mạng nội bộ",
          en: "the router has given no address: switch it off and on, let the machine take its address by DHCP, ask who runs the office network",
        },
      };
    }
    const gateways = await scene.machine.listGateways();
    if (gateways === undefined || gateways.length === 0) {
      return pass({
        vi: `có đường ra từ ${source}; hệ điều hành này không cho biết địa chỉ modem, nên chưa thử modem`,
        en: `there is a way out from ${source}; this system does not tell the gateway's address, so it was not tried`,
      });
    }
    const tries = gateways.flatMap((gateway) => gatewayPorts.map((port) => tryConnect(gateway, port, 1_000)));
    const answered = (await Promise.all(tries)).some(({ kind }) => kind !== "silent");
    const names = gateways.join(", ");
    if (answered)
      return pass({
        vi: `có đường ra từ ${source}, modem ${names} trả lời`,
        en: `a way out from ${source}; gateway ${names} answers`,
      });
    return {
      state: "warn",
      words: {
        vi: `có đường ra từ ${source}, nhưng modem ${names} không trả lời (một số modem không bao giờ trả lời)`,
        en: `a way out from ${source}, but gateway ${names} does not answer (some never do)`,
      },
      remedy: {
        vi: "nếu các bước sau cũng hỏng: xem modem có điện, dây từ máy tới modem còn chắc không",
        en: "if what follows fails too: see that the router has power and the cable to it is firm",
      },
    };
  },
};
