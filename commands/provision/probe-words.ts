import { both, type Words } from "../../src/platform/words.ts";
import { nameAttribute } from "../../src/provision/attribute-words.ts";
import type { Profile } from "../../src/provision/profile.ts";

type FactKey = Exclude<keyof Profile, "schema" | "system" | "url" | "probedAt" | "wrote">;

const titles: Readonly<Record<FactKey, Words>> = {
  described: { vi: "tự mô tả (ServiceProviderConfig)", en: "describes itself (ServiceProviderConfig)" },
  pageSize: { vi: "số tài khoản tối đa một trang", en: "most accounts on a page" },
  paging: { vi: "cách lật trang", en: "paging" },
  filter: { vi: "tìm theo điều kiện", en: "filters" },
  caseExactNames: { vi: "tìm tên phân biệt hoa thường", en: "filters by name are case-exact" },
  notHeld: { vi: "thuộc tính không ghi hoặc không đọc lại được", en: "attributes that cannot be written or read back" },
  absentActive: { vi: "không ghi 'active' nghĩa là đang mở", en: "an absent 'active' means active" },
  ifMatch: { vi: "có phiên bản cho If-Match", en: "keeps versions for If-Match" },
  ifMatchHeld: { vi: "từ chối If-Match đã cũ", en: "refuses a stale If-Match" },
  patch: { vi: "sửa từng phần (PATCH)", en: "PATCH" },
  patchStatus: { vi: "mã trả lời PATCH", en: "status of PATCH" },
  put: { vi: "ghi lại toàn bộ (PUT)", en: "PUT of the whole account" },
  disable: { vi: "khóa tài khoản", en: "disabling" },
  duplicateStatus: { vi: "mã trả lời khi trùng tên", en: "status of a taken name" },
  uniqueNames: { vi: "không cho trùng tên", en: "refuses a taken name" },
  uniqueExternalIds: { vi: "không cho trùng mã liên kết", en: "refuses a taken external id" },
  keepsExternalId: { vi: "giữ nguyên mã liên kết", en: "keeps the external id" },
  keepsUserName: { vi: "giữ nguyên tên đăng nhập", en: "keeps the user name" },
  idFrom: { vi: "mã tài khoản mới lấy từ", en: "a new account's id comes from" },
  answersAsStored: { vi: "trả lời khi tạo đúng như đã lưu", en: "the answer to a create shows what was stored" },
  bulk: { vi: "số tài khoản tạo được trong một yêu cầu (0: không dùng)", en: "accounts made in one request (0: not used)" },
  remove: { vi: "xóa tài khoản thử", en: "removing test accounts" },
};

export const probeFacts: readonly { readonly key: FactKey; readonly title: Words }[] = (
  Object.entries(titles) as [FactKey, Words][]
).map(([key, title]) => ({ key, title }));

const answers: Readonly<Record<string, Words>> = {
  true: { vi: "có", en: "yes" },
  false: { vi: "không", en: "no" },
  null: { vi: "chưa rõ", en: "not known" },
  works: { vi: "được", en: "works" },
  refused: { vi: "bị từ chối", en: "refused" },
  ignored: { vi: "bị bỏ qua", en: "ignored" },
  keeps: { vi: "giữ đủ", en: "keeps everything" },
  loses: { vi: "mất dữ liệu", en: "loses data" },
  index: { vi: "theo số thứ tự", en: "by index" },
  cursor: { vi: "theo con trỏ", en: "by cursor" },
  body: { vi: "nội dung trả lời", en: "the answer" },
  location: { vi: "Location", en: "Location" },
  none: { vi: "phải tìm lại", en: "looking it up" },
};

export function describeAnswer(answer: Profile[FactKey]): Words {
  if (Array.isArray(answer)) {
    if (answer.length === 0) return { vi: "không có", en: "none" };
    return both((lang) => answer.map((key) => nameAttribute(key)[lang]).join(", "));
  }
  return answers[String(answer)] ?? { vi: String(answer), en: String(answer) };
}
