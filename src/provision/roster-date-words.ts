import type { IsoDate } from "../directory/unit.ts";
import type { Catalogue } from "../platform/words.ts";

export const rosterDateFaults = {
  badDate: (text: string, near: IsoDate | undefined) => ({
    vi: `'${text}' không phải ngày dd/MM/yyyy hay yyyy-MM-dd${near ? `; có phải ${near}? Ghi đủ ngày/tháng/năm` : ""}`,
    en: `'${text}' is no day as dd/MM/yyyy or yyyy-MM-dd${near ? `; is it ${near}? Write day/month/year in full` : ""}`,
  }),
  otherSpelling: (text: string, day: IsoDate) => ({
    vi: `'${text}' viết khác dd/MM/yyyy; là ngày ${day}`,
    en: `'${text}' is written otherwise than dd/MM/yyyy; it is ${day}`,
  }),
  twoSystems: (text: string, own: IsoDate, usual: IsoDate) => ({
    vi: `'${text}' là ${own} theo hệ ngày 1904 của tệp này, là ${usual} nếu chép từ tệp khác; ghi rõ ngày`,
    en: `'${text}' is ${own} by this file's 1904 dates, and ${usual} if it was copied from another file; write the day`,
  }),
  yearOnly: (text: string) => ({
    vi: `'${text}' chưa đủ ngày; không rõ ngày sinh thì để trống`,
    en: `'${text}' is no whole day; leave the birthday empty where it is not known`,
  }),
  oddBirth: (day: IsoDate) => ({
    vi: `không ai đang làm việc sinh ngày ${day}; sửa ngày sinh, hoặc để trống`,
    en: `nobody at work was born on ${day}; mend the birthday, or leave it empty`,
  }),
  oddStart: (day: IsoDate) => ({
    vi: `không thể bắt đầu ngày ${day}; có lẽ gõ nhầm năm`,
    en: `nobody begins on ${day}; the year is probably a slip`,
  }),
  endless: (day: IsoDate) => ({
    vi: `${day} là 'không thời hạn': để trống ngày kết thúc, hoặc ghi ngày thật của hợp đồng`,
    en: `${day} stands for 'no end': leave the end date empty, or write the contract's real one`,
  }),
} satisfies Catalogue;
