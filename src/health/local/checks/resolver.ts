import { isIP } from "node:net";
import { verbatim, type Words } from "../../../platform/words.ts";
import type { NameAnswer } from "../../name-server.ts";
import { type LocalCheck, type LocalScene, makeUpName, notLookedAt, pass } from "../finding.ts";

const namesTried = 4;

/** Do the name servers answer, and do they say the same as this machine's own lookup, which browsers use? */
export const resolverCheck: LocalCheck = {
  id: "resolver",
  title: { vi: "Máy chủ tên miền", en: "Name servers" },
  short: true,
  async check(scene) {
    const { endpoints, names, systemNames } = scene;
    if (endpoints.length > 0 && endpoints.every(({ host }) => isIP(host) !== 0)) {
      return notLookedAt({ vi: "danh mục chỉ có địa chỉ IP", en: "the inventory has IP addresses only" });
    }
    // A name that no zone of ours holds: a dead zone is not a dead resolver.
    const nobody = await names.resolve(makeUpName(scene.random));
    // The system's own lookup knows no deadline and holds the process: with the same servers dead there is nothing to ask it.
    const dead = nobody.kind === "timeout";
    const hosts = systemNames && (!dead || scene.ownServers) ? listNames(scene) : [];
    const answers = await Promise.all(
      hosts.map(async (host) => ({ host, ours: await names.resolve(host), theirs: (await systemNames?.(host)) ?? nothing })),
    );
    if (dead && answers.every(({ ours }) => ours.kind === "timeout")) {
      const others = answers.some(({ theirs }) => theirs.kind === "addresses");
      return {
        state: "fail",
        words: {
          vi: `máy chủ tên miền của máy này không trả lời${others ? "; trình duyệt thì vẫn tra được" : ""}`,
          en: `this machine's name server does not answer${others ? ", though a browser still gets answers" : ""}`,
        },
        remedy: scene.ownServers
          ? { vi: "xem lại check.resolvers trong wardctl.yaml", en: "look at check.resolvers in wardctl.yaml" }
          : {
              vi: "tắt bật modem; nếu vẫn vậy, hỏi nhà mạng về máy chủ tên miền (DNS)",
              en: "switch the router off and on; if that does not help, ask the carrier about its name servers (DNS)",
            },
      };
    }
    const apart = answers.filter(({ ours, theirs }) => format(ours) !== format(theirs) && !shareAddress(ours, theirs));
    const first = apart[0];
    if (!first) {
      const count = hosts.length;
      if (count === 0) return pass({ vi: "có trả lời", en: "it answers" });
      return pass({
        vi: `trả lời ${count} tên, giống như trình duyệt nhận được`,
        en: `${count} name${count === 1 ? "" : "s"} answered, as a browser gets them`,
      });
    }
    const [ours, theirs] = [describe(first.ours), describe(first.theirs)];
    return {
      state: "warn",
      words: {
        vi: `${first.host}: máy chủ tên miền nói ${ours.vi}, trình duyệt của máy này nhận ${theirs.vi}`,
        en: `${first.host}: the name server says ${ours.en}, a browser on this machine gets ${theirs.en}`,
      },
      remedy: scene.ownServers
        ? {
            vi: "check.resolvers khác máy chủ tên miền của máy này; đúng ý thì bỏ qua",
            en: "check.resolvers differs from this machine's own name servers; pass over this if it is meant so",
          }
        : {
            vi: "xem tệp hosts và máy chủ tên miền đặt bằng tay trên máy này",
            en: "look at the hosts file and at name servers set by hand on this machine",
          },
    };
  },
};

const nothing: NameAnswer = { kind: "timeout" };

function listNames({ endpoints, witnesses }: LocalScene): readonly string[] {
  const hosts = [...witnesses, ...endpoints].map(({ host }) => host).filter((host) => isIP(host) === 0 && host !== "localhost");
  return [...new Set(hosts)].slice(0, namesTried);
}

function format(answer: NameAnswer): string {
  return answer.kind === "addresses" ? [...answer.addresses].sort().join(" ") : answer.kind;
}

function describe(answer: NameAnswer): Words {
  switch (answer.kind) {
    case "addresses":
      return verbatim(format(answer));
    case "nx":
      return { vi: "'không có tên này'", en: "'no such name'" };
    case "servfail":
      return { vi: "báo lỗi", en: "an error" };
    case "timeout":
      return { vi: "không gì cả", en: "nothing" };
  }
}

/** A name with many addresses gives each asker some of them. */
function shareAddress(a: NameAnswer, b: NameAnswer): boolean {
  return a.kind === "addresses" && b.kind === "addresses" && a.addresses.some((address) => b.addresses.includes(address));
}
