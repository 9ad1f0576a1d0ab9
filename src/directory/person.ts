import type { IsoDate } from "./unit.ts";

/** domain.md §4: the class decides when an account must end and in which capacity somebody can sign. */
export type StaffClass =
  | "can_bo"
  | "cong_chuc"
  | "vien_chuc"
  | "hop_dong"
  | "khong_chuyen_trach"
  | "biet_phai"
  | "buu_chinh"
  | "ky_thuat_ngoai";

/** A member of staff. The staff id is the key everywhere: text, leading zeros kept, never reused. Never the name. */
export interface Person {
  readonly staffId: string;
  readonly fullName: string;
  readonly staffClass: StaffClass;
  readonly birthDate?: IsoDate;
  readonly email?: string;
}

/** Somebody holds a position in a unit's department from a day on, up to and without `to`. */
export interface Post {
  readonly staffId: string;
  readonly unit: string;
  /** Department key; undefined for those who lead the unit itself. */
  readonly department?: string;
  /** Position key. */
  readonly position: string;
  readonly from: IsoDate;
  readonly to?: IsoDate;
}
