import { Failure } from "../../platform/failure.ts";
import { readFirstBytes } from "../../platform/file-parts.ts";
import { readBytes } from "../../platform/files.ts";
import type { Catalogue, Words } from "../../platform/words.ts";
import type { SourceProfile } from "../source.ts";
import { type CsvLine, type CsvRequest, readCsvLines } from "./csv.ts";
import { readSheetLines, type SheetNews, type XlsxProfile } from "./xlsx.ts";

export type FileProfile = Extract<SourceProfile, { kind: "csv" | "xlsx" }>;

/** A record of a file; `placeOf` names a cell where the file is a spreadsheet: `DS!H8`. */
export type FileLine<Name extends string> = CsvLine<Name> & { readonly placeOf?: (name: Name | undefined) => string };

export interface FileRequest<Name extends string> {
  readonly path: string;
  /** As shown in messages. */
  readonly file: string;
  readonly profile: FileProfile;
  /** Field → heading: the allow-list. No other cell leaves this function, whatever it holds. */
  readonly columns: Readonly<Record<Name, string>>;
  readonly onBytes: (bytes: Uint8Array) => void;
  /** What a spreadsheet says besides its rows, once and before the last of them. */
  readonly onNews?: (news: SheetNews) => void;
}

/** Rows of a file by its source's profile. Failure kinds: invalid, denied. */
export async function* readFileLines<Name extends string>(request: FileRequest<Name>): AsyncGenerator<readonly FileLine<Name>[]> {
  const sheet = await findSheetProfile(request);
  if (sheet) yield* readSheetLines({ ...request, profile: sheet });
  else yield* readCsvLines({ ...request, profile: toCsvProfile(request.profile) });
}

/** The profile, where the file is a spreadsheet; undefined where it is text. Failure kinds: invalid (a source of CSV), denied. */
export async function findSheetProfile({
  path,
  file,
  profile,
}: Pick<FileRequest<string>, "path" | "file" | "profile">): Promise<XlsxProfile | undefined> {
  const format = await findFormat(path);
  assertTable(format, file);
  if (format === "text") return undefined;
  if (profile.kind === "csv") throw new Failure("invalid", fileWords.isSheet(file), { hint: fileWords.mendKind });
  return profile;
}

/** A source that reads spreadsheets takes CSV too: so the rows it refused come back when they are mended. */
export function toCsvProfile(profile: FileProfile): CsvRequest<string>["profile"] {
  return profile.kind === "csv" ? profile : {};
}

export type FileFormat = "text" | "xlsx" | "old-excel" | "open-document" | "locked";

/** By its first bytes, whatever its name ends in; a pipe is text. Failure kind: denied. */
export async function findFormat(path: string): Promise<FileFormat> {
  const begin = Buffer.from(await readFirstBytes(path, 256));
  if (begin[0] === 0x50 && begin[1] === 0x4b && begin[2] === 3)
    return begin.includes("mimetypeapplication/vnd.oasis.opendocument") ? "open-document" : "xlsx";
  if (begin.length >= 4 && begin.readUInt32BE(0) === 0xd0cf11e0)
    return Buffer.from(await readBytes(path)).includes(lockedPart) ? "locked" : "old-excel";
  return "text";
}

/** Failure kind: invalid, with what to do about it. */
export function assertTable(format: FileFormat, file: string): asserts format is "text" | "xlsx" {
  if (format === "old-excel") throw new Failure("invalid", fileWords.oldExcel(file), { hint: fileWords.saveAnew });
  if (format === "open-document") throw new Failure("invalid", fileWords.openDocument(file), { hint: fileWords.saveAnew });
  if (format === "locked") throw new Failure("invalid", fileWords.locked(file), { hint: fileWords.unlock });
}

/** What a workbook with a password is kept under (MS-OFFCRYPTO 2.3.4.4). */
const lockedPart = Buffer.from("EncryptedPackage", "utf16le");

export const fileWords = {
  oldExcel: (file: string): Words => ({ vi: `${file} là tệp .xls đời cũ`, en: `${file} is an .xls of the old kind` }),
  openDocument: (file: string): Words => ({
    vi: `${file} là bảng tính OpenDocument (.ods)`,
    en: `${file} is an OpenDocument spreadsheet (.ods)`,
  }),
  locked: (file: string): Words => ({ vi: `${file} có đặt mật khẩu`, en: `${file} is protected with a password` }),
  unlock: {
    vi: "mở bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc) rồi lưu lại",
    en: "open it in Excel, take the password off (File > Info > Protect Workbook) and save it",
  },
  saveAnew: {
    vi: "mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx",
    en: "open it in Excel or LibreOffice and save it as .xlsx",
  },
  isSheet: (file: string): Words => ({
    vi: `${file} là bảng tính, nguồn lại khai báo kind: csv`,
    en: `${file} is a spreadsheet, but the source says kind: csv`,
  }),
  mendKind: {
    vi: "khai báo một nguồn kind: xlsx; 'wardctl import --inspect TỆP' viết sẵn khai báo",
    en: "declare a source with kind: xlsx; 'wardctl import --inspect FILE' drafts it",
  },
} satisfies Catalogue;
