import { connect, createServer } from "node:net";
import { type LocalCheck, pass } from "../finding.ts";

/** Can this machine connect to itself? */
export const loopbackCheck: LocalCheck = {
  id: "loopback",
  title: { vi: "Máy này tự kết nối", en: "This machine itself" },
  short: true,
  async check() {
    if (await connectsToItself()) return pass({ vi: "kết nối được với chính nó", en: "connects to itself" });
    return {
      state: "fail",
      words: {
        vi: "máy này không kết nối được với chính nó: tường lửa hay phần mềm bảo vệ chặn",
        en: "this machine cannot connect to itself: a firewall or security product is in the way",
      },
      remedy: {
        vi: "cho phép wardctl (node) trong tường lửa hay phần mềm diệt vi-rút, rồi chạy lại",
        en: "allow wardctl (node) in the firewall or antivirus product, then run it again",
      },
    };
  },
};

function connectsToItself(): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer((socket) => socket.end());
    const end = (good: boolean): void => {
      server.close();
      done(good);
    };
    server.once("error", () => end(false));
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const socket = connect({ host: "127.0.0.1", port: typeof address === "object" && address ? address.port : 0 });
      socket.setTimeout(1_000, () => socket.destroy(new Error("timeout")));
      socket.once("error", () => end(false));
      socket.once("connect", () => {
        socket.destroy();
        end(true);
      });
    });
  });
}
