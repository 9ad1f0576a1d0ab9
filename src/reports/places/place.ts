import { both, type Words } from "../../platform/words.ts";

/** A place in a document that a reader can go to, and what stands there. */
export interface Place {
  /** The same in two printings of one report. */
  readonly key: string;
  readonly where: Words;
  readonly text: string;
}

/** What names a row: its first text beside this one, passing over ranks and figures. */
export function findRowName(texts: readonly string[], own: string): string | undefined {
  return texts.find((text) => text !== own && /^\p{L}/u.test(text));
}

function toLabel(row: string | undefined, column: string | undefined): string {
  const names = [row, column].filter((name) => name !== undefined && name !== "");
  return names.length === 0 ? "" : ` (${names.join(" · ")})`;
}

export const placeWords = {
  sheetCell: (sheet: string, cell: string, row: string | undefined, column: string | undefined) =>
    both((lang) => `${lang === "vi" ? `trang tính '${sheet}', ô` : `sheet '${sheet}', cell`} ${cell}${toLabel(row, column)}`),
  tableCell: (table: number, [row, column]: readonly [number, number], own: string | undefined, heading: string | undefined) =>
    both((lang) =>
      lang === "vi"
        ? `bảng ${table}, dòng ${row}, cột ${column}${toLabel(own, heading)}`
        : `table ${table}, row ${row}, column ${column}${toLabel(own, heading)}`,
    ),
  paragraph: (n: number) => both((lang) => (lang === "vi" ? `đoạn văn ${n}` : `paragraph ${n}`)),
  pageLine: (page: number, line: number, row: string | undefined) =>
    both((lang) => `${lang === "vi" ? `trang ${page}, dòng ${line}` : `page ${page}, line ${line}`}${toLabel(row, undefined)}`),
  picture: (x: number, y: number) =>
    both((lang) => (lang === "vi" ? `điểm ảnh ${x}, ${y} của hình` : `pixel ${x}, ${y} of the picture`)),
  pixels: (across: number, down: number) =>
    both((lang) => (lang === "vi" ? `hình khác, ${across} × ${down} điểm ảnh` : `another picture, ${across} × ${down} pixels`)),
  bytes: (at: number) =>
    both((lang) =>
      lang === "vi"
        ? `mọi chữ và số trong tệp vẫn vậy, tệp chỉ được ghi khác đi từ byte ${at}; có thể một chương trình khác đã lưu lại`
        : `every word and number in the file is the same, only its bytes differ from ${at} on; another program may have saved it`,
    ),
  foreign: {
    vi: "tệp đã được một chương trình khác ghi lại, không đối chiếu được từng chỗ",
    en: "another program wrote the file anew, so that it cannot be compared place by place",
  },
};
