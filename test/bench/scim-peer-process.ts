import { startScimPeer } from "../support/scim-peer.ts";

/**
 * A server of `apply` in a process of its own: `reset` empties it, every message is answered with how many accounts it holds. With a figure,
 * it takes so many creates a second at most, one after the other, however many are sent at a time.
 */
const [rate] = process.argv.slice(2);
const peer = await startScimPeer(rate === undefined ? undefined : { createsPerSecond: Number(rate) });
process.on("message", (message) => {
  if (message === "reset") peer.accounts.clear();
  process.send?.({ count: peer.accounts.size });
});
process.on("disconnect", () => process.exit());
process.send?.({ url: peer.url, token: peer.token });
