import type { Catalogue } from "../platform/words.ts";
import type { ScopeKind } from "./fault-facts.ts";

const scopeNames: Readonly<Record<ScopeKind, { readonly vi: string; readonly en: string }>> = {
  unit: { vi: "một mã đơn vị", en: "a unit's code" },
  carrier: { vi: "nhà mạng (VNPT, VNPT/half)", en: "a carrier (VNPT, VNPT/half)" },
  system: { vi: "một hệ thống", en: "a system" },
};

const nameScopes = (scopes: readonly ScopeKind[], lang: "vi" | "en"): string =>
  scopes.map((scope) => scopeNames[scope][lang]).join(lang === "vi" ? " hoặc " : " or ");

export const scriptWords = {
  noFault: (name: string, nearest: string | undefined, names: readonly string[]) => ({
    vi: `không có sự cố '${name}'${nearest ? `, có phải '${nearest}'?` : `; có: ${names.join(", ")}`}`,
    en: `there is no fault '${name}'${nearest ? ` (did you mean '${nearest}'?)` : `; there are: ${names.join(", ")}`}`,
  }),
  badScope: (fault: string, scope: string, scopes: readonly ScopeKind[]) => ({
    vi: `${fault} không đặt được ở '${scope}'; cần ${nameScopes(scopes, "vi")}: ${fault}=…`,
    en: `${fault} cannot be put on '${scope}': it takes ${nameScopes(scopes, "en")}, ${fault}=…`,
  }),
  notInCity: (scope: string) => ({
    vi: `'${scope}' không có trong thành phố của kịch bản này (city)`,
    en: `'${scope}' is no part of this script's city (city)`,
  }),
  noDay: (text: string) => ({ vi: `không có ngày '${text}'`, en: `there is no day '${text}'` }),
  tooEarly: (text: string) => ({
    vi: `các đơn vị này có từ 01/7/2025; ngày '${text}' sớm hơn (đợt thử tháng 6 chạy theo đồng hồ của ngày khai trương)`,
    en: `these units exist from 2025-07-01 on; '${text}' is earlier (a trial of June runs on the clock of the opening day)`,
  }),
  endBeforeStart: (to: string, from: string) => ({
    vi: `to '${to}' không sau from '${from}'`,
    en: `to '${to}' is not after from '${from}'`,
  }),
  outsideDay: (at: string, from: string, to: string) => ({
    vi: `'${at}' ở ngoài khoảng ${from}–${to}`,
    en: `'${at}' lies outside ${from}–${to}`,
  }),
  untilBefore: (until: string, at: string) => ({
    vi: `until '${until}' không sau at '${at}'`,
    en: `until '${until}' is not after at '${at}'`,
  }),
  noUntil: (fault: string) => ({
    vi: `${fault} không tự hết: nhóm khắc phục bằng wardctl, nên không có until`,
    en: `${fault} does not go by itself: the team mends it with wardctl, so it has no until`,
  }),
  noProvince: (code: string) => ({ vi: `không có tỉnh, thành phố '${code}'`, en: `there is no province '${code}'` }),
  noUnit: (code: string, province: string) => ({
    vi: `'${code}' không phải đơn vị của tỉnh ${province}`,
    en: `'${code}' is no unit of province ${province}`,
  }),
  tooMany: (count: number, has: number) => ({
    vi: `tỉnh này có ${has} đơn vị, không đủ ${count}`,
    en: `that province has ${has} units, not ${count}`,
  }),
  twice: (fault: string, line: string) => ({
    vi: `${fault} đã có lúc ${line}; cùng một sự cố chỉ đặt một lần`,
    en: `${fault} is there already, at ${line}; the same fault comes once`,
  }),
  onlyWardctl: (fault: string) => ({
    vi: `${fault} do nhóm tự khắc phục bằng wardctl: by phải là wardctl`,
    en: `${fault} is the team's to mend with wardctl: by must be wardctl`,
  }),
  notWardctl: (fault: string) => ({
    vi: `${fault} không khắc phục được bằng wardctl: by phải là bên chịu trách nhiệm`,
    en: `${fault} cannot be mended with wardctl: by must name whose it is`,
  }),
  noScript: (name: string, names: readonly string[]) => ({
    vi: `không có kịch bản '${name}'; có: ${names.join(", ")}, hoặc tên một tệp .yaml`,
    en: `there is no script '${name}'; there are: ${names.join(", ")}, or the name of a .yaml file`,
  }),
} satisfies Catalogue;
