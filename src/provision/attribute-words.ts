import type { StaffClass } from "../directory/person.ts";
import { both, verbatim, type Words } from "../platform/words.ts";
import type { Move } from "./compare-operation.ts";
import { nameMembership } from "./membership-words.ts";
import { classNames } from "./roster-words.ts";

const attributeNames: Readonly<Record<string, Words>> = {
  account: { vi: "tài khoản", en: "account" },
  userName: { vi: "tên đăng nhập", en: "user name" },
  displayName: { vi: "tên hiển thị", en: "display name" },
  formattedName: { vi: "họ và tên", en: "full name" },
  givenName: { vi: "tên gọi", en: "given name" },
  title: { vi: "chức vụ", en: "position" },
  userType: { vi: "loại", en: "class" },
  employeeNumber: { vi: "mã NV", en: "staff id" },
  unit: { vi: "đơn vị", en: "unit" },
  department: { vi: "phòng ban", en: "department" },
  email: { vi: "thư điện tử", en: "e-mail" },
  phone: { vi: "điện thoại", en: "phone" },
  externalId: { vi: "mã liên kết", en: "external id" },
  active: { vi: "đang mở", en: "active" },
  owner: { vi: "người phụ trách", en: "owner" },
};

export function nameAttribute(attribute: string): Words {
  return attributeNames[attribute] ?? nameMembership(attribute) ?? { vi: attribute, en: attribute };
}

/** `cong_chuc` is for programs; people read `công chức`. */
export function showValue(attribute: string, value: string): Words {
  return (attribute === "userType" ? classNames[value as StaffClass] : undefined) ?? verbatim(value);
}

/** `loại: công chức → viên chức`. */
export function describeMove({ attribute, from, to }: Move): Words {
  return both(
    (lang) => `${nameAttribute(attribute)[lang]}: ${showValue(attribute, from)[lang]} → ${showValue(attribute, to)[lang]}`,
  );
}

export function describeMoves(moves: readonly Move[]): Words {
  return both((lang) =>
    moves
      .map(
        ({ attribute, from, to }) =>
          `${nameAttribute(attribute)[lang]} ${showValue(attribute, from)[lang]} → ${showValue(attribute, to)[lang]}`,
      )
      .join(", "),
  );
}
