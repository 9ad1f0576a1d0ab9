import type { Instant } from "../platform/clock.ts";
import { formatCount, formatDate, formatDateTime } from "../platform/format.ts";
import { readInstant, vietnamZone } from "../platform/time.ts";
import { both, type Catalogue, type Words } from "../platform/words.ts";

const day = (date: string): Words => both((lang) => formatDate(readInstant(date, vietnamZone) as Instant, vietnamZone, lang));
const moment = (at: Instant): Words => both((lang) => formatDateTime(at, vietnamZone, lang));
const size = (megabytes: number): Words =>
  both((lang) => (megabytes < 1_024 ? `${megabytes} MB` : `${formatCount(Math.floor(megabytes / 1_024), lang)} GB`));

export const machineWords = {
  node: (version: string, platform: string) => ({
    vi: `Node.js ${version} trên ${platform}`,
    en: `Node.js ${version} on ${platform}`,
  }),
  sqlite: (version: string) => ({ vi: `SQLite ${version}`, en: `SQLite ${version}` }),
  ssh: (version: string) => ({ vi: `${version}: ký và kiểm nhật ký được`, en: `${version}: logs can be signed and checked` }),
  oldSsh: (version: string) => ({
    vi: `${version}: quá cũ, hiểu sai giờ có Z trong allowed_signers`,
    en: `${version}: too old, it misreads times with Z in allowed_signers`,
  }),
  noSsh: {
    vi: "chưa có OpenSSH: không ký, không kiểm được chữ ký của nhật ký",
    en: "no OpenSSH: logs are neither signed nor their signatures checked",
  },
  installSsh: { vi: "cài OpenSSH 9.1 trở lên", en: "install OpenSSH 9.1 or later" },
  openssl: (version: string) => ({ vi: `${version}: kiểm chứng thư số được`, en: `${version}: certificates can be checked` }),
  noOpenssl: {
    vi: "chưa có OpenSSL 3: chứng thư số của người ký luôn là chưa rõ",
    en: "no OpenSSL 3: signers' certificates stay unknown",
  },
  installOpenssl: { vi: "cài OpenSSL 3 trở lên (không phải LibreSSL)", en: "install OpenSSL 3 or later (not LibreSSL)" },
  noSqlite: (reason: string) => ({ vi: `không nạp được SQLite: ${reason}`, en: `SQLite cannot be loaded: ${reason}` }),
  reinstall: { vi: "cài lại wardctl trên máy này", en: "install wardctl again on this machine" },
  writable: (folder: string) => ({ vi: `ghi được vào ${folder}`, en: `${folder} can be written` }),
  notWritable: (folder: string) => ({ vi: `không ghi được vào ${folder}`, en: `${folder} cannot be written` }),
  askForRights: { vi: "xin quyền ghi, hoặc làm việc ở thư mục khác", en: "get the right to write, or work in another folder" },
  space: (megabytes: number) => ({
    vi: `ổ đĩa còn trống ${size(megabytes).vi}`,
    en: `${size(megabytes).en} free on the disk`,
  }),
  makeRoom: { vi: "dọn bớt ổ đĩa", en: "free some space" },
  clock: (now: Instant) => ({ vi: `đồng hồ máy: ${moment(now).vi}`, en: `the clock says ${moment(now).en}` }),
  pinned: (now: Instant) => ({
    vi: `đồng hồ đặt bằng WARDCTL_NOW: ${moment(now).vi}; không ghi vào hệ thống thật`,
    en: `the clock is set by WARDCTL_NOW: ${moment(now).en}; real systems are not written to`,
  }),
  clockEarly: (now: Instant) => ({
    vi: `đồng hồ máy: ${moment(now).vi}, trước khi có các đơn vị này (01/7/2025)`,
    en: `the clock says ${moment(now).en}, before these units existed (1 July 2025)`,
  }),
  setClock: { vi: "chỉnh lại giờ của máy", en: "set the machine's clock" },
  oldDirectory: (until: string) => ({
    vi: `danh mục đơn vị biết các thay đổi đến ${day(until).vi}; sau đó thì không`,
    en: `the directory knows the changes of units up to ${day(until).en}, and none after it`,
  }),
  update: { vi: "cập nhật wardctl", en: "update wardctl" },
  zone: (zone: string) => ({ vi: `múi giờ của máy: ${zone}`, en: `the machine's zone: ${zone}` }),
  otherZone: (zone: string) => ({
    vi: `múi giờ của máy là ${zone}; wardctl luôn tính theo Asia/Ho_Chi_Minh`,
    en: `the machine's zone is ${zone}; wardctl always reckons in Asia/Ho_Chi_Minh`,
  }),
  locale: (locale: string) => ({ vi: `ngôn ngữ của máy: ${locale}`, en: `the locale: ${locale}` }),
  noLocale: { vi: "máy không đặt ngôn ngữ (LANG)", en: "no locale is set (LANG)" },
  narrowLocale: (locale: string) => ({
    vi: `ngôn ngữ của máy là ${locale}, không phải UTF-8: chữ Việt có thể hiện sai`,
    en: `the locale is ${locale}, which is not UTF-8: Vietnamese letters may show wrongly`,
  }),
  setLocale: { vi: "đặt LANG=vi_VN.UTF-8 hoặc C.UTF-8", en: "set LANG=vi_VN.UTF-8 or C.UTF-8" },
  noSorting: {
    vi: "Node.js này không có bảng chữ Việt: tên sẽ sắp xếp sai",
    en: "this Node.js lacks Vietnamese collation: names would be sorted wrongly",
  },
  fullNode: { vi: "cài Node.js bản đầy đủ từ nodejs.org", en: "install the full Node.js from nodejs.org" },
} satisfies Catalogue;

