import { ownerNames as signingOwners } from "../delegation/deny-codes.ts";
import type { Words } from "../platform/words.ts";

/** Who mends it. Scripts bind to the keys; people read the names. */
export const ownerNames = {
  ...signingOwners,
  carrier: { vi: "nhà mạng, tổ mạng", en: "carrier, network team" },
  "system-owner": { vi: "đơn vị vận hành hệ thống", en: "whoever runs the system" },
} satisfies Record<string, Words>;

/** Who exactly where that is known, else the kind of owner. */
export function nameOwner({ owner, ownerName }: { readonly owner: OwnerKey; readonly ownerName?: Words | undefined }): Words {
  return ownerName ?? ownerNames[owner];
}

export type OwnerKey = keyof typeof ownerNames;
