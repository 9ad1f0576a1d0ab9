import type { Words } from "../platform/words.ts";

/** What a difficulty is about (domain.md §10). */
export const categories = ["infrastructure", "software", "accounts", "procedures", "people", "guidance"] as const;
export type Category = (typeof categories)[number];

/**
 * The groups of difficulties that the Prime Minister's dispatch 111/CĐ-TTg of 17/7/2025 asks to be told apart: (1) technical infrastructure;
 * (2) systems and data; (3) institutions, procedures, people; (4) guidance and communication.
 */
export const groups = [1, 2, 3, 4] as const;
export type Group = (typeof groups)[number];

const groupOf: Readonly<Record<Category, Group>> = {
  infrastructure: 1,
  software: 2,
  accounts: 2,
  procedures: 3,
  people: 3,
  guidance: 4,
};

export function toGroup(category: Category): Group {
  return groupOf[category];
}

/** The first part of a failure code and what it is about: the families of domain.md §10, those of readiness, and those of reports (`W-…`) and evidence. */
const families: Readonly<Record<string, Category>> = {
  ACC: "accounts",
  DEL: "accounts",
  SIG: "accounts",
  ISS: "accounts",
  EVID: "accounts",
  SYNC: "software",
  PAY: "software",
  HTTP: "software",
  TLS: "software",
  AUTH: "software",
  CANARY: "software",
  QUEUE: "software",
  SERVICE: "software",
  RT: "software",
  PROXY: "infrastructure",
  EXT: "software",
  W: "software",
  E: "software",
  NET: "infrastructure",
  NAME: "infrastructure",
  EQUIP: "infrastructure",
  PROC: "procedures",
  PEOPLE: "people",
  PER: "people",
  CONTACT: "people",
  GUIDE: "guidance",
};

export const codeFamilies: readonly string[] = Object.keys(families);

/** Capitals and figures in parts, the first one a family that is known: `NET-TIMEOUT`, `PAY-CALLBACK`. */
export function isFailureCode(text: string): boolean {
  return /^[A-Z]+(-[A-Z0-9]+)+$/.test(text) && Object.hasOwn(families, text.split("-", 1)[0] as string);
}

export function findCategory(code: string): Category | undefined {
  const family = code.split("-", 1)[0] as string;
  return Object.hasOwn(families, family) ? families[family] : undefined;
}

export const categoryWords: Readonly<Record<Category, Words>> = {
  infrastructure: { vi: "Hạ tầng kỹ thuật", en: "Infrastructure" },
  software: { vi: "Phần mềm, dữ liệu", en: "Software and data" },
  accounts: { vi: "Tài khoản, chữ ký số", en: "Accounts and signatures" },
  procedures: { vi: "Thủ tục, quy trình", en: "Procedures" },
  people: { vi: "Nhân lực", en: "People" },
  guidance: { vi: "Hướng dẫn, truyền thông", en: "Guidance" },
};

export const groupWords: Readonly<Record<Group, Words>> = {
  1: { vi: "Hạ tầng kỹ thuật", en: "Technical infrastructure" },
  2: { vi: "Hệ thống, dữ liệu", en: "Systems and data" },
  3: { vi: "Thể chế, thủ tục, con người", en: "Institutions, procedures, people" },
  4: { vi: "Hướng dẫn, truyền thông", en: "Guidance and communication" },
};
