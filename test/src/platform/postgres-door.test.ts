import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { openPostgres } from "../../../src/platform/postgres.ts";

/** Answers the wish for encryption (PostgreSQL 15, §55.2.10) with these bytes and hangs up. */
async function startDoor(answer: string): Promise<{ readonly port: number; close(): void }> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as { port: number }).port, close: () => server.close() };
}

it.each([
  ["N", "the server does not encrypt the line (TLS)"],
  ["HTTP/1.1 400 Bad Request\r\n\r\n", "what answers at this address is no PostgreSQL"],
])("what answers %j when encryption is asked for is told as that, and is no bug", async (answer, told) => {
  const door = await startDoor(answer);
  const url = `postgresql://lan:secret@127.0.0.1:${door.port}/tp?schema=hue&sslmode=verify-full`;
  const opened = openPostgres(url, [], () => "2025-07-03T16:30:00+07:00");
  await expect(opened).rejects.toMatchObject({ kind: "unavailable", words: { en: expect.stringContaining(told) } });
  door.close();
});
