import { z } from "zod";
import type { SettingMeta } from "../../platform/schema-walk.ts";

/** Whom certificates of signers are believed of. Without it, what the document system says of a certificate is all that is known. */
export const certificateSettings = z
  .strictObject({
    /** Roots that are trusted, PEM. No other is, whatever the machine trusts. */
    anchors: z
      .string()
      .min(1)
      .meta({ file: true, words: { vi: "tệp PEM các chứng thư gốc", en: "PEM file of the roots" } } satisfies SettingMeta),
    /** Intermediates, PEM. */
    authorities: z
      .string()
      .min(1)
      .optional()
      .meta({
        file: true,
        words: { vi: "tệp PEM các chứng thư trung gian", en: "PEM file of the intermediates" },
      } satisfies SettingMeta),
    /** A file or a folder of revocation lists (.crl, .pem). */
    revocationLists: z
      .string()
      .min(1)
      .meta({
        words: { vi: "tệp hoặc thư mục danh sách thu hồi (.crl, .pem)", en: "file or folder of revocation lists (.crl, .pem)" },
      } satisfies SettingMeta),
    /** Whose certificates must have been checked here before they count; of others the document system's word is enough. */
    required: z.array(z.enum(["people", "seals"])).default(["people", "seals"]),
    /** Where the certificates lie that `certificates check` looks at when none are named. */
    folder: z
      .string()
      .min(1)
      .optional()
      .meta({
        words: { vi: "thư mục các chứng thư cần kiểm", en: "folder of the certificates to check" },
      } satisfies SettingMeta),
    /** A second source of revocation: responders that may be asked over the network, and no others. */
    ocsp: z
      .strictObject({
        /** `http://ocsp.ca.gov.vn`; where a certificate names one of them it is asked, else the first. */
        responders: z.array(z.url({ protocol: /^http$/ })).min(1),
        /** PEM of a responder's own certificate, where the issuer has not signed it. */
        trusted: z
          .string()
          .min(1)
          .optional()
          .meta({
            file: true,
            words: { vi: "tệp PEM chứng thư của máy trả lời OCSP", en: "PEM file of the responder's certificate" },
          } satisfies SettingMeta),
        deadlineMs: z.int().min(100).max(60_000).default(5000),
      })
      .optional(),
    /** Days before its end from which a certificate is said to end soon. */
    soonDays: z.int().positive().default(30),
    /** What the issuer of certificates for public service is called; one of them is enough. */
    stateIssuers: z.array(z.string().min(1)).min(1).default(["Ban Cơ yếu Chính phủ", "Cục Chứng thực số và Bảo mật thông tin"]),
  })
  .optional();

export type CertificateSettings = NonNullable<z.output<typeof certificateSettings>>;
