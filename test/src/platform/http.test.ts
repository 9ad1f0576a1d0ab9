import type { IncomingMessage, ServerResponse } from "node:http";
import { type AddressInfo, createServer as createPlainServer, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createHttpClient, type HttpClient } from "../../../src/platform/http.ts";
import { serve } from "../../support/serve.ts";

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function start(answer: (request: IncomingMessage, response: ServerResponse, body: string) => void): Promise<string> {
  const { url, stop } = await serve(answer);
  stops.push(stop);
  return url;
}

async function open(options: Parameters<typeof createHttpClient>[0] = {}): Promise<HttpClient> {
  const client = await createHttpClient(options);
  stops.push(() => client.close());
  return client;
}

describe("a request", () => {
  it("asks for an answer that is not packed", async () => {
    const url = await start((request, response) => {
      const packs = /gzip|\*/.test(String(request.headers["accept-encoding"] ?? "*"));
      response.writeHead(200, packs ? { "content-encoding": "gzip" } : {}).end(packs ? gzipSync("đủ") : "đủ");
    });
    expect((await (await open()).send({ method: "GET", url })).body).toBe("đủ");
  });

  it("carries method, path, headers and body, and brings status, headers and text", async () => {
    const url = await start((request, response, body) => {
      response.writeHead(201, { "X-Two": ["a", "b"], "Set-Cookie": ["s=1, 2; Path=/", "t=3"] });
      response.end(`${request.method} ${request.url} ${request.headers["x-who"]} ${body}`);
    });
    const client = await open();
    const answer = await client.send({
      method: "POST",
      url: `${url}/Users?filter=a%20b#part`,
      headers: { "x-who": "me" },
      body: "Nguyễn",
    });
    expect(answer).toMatchObject({
      status: 201,
      body: "POST /Users?filter=a%20b me Nguyễn",
      setCookies: ["s=1, 2; Path=/", "t=3"],
    });
    expect(answer.headers).toMatchObject({ "x-two": "a, b" });
  });

  it("reads letters that arrive in two pieces, and no byte-order mark", async () => {
    const bytes = Buffer.from("\uFEFFĐặng Đình Đức");
    const url = await start((_request, response) => {
      response.write(bytes.subarray(0, 5));
      setImmediate(() => response.end(bytes.subarray(5)));
    });
    const { body, setCookies } = await (await open()).send({ method: "GET", url });
    expect([body, setCookies]).toEqual(["Đặng Đình Đức", []]);
  });

  it("follows no redirect, and takes 1xx for no answer", async () => {
    const url = await start((_request, response) => {
      response.writeProcessing();
      response.writeHead(302, { location: "http://elsewhere.example/" }).end();
    });
    expect(await (await open()).send({ method: "GET", url })).toMatchObject({ status: 302, body: "" });
  });

  it("is over when its time is, even while the body drips in", async () => {
    const url = await start((_request, response) => {
      const drip = setInterval(() => response.write("."), 20);
      response.on("close", () => clearInterval(drip));
    });
    const client = await open({ deadlineMs: 150 });
    await expect(client.send({ method: "GET", url })).rejects.toMatchObject({
      kind: "unavailable",
      words: { en: expect.stringMatching(/did not answer within 150 ms$/) },
    });
  });

  it("that waited for a connection until its time was over is never sent", async () => {
    const urls: string[] = [];
    const held: ServerResponse[] = [];
    const url = await start((request, response) => {
      urls.push(request.url ?? "");
      if (request.url === "/slow") held.push(response);
      else response.end();
    });
    const client = await open({ deadlineMs: 100, connections: 1 });
    const sent = await Promise.allSettled(
      ["/slow", "/late"].map((path) => client.send({ method: "POST", url: `${url}${path}` })),
    );
    expect(sent.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    for (const response of held) response.end();
    expect((await client.send({ method: "GET", url: `${url}/after` })).status).toBe(200);
    expect(urls).toEqual(["/slow", "/after"]);
  });

  it("gives each its whole time: one that began later is not ended with an earlier one", async () => {
    let later: Promise<unknown> | undefined;
    const url = await start((request, response) => {
      if (request.url === "/later") setTimeout(() => response.end("in time"), 450);
    });
    const client = await open({ deadlineMs: 600 });
    const first = client.send({ method: "GET", url: `${url}/never` });
    const started = new Promise<void>((done) =>
      setTimeout(() => {
        later = client.send({ method: "GET", url: `${url}/later` });
        done();
      }, 300),
    );
    await expect(first).rejects.toMatchObject({ kind: "unavailable" });
    await started;
    expect(await later).toMatchObject({ body: "in time" });
  });

  it("is cancelled by its signal, before it begins and while it waits", async () => {
    const url = await start(() => undefined);
    const client = await open();
    await expect(client.send({ method: "GET", url, signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: "cancelled" });
    const stop = new AbortController();
    const sent = client.send({ method: "GET", url, signal: stop.signal });
    setTimeout(() => stop.abort(), 30);
    await expect(sent).rejects.toMatchObject({ kind: "cancelled" });
  });

  it("fails as unavailable when nobody listens, the line breaks, or the answer is too large", async () => {
    const plain = createPlainServer((socket: Socket) => socket.destroy());
    await new Promise<void>((ready) => plain.listen(0, "127.0.0.1", ready));
    const { port } = plain.address() as AddressInfo;
    const client = await open({ maxBodyBytes: 1000 });
    await expect(client.send({ method: "GET", url: `http://127.0.0.1:${port}` })).rejects.toMatchObject({ kind: "unavailable" });
    await new Promise((done) => plain.close(done));
    await expect(client.send({ method: "GET", url: `http://127.0.0.1:${port}` })).rejects.toMatchObject({
      kind: "unavailable",
      words: { en: expect.stringContaining("ECONNREFUSED") },
    });
    const url = await start((_request, response) => response.end("x".repeat(2000)));
    await expect(client.send({ method: "GET", url })).rejects.toMatchObject({ kind: "unavailable" });
  });
});
