import { z } from "zod";
import { unitCodeShape } from "../directory/unit.ts";
import { recipientShape } from "../platform/age.ts";
import type { SettingMeta } from "../platform/schema-walk.ts";

/** A private key pasted here by mistake must not come back in the complaint: `custom` faults repeat no value. */
const recipient = z.string().superRefine((value, { addIssue }) => {
  if (recipientShape.test(value)) return;
  const words = {
    vi: "cần khóa công khai age của người giữ phiếu (age1…)",
    en: "the custodian's public age key is needed (age1…)",
  };
  addIssue({ code: "custom", message: words.en, params: { words }, input: undefined });
});

const systemPolicy = z.strictObject({
  /**
   * `none`: federated sign-in. `link`: the system mails a link by which its owner sets a password; who has no mailbox gets a slip. `temporary`: a password
   * is set with the account and handed out sealed.
   */
  policy: z.enum(["none", "link", "temporary"]),
  /** From sealing or sending; a first password's end the system itself has to enforce. */
  expiryHours: z.number().int().positive().max(8760).default(168),
  /** Where people sign in, for the slip. */
  address: z.url({ protocol: /^https?$/ }).optional(),
});

export const credentialsSettings = z
  .strictObject({
    systems: z.record(z.string(), systemPolicy).default({}),
    /** Who has not signed in so many days after the slip was made is shown, and a plan to disable the account is offered. */
    unclaimedDays: z.number().int().positive().max(365).default(7),
    /** Unit code to the custodian's recipient. */
    custodians: z.record(z.string().regex(unitCodeShape), recipient).default({}),
    /** The same as a CSV with the columns `unit` and `recipient`. */
    custodiansFile: z
      .string()
      .min(1)
      .optional()
      .meta({ file: true } satisfies SettingMeta),
  })
  .prefault({});

export type CredentialsSettings = z.output<typeof credentialsSettings>;
