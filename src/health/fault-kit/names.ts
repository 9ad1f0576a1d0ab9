import { type DnsReply, startDnsServer } from "../../platform/dns-server.ts";
import type { Reason } from "../reason.ts";
import type { Behaviour, Stage } from "./behaviour.ts";
import { fine } from "./http-servers.ts";
import { startServer } from "./loopback-server.ts";

type Reply = (stage: Stage, over: "udp" | "tcp") => DnsReply | undefined;
type Row = readonly [id: string, vi: string, en: string, expected: Reason | undefined, reply: Reply];

const right: Reply = ({ host }) => ({ addresses: [host] });
const code =
  (value: number): Reply =>
  () => ({ code: value });

const rows: readonly Row[] = [
  ["name-ok", "tên miền trỏ đúng", "a name that leads right", undefined, right],
  [
    "name-delay",
    "máy chủ tên miền trễ 30 ms",
    "a name server 30 ms late",
    undefined,
    ({ host }) => ({ addresses: [host], delayMs: 30 }),
  ],
  [
    "name-several",
    "nhiều địa chỉ, có địa chỉ đúng",
    "several addresses, the right one among them",
    undefined,
    ({ host }) => ({ addresses: ["127.9.9.9", "fd00::9", host] }),
  ],
  [
    "name-truncated-tcp",
    "trả lời bị cắt, phần còn lại qua TCP",
    "a truncated answer, whole over TCP",
    undefined,
    (stage, over) => (over === "udp" ? { truncated: true } : right(stage, over)),
  ],
  ["name-nx", "không có tên miền này", "no such name", "name.nx", code(3)],
  ["name-empty", "tên miền không có địa chỉ", "a name without an address", "name.nx", () => ({ addresses: [] })],
  ["name-servfail", "máy chủ tên miền báo lỗi", "SERVFAIL", "name.servfail", code(2)],
  ["name-refused", "máy chủ tên miền từ chối", "REFUSED", "name.servfail", code(5)],
  ["name-formerr", "máy chủ tên miền không hiểu", "FORMERR", "name.servfail", code(1)],
  [
    "name-wrong",
    "tên miền trỏ sang địa chỉ khác",
    "a name that leads elsewhere",
    "name.wrong",
    ({ host }) => ({ addresses: [host === "::1" ? "fd00::9" : "127.9.9.9"] }),
  ],
  [
    "name-hijack",
    "trả lời mọi tên bằng một địa chỉ lạ",
    "any name answered with a strange address",
    "name.hijack",
    ({ host }) => ({ addresses: [host === "::1" ? "fd00::8" : "127.8.8.8"] }),
  ],
  ["name-drop", "máy chủ tên miền im lặng", "a silent name server", "name.timeout", () => undefined],
  [
    "name-late",
    "máy chủ tên miền trả lời quá muộn",
    "a name server that is too late",
    "name.timeout",
    ({ host, deadlineMs }) => ({ addresses: [host], delayMs: deadlineMs }),
  ],
  [
    "name-strange",
    "trả lời của câu hỏi khác",
    "answers to another question",
    "name.timeout",
    ({ host }) => ({ addresses: [host], strange: true }),
  ],
  [
    "name-truncated",
    "trả lời bị cắt, không có TCP",
    "a truncated answer, and no TCP",
    "name.timeout",
    () => ({ truncated: true }),
  ],
];

/** A good server under a name that a bad name server answers for. */
export const names: readonly Behaviour[] = rows.map(([id, vi, en, expected, reply]) => ({
  id,
  family: "name",
  words: { vi, en },
  scheme: "http",
  expected,
  async play(stage) {
    // All other names do not exist, but for a hijacker.
    const dns = await startDnsServer(
      ({ name, over }) => (id === "name-hijack" || !name.endsWith(".invalid") ? reply(stage, over) : { code: 3 }),
      { host: stage.host, tcp: id === "name-truncated-tcp" },
    );
    const server = await startServer(fine, { host: stage.host });
    return {
      port: server.port,
      resolver: dns.server,
      async stop() {
        await dns.stop();
        await server.stop();
      },
    };
  },
}));
