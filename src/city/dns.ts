import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import type { AddressInfo } from "node:net";
import { decode, encode } from "dns-packet";
import { cityDomain } from "./city.ts";

export interface CityDns {
  /** `127.0.0.1:PORT`, as `check.resolvers` takes it. */
  readonly server: string;
  stop(): Promise<void>;
}

/** A name server on loopback UDP: every name below city.test is 127.0.0.1, every other one does not exist. Port 0 takes a free one. */
export async function startCityDns(port = 0): Promise<CityDns> {
  const socket = createSocket("udp4");
  socket.on("message", (bytes, from) => answer(socket, bytes, from));
  await new Promise<void>((ready, fail) => {
    socket.once("error", fail);
    socket.bind(port, "127.0.0.1", ready);
  });
  return {
    server: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    stop: () => new Promise((done) => socket.close(() => done())),
  };
}

const nameError = 3;

function answer(socket: Socket, bytes: Buffer, from: RemoteInfo): void {
  const query = tryDecode(bytes);
  const question = query?.questions?.[0];
  if (!query || !question) return;
  const name = question.name.toLowerCase();
  const ours = name === cityDomain || name.endsWith(`.${cityDomain}`);
  const reply = encode({
    type: "response",
    id: query.id,
    // The low four bits of the flags are the answer's code (RFC 1035 §4.1.1).
    flags: ours ? 0 : nameError,
    questions: [question],
    answers: ours && question.type === "A" ? [{ type: "A", name: question.name, ttl: 1, data: "127.0.0.1" }] : [],
  });
  socket.send(reply, from.port, from.address);
}

function tryDecode(bytes: Buffer): ReturnType<typeof decode> | undefined {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}
