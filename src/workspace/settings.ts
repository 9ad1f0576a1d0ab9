import { z } from "zod";
import { auditSettings } from "../audit/settings.ts";
import { delegationSettings } from "../delegation/settings.ts";
import { directorySettings } from "../directory/settings.ts";
import { provinceCodeShape, unitCodeShape } from "../directory/unit.ts";
import { handbookSettings } from "../handbook/settings.ts";
import { healthSettings } from "../health/settings.ts";
import type { SettingMeta } from "../platform/schema-walk.ts";
import { provisionSettings } from "../provision/settings.ts";
import { readinessSettings } from "../readiness/settings.ts";
import { recordsSettings } from "../records/settings.ts";
import { reportsSettings } from "../reports/settings.ts";
import { storeSettings } from "./store-settings.ts";
import { suggestProvince, suggestUnit } from "./suggest-code.ts";

const unitCode = z
  .string()
  .regex(unitCodeShape)
  .meta({
    words: { vi: 'mã đơn vị năm chữ số trong nháy, ví dụ "19777"', en: 'a five-digit unit code in quotes, such as "19777"' },
    suggest: suggestUnit,
  } satisfies SettingMeta);

/** wardctl.yaml as a whole. Unknown keys are refused everywhere. One line a room. */
export const settingsSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .meta({
      words: { vi: "tên của nhóm hay thành phố, ví dụ Huế", en: "what the team or city calls itself, such as Huế" },
    } satisfies SettingMeta),
  province: z
    .string()
    .regex(provinceCodeShape)
    .meta({
      words: { vi: 'mã tỉnh hai chữ số trong nháy, ví dụ "46"', en: 'a two-digit province code in quotes, such as "46"' },
      suggest: suggestProvince,
    } satisfies SettingMeta),
  units: z
    .union([z.literal("all"), z.array(unitCode).min(1)])
    .default("all")
    .meta({
      words: {
        vi: "all (mọi đơn vị của tỉnh) hoặc một danh sách mã đơn vị",
        en: "all (every unit of the province) or a list of unit codes",
      },
    } satisfies SettingMeta),
  alsoUnits: z
    .array(unitCode)
    .default([])
    .meta({
      words: { vi: "danh sách mã đơn vị của tỉnh khác", en: "a list of codes of units outside the province" },
    } satisfies SettingMeta),
  lang: z
    .enum(["vi", "en"])
    .optional()
    .meta({ words: { vi: "ngôn ngữ: vi hoặc en", en: "the language: vi or en" } } satisfies SettingMeta),
  timezone: z
    .literal("Asia/Ho_Chi_Minh")
    .default("Asia/Ho_Chi_Minh")
    .meta({ words: { vi: "múi giờ", en: "the time zone" } } satisfies SettingMeta),
  operator: z
    .string()
    .min(1)
    .optional()
    .meta({
      words: {
        vi: "tên người đang làm, để ghi nhật ký (không có thì lấy người dùng của máy)",
        en: "the name of who is at work, for the audit log (the machine's user without it)",
      },
    } satisfies SettingMeta),
  store: storeSettings,
  directory: directorySettings,
  provision: provisionSettings,
  delegate: delegationSettings,
  check: healthSettings,
  records: recordsSettings,
  report: reportsSettings,
  ready: readinessSettings,
  audit: auditSettings,
  handbook: handbookSettings,
});

export type Settings = z.output<typeof settingsSchema>;
