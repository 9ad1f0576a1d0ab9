import { both, type Catalogue, type Words } from "../platform/words.ts";
import type { Membership, MembershipKind } from "./account.ts";

const kindNames: Readonly<Record<MembershipKind, Words>> = {
  role: { vi: "vai trò", en: "role" },
  group: { vi: "nhóm", en: "group" },
};

/** `role doc.read`. Undefined for what is no role and no group. */
export function nameMembership(text: string): Words | undefined {
  const [kind, name] = [text.slice(0, text.indexOf(":")), text.slice(text.indexOf(":") + 1)];
  if (kind !== "role" && kind !== "group") return undefined;
  return both((lang) => `${kindNames[kind][lang]} ${name}`);
}

export function formatMembership(membership: Membership, lang: "vi" | "en"): string {
  return nameMembership(membership)?.[lang] ?? membership;
}

/** What is wrong with roles and groups in wardctl.yaml. */
export const entitlementFaults = {
  givesSigning: (system: string) => ({
    vi: `quyền ký trên ${system} không cấp ở đây: dùng wardctl delegate grant`,
    en: `this lets its holder sign on ${system} and is not given here: use wardctl delegate grant`,
  }),
  noSuchKind: (system: string, kind: MembershipKind) => ({
    vi: `wardctl không ghi được ${kindNames[kind].vi} trên ${system}`,
    en: `wardctl cannot give a ${kindNames[kind].en} on ${system}`,
  }),
  noSuchRole: (system: string, near: string | undefined) => ({
    vi: `${system} không có vai trò này${near === undefined ? "" : `; có phải ${near}?`}`,
    en: `${system} has no such role${near === undefined ? "" : `; did you mean ${near}?`}`,
  }),
} satisfies Catalogue;
