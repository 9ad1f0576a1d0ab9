import type { Socket } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeKitCertificates } from "../../../src/health/fault-kit/certificates.ts";
import { type LoopbackServer, startBareServer } from "../../../src/health/fault-kit/loopback-server.ts";
import { probeOnce } from "../../../src/health/probe.ts";
import { isReason } from "../../../src/health/reason.ts";
import { makeEndpoint, makeTools } from "./bad-servers.ts";

/** What one connection gets, whatever it asks. */
interface Script {
  readonly pieces: readonly Uint8Array[];
  readonly end: "close" | "reset" | "stay";
}

const deadlineMs = 250;
const graceMs = 250;
let server: LoopbackServer;
let script: Script;
let ca: string;
beforeAll(async () => {
  ({ ca } = await makeKitCertificates(Date.UTC(2025, 6, 3, 3)));
  server = await startBareServer((socket: Socket) => {
    const { pieces, end } = script;
    socket.once("data", () => {
      for (const piece of pieces) socket.write(piece);
      if (end === "close") socket.end();
      else if (end === "reset") socket.resetAndDestroy();
    });
  });
});
afterAll(() => server.stop());

const answers = [
  "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n",
  "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n",
  "HTTP/1.1 302 Found\r\nLocation: http://user:pw@elsewhere.test:1/\u00ff\r\nContent-Length: 0\r\n\r\n",
  "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u001f\u008b\u0008\u0000",
  "HTTP/1.1 429 Slow\r\nRetry-After: Thu, 99 Foo 2025\r\nDate: never\r\n\r\n",
  "HTTP/1.1 407 No\r\nProxy-Authenticate: NTLM, Basic realm=\u0000\r\n\r\n",
  "\u0016\u0003\u0003\u0000\u0004\u0002\u0000\u0000\u00fc",
  "\u0015\u0003\u0003\u0000\u0002\u0002\u0028",
].map((text) => Buffer.from(text, "latin1"));

/** A good answer, with bytes changed, doubled, left out or cut off. */
const mutated = fc
  .tuple(
    fc.constantFrom(...answers),
    fc.array(fc.record({ at: fc.nat(), kind: fc.constantFrom("change", "drop", "double"), byte: fc.nat(255) }), { maxLength: 4 }),
    fc.option(fc.nat(), { nil: undefined }),
  )
  .map(([answer, changes, cutAt]) => {
    const bytes = [...answer];
    for (const { at, kind, byte } of changes) {
      const place = at % bytes.length;
      if (kind === "change") bytes[place] = byte;
      else if (kind === "drop") bytes.splice(place, 1);
      else bytes.splice(place, 0, ...bytes.slice(place, place + 1 + (byte % 8)));
      if (bytes.length === 0) bytes.push(byte);
    }
    return Uint8Array.from(cutAt === undefined ? bytes : bytes.slice(0, cutAt % (bytes.length + 1)));
  });

const scripts: fc.Arbitrary<Script> = fc.record({
  pieces: fc.array(fc.oneof({ arbitrary: mutated, weight: 3 }, { arbitrary: fc.uint8Array({ maxLength: 200 }), weight: 1 }), {
    maxLength: 4,
  }),
  // Those that stay open cost the whole deadline each.
  end: fc.constantFrom("close", "close", "close", "close", "reset", "reset", "reset", "stay"),
});

it("ends with a verdict by the deadline and throws nothing, whatever bytes come", { timeout: 60_000 }, async () => {
  const tools = makeTools(ca, { deadlineMs, slowMs: 5_000 });
  try {
    await fc.assert(
      fc.asyncProperty(
        scripts,
        fc.constantFrom("http" as const, "https" as const),
        fc.boolean(),
        async (one, scheme, proxied) => {
          script = one;
          const endpoint = makeEndpoint(server.port, scheme);
          const findProxy = proxied ? () => ({ host: "127.0.0.1", port: server.port }) : undefined;
          const hooks = { signal: new AbortController().signal, progress: () => undefined };
          const attempt = await probeOnce(endpoint, { ...tools, findProxy }, hooks);
          expect(attempt).toBeDefined();
          const { failure, totalMs, ownDelayMs } = attempt!;
          if (failure) expect(isReason(failure.reason)).toBe(true);
          // Nobody here has the certificate: over TLS nothing may pass.
          else expect(scheme).toBe("http");
          expect(totalMs).toBeLessThan(deadlineMs + graceMs + ownDelayMs);
        },
      ),
      { numRuns: 250 },
    );
  } finally {
    tools.lag.stop();
  }
});
