export const manualWords = {
  name: { vi: "TÊN", en: "NAME" },
  synopsis: { vi: "CÁCH DÙNG", en: "SYNOPSIS" },
  description: { vi: "MÔ TẢ", en: "DESCRIPTION" },
  options: { vi: "TÙY CHỌN CHUNG", en: "GLOBAL OPTIONS" },
  commands: { vi: "LỆNH", en: "COMMANDS" },
  exit: { vi: "MÃ THOÁT", en: "EXIT STATUS" },
  environment: { vi: "BIẾN MÔI TRƯỜNG", en: "ENVIRONMENT" },
  files: { vi: "TỆP", en: "FILES" },
  example: { vi: "Ví dụ", en: "Example" },
  about: {
    vi: "Một công cụ dòng lệnh cho tổ ứng cứu, kỹ thuật tại chỗ và bàn điều phối của các Trung tâm Phục vụ hành chính công. Kết quả ra đầu ra chuẩn, mọi lời khác ra đầu ra lỗi; lệnh nào làm thay đổi hệ thống khác thì trình ra trước và hỏi.",
    en: "One command-line tool for the rapid-response team, the technician on site and the coordination desk of the Public Administration Service Centers. The result goes to standard output, everything else to standard error; what changes another system is shown first and asked for.",
  },
  exits: {
    0: { vi: "xong", en: "done" },
    1: { vi: "lỗi của chính wardctl; xin báo lại", en: "a fault of wardctl itself; please report it" },
    2: { vi: "dòng lệnh sai, hoặc không thấy thư mục làm việc", en: "the command line is wrong, or no workspace was found" },
    3: {
      vi: "dữ liệu vào có lỗi; đã liệt kê hết và chưa thay đổi gì",
      en: "an input has faults; all are listed and nothing was changed",
    },
    4: { vi: "không có quyền, hoặc câu trả lời là không", en: "no right to it, or the answer is no" },
    5: { vi: "hệ thống, đĩa hay khóa không dùng được lúc này", en: "a system, the disk or a lock could not be had" },
    6: { vi: "bị một quy tắc an toàn của wardctl dừng lại", en: "a safety rule of wardctl stopped it" },
    7: { vi: "làm được một phần; phần còn lại đã liệt kê", en: "some of it was done; the rest is listed" },
    8: { vi: "đã chạy xong và có việc phải người làm", en: "it worked, and somebody must act" },
    78: { vi: "Node.js trên máy quá cũ", en: "Node.js on this machine is too old" },
    130: { vi: "bị dừng bằng Ctrl-C; phần đã xong được giữ", en: "stopped with Ctrl-C; what was finished is kept" },
  },
  variables: {
    WARDCTL_WORKSPACE: { vi: "thư mục làm việc", en: "the workspace folder" },
    WARDCTL_LANG: { vi: "ngôn ngữ: vi hoặc en", en: "the language: vi or en" },
    WARDCTL_NOW: {
      vi: "thời điểm coi là bây giờ, hoặc file:<đồng-hồ> của một buổi tập dượt; khi đó chỉ ghi vào thành phố thu nhỏ",
      en: "the instant taken for now, or file:<clock> of a rehearsal; nothing but the embedded city is written to then",
    },
    NO_COLOR: { vi: "không tô màu", en: "no colour" },
  },
  paths: {
    "wardctl.yaml": {
      vi: "hệ thống, nguồn, chính sách và liên hệ; tìm ngược lên từ thư mục hiện tại",
      en: "systems, sources, policies and contacts; found upwards from the current folder",
    },
    ".wardctl/": { vi: "bộ nhớ đệm và nhật ký của thư mục làm việc", en: "cache and journals of the workspace" },
  },
} as const;
