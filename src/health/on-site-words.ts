import type { Words } from "../platform/words.ts";
import type { ProbeResult } from "./probe-result.ts";
import type { OnSiteCause } from "./questions.ts";

/** What a technician does about a cause. */
export interface NextStep {
  /** Code of the failure, as the field's lists have it. */
  readonly code: string;
  readonly title: Words;
  /** Whom to call. */
  readonly call: Words;
  /** What to tell them. */
  readonly say: Words;
  readonly meanwhile: Words;
}

interface Place {
  readonly unit: Words;
  readonly carrier: string | undefined;
  /** When it was found, as people write it. */
  readonly at: Words;
  readonly failing: readonly ProbeResult[];
}

/** The next step for a cause at a place. Pure. */
export function describeNextStep(cause: OnSiteCause, { unit, carrier, at, failing }: Place): NextStep {
  const systems = [...new Set(failing.map(({ system }) => system))].join(", ");
  const line = carrier ?? "nhà mạng";
  const lineEn = carrier ?? "the carrier";
  switch (cause) {
    case "machine":
      return {
        code: "EQUIP-COMPUTER",
        title: { vi: "máy tính này", en: "this computer" },
        call: { vi: "cán bộ kỹ thuật của đơn vị", en: "the unit's own technician" },
        say: {
          vi: "máy khác vẫn vào được hoặc máy này có lỗi nêu ở trên",
          en: "other machines work, or this one shows a fault named above",
        },
        meanwhile: {
          vi: "sửa theo các dòng '→' ở trên, khởi động lại máy rồi chạy lại lệnh này",
          en: "follow the lines '→' above, restart the machine and run this again",
        },
      };
    case "lan":
      return {
        code: "EQUIP-LAN",
        title: { vi: "mạng trong nhà: dây, bộ chia, Wi-Fi, modem", en: "the network in the house: cable, switch, Wi-Fi, modem" },
        call: { vi: "cán bộ kỹ thuật của đơn vị", en: "the unit's own technician" },
        say: {
          vi: `${unit.vi}: mạng nội bộ đứt, đường của ${line} chưa chắc hỏng`,
          en: `${unit.en}: the inside network is down, ${lineEn}'s line may be well`,
        },
        meanwhile: {
          vi: "cắm lại dây, tắt bật bộ chia và modem; cắm thẳng máy vào modem để thử; trong lúc chờ, phát 4G cho một máy ở quầy",
          en: "plug in again, restart switch and modem; try with the machine plugged straight into the modem; meanwhile serve one desk over 4G",
        },
      };
    case "line":
      return {
        code: "NET-LINE",
        title: { vi: `đường truyền của ${unit.vi} tới ${line}`, en: `the line from ${unit.en} to ${lineEn}` },
        call: { vi: `tổng đài hỗ trợ của ${line}`, en: `the help desk of ${lineEn}` },
        say: {
          vi: `${unit.vi} mất đường truyền (thử lúc ${at.vi}); mạng trong nhà tốt; xin mã sự cố và giờ khôi phục`,
          en: `${unit.en} has lost its line (tried at ${at.en}); the network in the house is well; ask for a ticket number and a time of repair`,
        },
        meanwhile: {
          vi: "chụp đèn của cục quang; trong lúc chờ, phát 4G cho một máy ở quầy; gửi tệp kết quả cho bộ phận điều phối",
          en: "photograph the lights of the optical box; meanwhile serve one desk over 4G; send the file to the coordination desk",
        },
      };
    case "carrier":
      return {
        code: "NET-CARRIER",
        title: { vi: `mạng ${line} ở khu vực này`, en: `${lineEn}'s network around here` },
        call: { vi: `bộ phận điều phối, rồi ${line}`, en: `the coordination desk, then ${lineEn}` },
        say: {
          vi: `${unit.vi} và các phường cùng ${line} mất mạng (thử lúc ${at.vi})`,
          en: `${unit.en} and others on ${lineEn} are cut off (tried at ${at.en})`,
        },
        meanwhile: {
          vi: "phát 4G của nhà mạng khác cho một máy ở quầy; gửi tệp kết quả",
          en: "serve one desk over another carrier's 4G; send the file",
        },
      };
    case "province":
      return {
        code: "NET-HUB",
        title: { vi: "đầu mối mạng của tỉnh, thành phố", en: "the province's network hub" },
        call: { vi: "bộ phận điều phối của tỉnh, thành phố", en: "the province's coordination desk" },
        say: {
          vi: `${unit.vi} ra Internet được nhưng không tới các hệ thống (${systems}) (thử lúc ${at.vi})`,
          en: `${unit.en} reaches the Internet but not the systems (${systems}) (tried at ${at.en})`,
        },
        meanwhile: {
          vi: "gửi tệp kết quả để so với lần thử từ trung tâm",
          en: "send the file, to be compared with the centre's own check",
        },
      };
    case "system": {
      const slow = failing.length > 0 && failing.every(({ reason }) => reason === "http.slow");
      return {
        code: slow ? "HTTP-SLOW" : "HTTP-DOWN",
        title: { vi: `hệ thống ${systems}`.trim(), en: `system ${systems}`.trim() },
        call: {
          vi: "bộ phận điều phối, để báo quản trị hệ thống",
          en: "the coordination desk, who tell the system's administrator",
        },
        say: {
          vi: `từ ${unit.vi}, ${systems} ${slow ? "chậm" : "không vào được"} (thử lúc ${at.vi}); đường truyền ở đây tốt`,
          en: `from ${unit.en}, ${systems} ${slow ? "is slow" : "does not open"} (tried at ${at.en}); the line here is well`,
        },
        meanwhile: {
          vi: "tiếp nhận trên giấy, hẹn giờ nhập sau; gửi tệp kết quả",
          en: "take papers in by hand to be entered later; send the file",
        },
      };
    }
    case "well":
      return {
        code: "OK",
        title: { vi: "lúc này không thấy hỏng", en: "nothing is wrong just now" },
        call: { vi: "không cần gọi ai", en: "nobody needs to be called" },
        say: { vi: "lúc thử mọi hệ thống đều vào được", en: "every system opened when tried" },
        meanwhile: {
          vi: "nếu lỗi lúc có lúc không: chạy lại đúng lúc bị lỗi",
          en: "if it comes and goes: run this again when it happens",
        },
      };
  }
}
