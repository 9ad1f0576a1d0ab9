import { startScimPeer } from "../support/scim-peer.ts";

/** The server of `apply` in a process of its own: `reset` empties it, every message is answered with how many accounts it holds. */
const peer = await startScimPeer();
process.on("message", (message) => {
  if (message === "reset") peer.accounts.clear();
  process.send?.({ count: peer.accounts.size });
});
process.on("disconnect", () => process.exit());
process.send?.({ url: peer.url, token: peer.token });
