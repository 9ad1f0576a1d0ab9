import { ownerNames as signingOwners } from "../delegation/deny-codes.ts";
import type { Words } from "../platform/words.ts";

/** Who mends it. Scripts bind to the keys; people read the names. */
export const ownerNames = {
  ...signingOwners,
  carrier: { vi: "nhà mạng, tổ mạng", en: "carrier, network team" },
  "system-owner": { vi: "đơn vị vận hành hệ thống", en: "whoever runs the system" },
} satisfies Record<string, Words>;

export type OwnerKey = keyof typeof ownerNames;
