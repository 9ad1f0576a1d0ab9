import type { Entitlements, MembershipTemplate } from "../provision/entitlements.ts";

/** What people of the city may do on its documents and dossiers systems; the other systems give accounts and nothing else. */
const everybody: Readonly<Record<string, MembershipTemplate>> = {
  documents: { roles: ["doc.read"] },
  dossiers: {},
  feedback: {},
  video: {},
  directory: {},
};

const leader = { documents: { roles: ["doc.assign"] }, dossiers: { roles: ["dossier.approve"] } };
const departmentHead = {
  documents: { roles: ["doc.draft", "doc.review"] },
  dossiers: { roles: ["dossier.process", "dossier.review"] },
};
const centre = {
  documents: { roles: ["doc.draft"] },
  dossiers: { roles: ["dossier.assign", "dossier.receive", "dossier.return"], groups: ["unit:${unit_code}:center"] },
};

/** The templates of the rehearsal's wardctl.yaml. What lets somebody sign is `delegate`'s to give. */
export const cityTemplates: Pick<Entitlements, "classes" | "positions" | "signing"> = {
  classes: { can_bo: everybody, cong_chuc: everybody, khong_chuyen_trach: everybody },
  positions: {
    "chu-tich": { systems: leader, forbidWith: [] },
    "pho-chu-tich": { systems: leader, forbidWith: [] },
    "chanh-van-phong": { systems: departmentHead, forbidWith: [] },
    "truong-phong": { systems: departmentHead, forbidWith: [] },
    "van-thu": {
      systems: { documents: { roles: ["doc.number", "doc.route"] } },
      functional: ["vp/clerk"],
      forbidWith: [],
    },
    "giam-doc-trung-tam": { systems: centre, forbidWith: [] },
    "chuyen-vien": {
      systems: { documents: { roles: ["doc.draft"] }, dossiers: { roles: ["dossier.process", "dossier.receive"] } },
      forbidWith: [],
    },
  },
  signing: { documents: { roles: ["doc.sign.kt", "doc.sign.tl", "doc.sign.tuq"] } },
};
