import type { Words } from "../platform/words.ts";
import type { Settings } from "./settings.ts";

type Section = Exclude<keyof Settings, "name" | "province" | "units" | "alsoUnits" | "lang" | "timezone" | "operator">;

interface SectionExample {
  readonly about: Words;
  /** Correct YAML: a new workspace holds it as a comment, and taking the comment signs away must give a valid file. */
  readonly lines: string;
}

/** What `wardctl init` writes of each room's section. A section without keys has nothing to show. */
export const sectionExamples: Readonly<Partial<Record<Section, SectionExample>>> = {
  directory: {
    about: {
      vi: "Phòng ban của các đơn vị, thay cho danh sách có sẵn (dưới đây là danh sách có sẵn). Khóa không đổi khi tên đổi. calendar: ngày nghỉ, ngày làm bù thêm vào lịch có sẵn.",
      en: "Departments of the units, in place of the built-in list (which is the one below). A key stays when its name changes. calendar: days off and days worked in exchange, added to the built-in ones.",
    },
    lines: `directory:
  departments:
    - { key: van-phong, name: Văn phòng HĐND và UBND }
    - { key: kinh-te-ha-tang-do-thi, name: "Phòng Kinh tế, Hạ tầng và Đô thị", kinds: [phuong], alsoUnits: ["31078"] }
    - { key: kinh-te, name: Phòng Kinh tế, kinds: [xa, dac-khu], exceptUnits: ["31078"] }
    - { key: van-hoa-xa-hoi, name: Phòng Văn hóa – Xã hội }
    - { key: trung-tam-pvhcc, name: Trung tâm Phục vụ hành chính công }
  calendar: { holidays: [2027-01-01], workdays: [], knownUntil: 2027-01-31 }`,
  },
  provision: {
    about: {
      vi: "Hệ thống cấp tài khoản: scim (SCIM 2.0), ldap, ad (Active Directory). Mật khẩu, khóa không ghi ở đây: env:TÊN là biến môi trường, file:ĐƯỜNG_DẪN là tệp. classes, positions: vai trò, nhóm theo loại cán bộ, chức vụ.",
      en: "Systems that get accounts: scim (SCIM 2.0), ldap, ad (Active Directory). No password or key stands here: env:NAME is an environment variable, file:PATH a file. classes, positions: roles and groups by class and position.",
    },
    lines: `provision:
  systems:
    documents:
      kind: scim
      url: https://taikhoan.example.vn/scim/v2
      token: env:DOCUMENTS_TOKEN
  usernames:
    template: "{given}{initials}"
  classes:
    cong_chuc: { documents: { roles: [doc.read] } }
  positions:
    van-thu:
      systems: { documents: { roles: [doc.route], groups: ["unit:\${unit_code}:clerks"] } }`,
  },
  delegate: {
    about: {
      vi: "Thẩm quyền ký. twoPerson: ủy quyền loại này chờ người thứ hai duyệt.",
      en: "Signing authority. twoPerson: grants of this capacity wait for a second person's approval.",
    },
    lines: `delegate:
  twoPerson: [TUQ]`,
  },
  check: {
    about: {
      vi: "Kiểm tra hệ thống. Tệp CSV có các cột unit, system, url và nếu biết: carrier, instance, province.",
      en: "Health of the systems. The CSV has the columns unit, system, url and, where known, carrier, instance, province.",
    },
    lines: `check:
  inventory: endpoints.csv
  deadlineMs: 3000`,
  },
  records: {
    about: {
      vi: "Nguồn hồ sơ: tên cột đúng như trong tệp xuất, và mã trạng thái của hệ thống dẫn tới trạng thái của wardctl. procedures: thời hạn theo ngày làm việc, để cảnh báo hồ sơ hẹn trả quá hạn đó.",
      en: "Sources of dossiers: the export's own column names, and the system's status codes mapped to wardctl's states. procedures: terms in working days, to warn of dossiers promised later.",
    },
    lines: `records:
  procedures:
    "1.001193": { workingDays: 0, cutOff: "15:00" }
  sources:
    mot-cua:
      kind: csv
      content: dossiers
      dates: dd/MM/yyyy HH:mm
      columns:
        code: Mã hồ sơ
        unit: Mã đơn vị
        procedure: Mã TTHC
        channel: Kênh
        received: Ngày tiếp nhận
        due: Ngày hẹn trả
        finished: Ngày kết thúc xử lý
        status: Trạng thái
        updated: Cập nhật lúc
      channels: { "1": direct, "2": online, "3": post }
      status: { "2": in_progress, "5": supplement, "6": fee, "7": withdrawn, "9": resolved, "10": handed_over }`,
  },
  report: {
    about: { vi: "Báo cáo cho các cuộc họp.", en: "The meeting reports." },
    lines: `report:
  topN: 5
  eveningAt: "16:30"`,
  },
  ready: {
    about: {
      vi: "Sẵn sàng của từng đơn vị. opening: ngày mọi đơn vị phải sẵn sàng; fresh: xem lại sau bao lâu; daysAhead: có người ký mấy ngày tới.",
      en: "Readiness of the units. opening: the day by which every unit is to be ready; fresh: how long a look counts; daysAhead: days for which somebody must be able to sign.",
    },
    lines: `ready:
  opening: "2025-07-01"
  daysAhead: 3
  fresh: { accounts: 7d, endpoints: 24h }`,
  },
  handbook: {
    about: {
      vi: "Sổ tay: các bài riêng của đơn vị, thêm vào những bài có sẵn; trong thư mục có vi/ và en/.",
      en: "The handbook: your own articles beside those that come with wardctl; the folder holds vi/ and en/.",
    },
    lines: `handbook:
  folder: handbook`,
  },
  audit: {
    about: {
      vi: "Ký nhật ký bằng khóa SSH (tạo bằng ssh-keygen -t ed25519). Không có khóa thì nhật ký vẫn nối chuỗi, chỉ là chưa ký.",
      en: "Signs the log with an SSH key (ssh-keygen -t ed25519 makes one). Without a key the log is chained all the same, and unsigned.",
    },
    lines: `audit:
  key: log-key
  identity: log@ward`,
  },
};
