import type { Catalogue } from "../../src/platform/words.ts";

export const scopeWords = {
  only: (list: string) => ({ vi: `chỉ ${list}`, en: `only ${list}` }),
  except: (list: string) => ({ vi: `trừ ${list}`, en: `except ${list}` }),
  onlyProcedures: (list: string) => ({ vi: `chỉ thủ tục ${list}`, en: `only procedures of ${list}` }),
  exceptProcedures: (list: string) => ({ vi: `trừ thủ tục ${list}`, en: `except procedures of ${list}` }),
  procedure: (name: string) => ({ vi: `thủ tục ${name}`, en: `procedures of ${name}` }),
  otherDepartments: { vi: "văn bản không thuộc phòng, ban nêu riêng", en: "documents of no department that is singled out" },
  otherProcedures: { vi: "không thuộc nhóm thủ tục nêu riêng", en: "of no procedures that are singled out" },
  docType: { vi: "loại văn bản", en: "the document type" },
  department: { vi: "phòng, ban", en: "the department" },
  procedureOutside: { vi: "nhóm thủ tục", en: "the group of procedures" },
  partTitle: { vi: "Phạm vi", en: "Scope" },
  signed: (when: string) => ({ vi: `ký lúc ${when}`, en: `signed ${when}` }),
  departmentsFlag: {
    vi: "chỉ văn bản của các phòng, ban này (cả bộ phận bên dưới), cách nhau bằng dấu phẩy",
    en: "only documents of these departments and all below them, separated by commas",
  },
  exceptDepartmentsFlag: { vi: "trừ các phòng, ban này", en: "but not of these departments" },
  proceduresFlag: {
    vi: "chỉ kết quả của các nhóm thủ tục này, ví dụ ho-tich",
    en: "only results of these groups of procedures, such as ho-tich",
  },
  exceptProceduresFlag: { vi: "trừ các nhóm thủ tục này", en: "but not of these groups of procedures" },
  exceptTypesFlag: { vi: "trừ các loại văn bản này", en: "but not these document types" },
  signedAtFlag: {
    vi: "văn bản làm căn cứ được ký lúc nào; quyền có hiệu lực không sớm hơn lúc đó",
    en: "when the paper it rests on was signed; the right begins no earlier",
  },
  sha256Flag: {
    vi: "SHA-256 của tệp văn bản đã ký, hoặc đường dẫn tới tệp",
    en: "SHA-256 of the signed paper's file, or the path of the file",
  },
  departmentAsked: { vi: "văn bản thuộc phòng, ban này", en: "a document of this department" },
  procedureAsked: { vi: "kết quả của nhóm thủ tục này", en: "the result of this group of procedures" },
  notOfProcedures: (type: string) => ({
    vi: `loại '${type}' không phải kết quả thủ tục hành chính, bỏ --procedure`,
    en: `'${type}' is not the result of a procedure; leave --procedure out`,
  }),
} satisfies Catalogue;
