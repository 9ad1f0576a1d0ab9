import { isIP } from "node:net";
import { findWay } from "../find-way.ts";
import { isRehearsal, type LocalCheck, type LocalScene, notLookedAt, pass, rehearsalWords, type Witness } from "../finding.ts";
import { tryConnect } from "../try-connect.ts";
import { tryTunnel } from "../try-tunnel.ts";

/** Can hosts be reached that have nothing to do with the systems? */
export const witnessesCheck: LocalCheck = {
  id: "witnesses",
  title: { vi: "Máy chủ làm chứng", en: "Witness hosts" },
  short: true,
  async check(scene) {
    if (scene.witnesses.length === 0) {
      if (isRehearsal(scene)) return notLookedAt(rehearsalWords);
      return notLookedAt({
        vi: "chưa khai báo check.witnesses (ba máy chủ ở ba nhà mạng khác nhau)",
        en: "check.witnesses is not set (three hosts on three different carriers)",
      });
    }
    const tries = await Promise.all(
      scene.witnesses.map(async (witness) => ({ witness, reached: await isReached(witness, scene) })),
    );
    const silent = tries.filter(({ reached }) => !reached).map(({ witness }) => witness);
    if (silent.length === 0) return pass({ vi: `tới được cả ${tries.length}`, en: `all ${tries.length} reached` });
    if (silent.length < tries.length) {
      const names = silent.map(formatWitness).join(", ");
      return {
        state: "warn",
        words: {
          vi: `tới được ${tries.length - silent.length} trên ${tries.length}; không tới ${names}`,
          en: `${tries.length - silent.length} of ${tries.length} reached; not ${names}`,
        },
        remedy: {
          vi: "đường ra vẫn chạy; nếu chỉ một nhà mạng không tới được, báo nhà mạng đó",
          en: "the way out works; if one carrier cannot be reached, tell that carrier",
        },
      };
    }
    return {
      state: "fail",
      words: {
        vi: `không tới được máy chủ làm chứng nào (${tries.length}): máy này hay đường mạng ở đây bị đứt`,
        en: `no witness host can be reached (${tries.length}): this machine or its line is cut off`,
      },
      remedy: {
        vi: "thử máy khác cùng mạng; nếu cũng vậy, tắt bật modem và gọi nhà mạng của đường này",
        en: "try another machine on this network; if it is the same, switch the router off and on and call this line's carrier",
      },
    };
  },
};

const patienceMs = 1_500;

async function isReached({ host, port }: Witness, scene: LocalScene): Promise<boolean> {
  const { names } = scene;
  const { proxy } = findWay(scene, { host, port });
  // Where probes go through a proxy, the way out is the proxy's.
  if (proxy) return (await tryTunnel(proxy, { host, port }, patienceMs)) === 200;
  const answer = isIP(host) === 0 ? await names.resolve(host) : ({ kind: "addresses", addresses: [host] } as const);
  const address = answer.kind === "addresses" ? answer.addresses[0] : undefined;
  // Refused is an answer too: the host is there.
  return address !== undefined && (await tryConnect(address, port, patienceMs)).kind !== "silent";
}

function formatWitness({ host, carrier }: Witness): string {
  return carrier ? `${host} (${carrier})` : host;
}
