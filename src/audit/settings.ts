import { z } from "zod";
import type { SettingMeta } from "../platform/schema-walk.ts";

/** How the log is signed, and whom its signatures are believed of. Without a key the log is chained all the same, and unsigned. */
export const auditSettings = z
  .strictObject({
    /** A private key of OpenSSH, or a public one whose private half is in ssh-agent or on a token. */
    key: z
      .string()
      .min(1)
      .optional()
      .meta({
        file: true,
        words: {
          vi: "tệp khóa SSH để ký nhật ký; khóa công khai nếu khóa riêng nằm trong ssh-agent hoặc token",
          en: "SSH key file that signs the log; the public one where the private half is in ssh-agent or on a token",
        },
      } satisfies SettingMeta),
    /** Who signs, as it stands in allowed_signers. */
    identity: z
      .string()
      .regex(/^[A-Za-z0-9._@+-]+$/)
      .default("log@ward")
      .meta({
        words: { vi: "tên người ký trong allowed_signers", en: "the signer's name in allowed_signers" },
      } satisfies SettingMeta),
    signers: z.string().min(1).default("allowed_signers"),
    /** Key revocation list (KRL); looked at where the file is there. */
    revoked: z.string().min(1).default("revoked.krl"),
    /** Older than this, the newest checkpoint no longer shows that the log is looked after. */
    staleAfterHours: z.int().positive().default(48),
  })
  .prefault({});

export type AuditSettings = z.output<typeof auditSettings>;