export const workspaceWords = {
  sound: (file: string, name: string) => ({ vi: `${file} đúng (${name})`, en: `${file} is sound (${name})` }),
  faulty: (file: string, count: number) => ({
    vi: `${file} có ${count} lỗi`,
    en: `${file} has ${count} fault${count === 1 ? "" : "s"}`,
  }),
  mendFaults: { vi: "sửa các dòng ghi dưới đây", en: "mend the lines named below" },
  secret: (name: string, reference: string) => ({
    vi: `bí mật của ${name} có ở ${reference}`,
    en: `the secret of ${name} is there: ${reference}`,
  }),
  noSecret: (name: string, reason: Words) => ({
    vi: `bí mật của ${name}: ${reason.vi}`,
    en: `the secret of ${name}: ${reason.en}`,
  }),
  fileThere: (name: string, path: string) => ({ vi: `tệp của ${name} có: ${path}`, en: `the file of ${name} is there: ${path}` }),
  fileMissing: (name: string, path: string) => ({
    vi: `không có tệp của ${name}: ${path}`,
    en: `the file of ${name} is missing: ${path}`,
  }),
  definitionSound: (name: string, path: string) => ({
    vi: `${name}: ${path} đúng`,
    en: `${name}: ${path} is sound`,
  }),
  mendDefinition: { vi: "sửa tệp mô tả phần mềm văn bản", en: "mend the file that describes the document system" },
  putFile: { vi: "đặt tệp vào đó, hoặc sửa đường dẫn trong wardctl.yaml", en: "put it there, or mend the path in wardctl.yaml" },
  schemaFresh: { vi: "lược đồ cho trình soạn thảo là bản mới", en: "the editors' schema is up to date" },
  schemaOld: {
    vi: "lược đồ cho trình soạn thảo là của một phiên bản wardctl khác",
    en: "the editors' schema is of another version of wardctl",
  },
  schemaMissing: {
    vi: "chưa có lược đồ cho trình soạn thảo, nên nó không gợi ý và báo lỗi được",
    en: "the editors' schema is missing, so editors neither complete nor check wardctl.yaml",
  },
  renewSchema: { vi: "chạy: wardctl init --schema", en: "run: wardctl init --schema" },
  holidaysKnown: (until: string) => ({
    vi: `lịch làm việc biết ngày nghỉ đến ${day(until).vi}`,
    en: `the working calendar knows holidays until ${day(until).en}`,
  }),
  holidaysEnd: (until: string) => ({
    vi: `lịch làm việc chỉ biết ngày nghỉ đến ${day(until).vi}`,
    en: `the working calendar knows holidays only until ${day(until).en}`,
  }),
  addHolidays: {
    vi: "ghi ngày nghỉ năm sau vào directory.calendar (holidays, workdays, knownUntil), hoặc cập nhật wardctl",
    en: "put next year's into directory.calendar (holidays, workdays, knownUntil), or update wardctl",
  },
  noCache: { vi: "chưa có bộ nhớ đệm; sẽ tạo khi cần", en: "no cache yet; it is made when first needed" },
  codesDue: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} hồ sơ đã quá hạn giữ mã`
        : `${formatCount(count, lang)} dossiers are past the keeping of their codes`,
    ),
  notWiped: {
    vi: "mã hồ sơ đã bỏ có thể còn sót ở chỗ trống của kho dữ liệu",
    en: "dossier codes that were dropped may be left in free space of the store",
  },
  prune: { vi: "chạy: wardctl records prune", en: "run: wardctl records prune" },
  cacheSound: { vi: "bộ nhớ đệm nguyên vẹn", en: "the cache is sound" },
  sharedStore: (version: string, schema: string) => ({
    vi: `kho chung trả lời: PostgreSQL ${version}, schema ${schema}`,
    en: `the shared store answers: PostgreSQL ${version}, schema ${schema}`,
  }),
  noWal: (mode: string) => ({
    vi: `bộ nhớ đệm ở chế độ ${mode}, không phải WAL: hai lệnh cùng lúc phải chờ nhau lâu hơn`,
    en: `the cache is in ${mode} mode, not WAL: two commands at once wait longer for each other`,
  }),
  damaged: (detail: string) => ({ vi: `bộ nhớ đệm bị hỏng: ${detail}`, en: `the cache is damaged: ${detail}` }),
  setAside: {
    vi: "đổi tên .wardctl/cache.db (đừng xóa: nhật ký và ủy quyền nằm trong đó) rồi khôi phục từ bản sao lưu",
    en: "rename .wardctl/cache.db (do not delete it: the audit log and grants are in it) and restore a backup",
  },
  auditWhole: (count: number) => ({
    vi: `nhật ký nguyên vẹn, ${count} dòng`,
    en: `the audit log is unaltered, ${count} records`,
  }),
  clockBack: (newest: Instant) => ({
    vi: `đồng hồ máy chậm hơn dòng nhật ký mới nhất (${moment(newest).vi})`,
    en: `the clock is behind the newest record of the audit log (${moment(newest).en})`,
  }),
  setClock: { vi: "chỉnh lại giờ của máy", en: "set the machine's clock" },
  auditBroken: (seq: number) => ({ vi: `nhật ký hỏng từ dòng ${seq}`, en: `the audit log is broken from record ${seq}` }),
  seeAudit: {
    vi: "giữ nguyên tệp, báo người phụ trách an toàn thông tin; xem: wardctl audit verify",
    en: "keep the file as it is and tell whoever is in charge of security; see: wardctl audit verify",
  },
} satisfies Catalogue;
