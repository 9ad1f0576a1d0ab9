import { both, type Catalogue, joinWords, type Words } from "./words.ts";

const longest = 60;

/** What stands in the file, short enough for a line; lists and groups by what they are. */
export function formatFound(value: unknown): Words {
  if (value === undefined || value === null) return { vi: "để trống", en: "nothing" };
  if (Array.isArray(value)) return value.length === 0 ? { vi: "danh sách rỗng", en: "an empty list" } : types["array"]!;
  if (typeof value === "object") return types["object"]!;
  const text = String(value);
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return both(() => (typeof value === "string" ? `'${short}'` : short));
}

const types: Readonly<Record<string, Words>> = {
  string: { vi: "chữ", en: "text" },
  number: { vi: "một số", en: "a number" },
  int: { vi: "một số nguyên", en: "a whole number" },
  boolean: { vi: "true hoặc false", en: "true or false" },
  array: { vi: "một danh sách", en: "a list" },
  object: { vi: "một nhóm khóa", en: "a group of keys" },
  record: { vi: "một nhóm khóa", en: "a group of keys" },
};

export function describeType(expected: string): Words {
  return types[expected] ?? both(() => expected);
}

const forms: Readonly<Record<string, Words>> = {
  url: { vi: "một địa chỉ như https://hethong.example.vn", en: "an address such as https://example.vn" },
  email: { vi: "một địa chỉ thư điện tử", en: "an e-mail address" },
  ipv4: { vi: "một địa chỉ IPv4", en: "an IPv4 address" },
  date: { vi: "một ngày như 2025-07-01", en: "a day such as 2025-07-01" },
  datetime: { vi: "một thời điểm như 2025-07-03T10:00:00+07:00", en: "an instant such as 2025-07-03T10:00:00+07:00" },
  time: { vi: "một giờ như 16:30", en: "a time such as 16:30" },
};

/** Patterns that settings files use over and over, in words. The text of each is the key. */
const patterns: Readonly<Record<string, Words>> = {
  "^[a-z][a-z0-9-]*$": { vi: "chữ thường không dấu, chữ số và dấu -", en: "lower-case letters a to z, digits and -" },
  "^[a-z0-9][a-z0-9-]*$": { vi: "chữ thường không dấu, chữ số và dấu -", en: "lower-case letters a to z, digits and -" },
  "^\\/": { vi: "đường dẫn bắt đầu bằng /", en: "a path that begins with /" },
  "^\\d+[smhd]$": { vi: "khoảng thời gian như 90s, 30m, 12h, 7d", en: "a duration such as 90s, 30m, 12h, 7d" },
  "^\\d+[mhd]$": { vi: "khoảng thời gian như 30m, 12h, 7d", en: "a duration such as 30m, 12h, 7d" },
  "^([01]\\d|2[0-3]):[0-5]\\d$": { vi: "một giờ như 16:30", en: "a time such as 16:30" },
  "^(\\d{1,3}(\\.\\d{1,3}){3}(:\\d{1,5})?|\\[[0-9a-fA-F:]+\\](:\\d{1,5})?|[0-9a-fA-F:]+)$": {
    vi: "một địa chỉ IP, thêm :cổng nếu cần",
    en: "an IP address, with :port where needed",
  },
  "^\\d{4}-\\d{2}-\\d{2}$": { vi: "một ngày như 2025-07-01", en: "a day such as 2025-07-01" },
};

/** `^\d{5}$` and its like: a number of digits, whose leading zeros programs eat. */
function readDigits(pattern: string | undefined): number | undefined {
  const digits = /^\^\\d\{(\d+)\}\$$/.exec(toSource(pattern))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function toSource(pattern: string | undefined): string {
  return pattern?.replace(/^\/(.*)\/[a-z]*$/s, "$1") ?? "";
}

/** What text of this form looks like: by its pattern, else in its author's own words, else the pattern as it is. */
export function describeForm(format: string, pattern?: string, message = ""): Words {
  const digits = readDigits(pattern);
  if (digits !== undefined) return { vi: `${digits} chữ số`, en: `${digits} digits` };
  const source = toSource(pattern);
  const known = forms[format] ?? patterns[source];
  if (known) return known;
  // A message of the library's own repeats the pattern; any other is the author's.
  if (message && pattern && !message.includes(pattern)) return both(() => message);
  return { vi: `dạng ${source}`, en: `the form ${source}` };
}

/** The code with the zeros that a spreadsheet or YAML took off: `"00004"` for `4`. */
export function suggestDigits(pattern: string | undefined, text: string): string | undefined {
  const digits = readDigits(pattern);
  return digits !== undefined && /^\d+$/.test(text) && text.length < digits ? `"${text.padStart(digits, "0")}"` : undefined;
}

const sizes: Readonly<Record<string, Words>> = {
  string: { vi: "ký tự", en: "characters" },
  array: { vi: "mục", en: "items" },
  set: { vi: "mục", en: "items" },
};

export function describeSize(side: "least" | "most", origin: string, bound: number | bigint, inclusive = true): Words {
  const unit = sizes[origin];
  const vi = side === "least" ? (inclusive ? "ít nhất" : "lớn hơn") : inclusive ? "nhiều nhất" : "nhỏ hơn";
  const en = side === "least" ? (inclusive ? "at least" : "more than") : inclusive ? "at most" : "less than";
  const units = unit && { vi: ` ${unit.vi}`, en: ` ${bound === 1 ? unit.en.slice(0, -1) : unit.en}` };
  return { vi: `${vi} ${bound}${units?.vi ?? ""}`, en: `${en} ${bound}${units?.en ?? ""}` };
}

const knownShown = 16;

export const schemaWords = {
  unknownKey: (key: string, near: string | undefined, known: readonly string[]) => {
    const list = known.length > 0 && known.length <= knownShown ? known.join(", ") : undefined;
    return both((lang) =>
      lang === "vi"
        ? `không có khóa '${key}' ở đây${near ? `; có phải '${near}'?` : list ? `; các khóa có: ${list}` : "; xóa hoặc sửa tên khóa"}`
        : `key '${key}' is not known here${near ? `; did you mean '${near}'?` : list ? `; known: ${list}` : "; remove it or mend its name"}`,
    );
  },
  missing: (name: string, wanted: Words) => ({
    vi: `thiếu '${name}'; thêm khóa này, giá trị là ${wanted.vi}`,
    en: `'${name}' is missing; add it: ${wanted.en}`,
  }),
  noValue: (name: string, wanted: Words) => ({
    vi: `'${name}' để trống; ghi ${wanted.vi}, hoặc xóa dòng này`,
    en: `'${name}' has no value; write ${wanted.en}, or remove the line`,
  }),
  needsQuotes: (name: string, source: string, type: "number" | "boolean", write: string) => ({
    vi: `'${name}': ${source} ${type === "number" ? "là số" : "là giá trị đúng/sai"}; ghi ${write}`,
    en: `'${name}': ${source} is ${type === "number" ? "a number" : "true or false"}; write ${write}`,
  }),
  noQuotes: (name: string, text: string) => ({
    vi: `'${name}': '${text}' là chữ; ghi ${text}, không có dấu nháy`,
    en: `'${name}': '${text}' is text; write ${text} without quotes`,
  }),
  wrongType: (name: string, found: Words, wanted: Words) => ({
    vi: `'${name}' cần ${wanted.vi}; ở đây là ${found.vi}`,
    en: `'${name}' needs ${wanted.en}; found ${found.en}`,
  }),
  wrongChoice: (name: string, found: Words, choices: readonly string[], near: string | undefined) => ({
    vi: `'${name}' phải là một trong: ${choices.join(", ")}; ở đây là ${found.vi}${near ? ` (có phải '${near}'?)` : ""}`,
    en: `'${name}' must be one of: ${choices.join(", ")}; found ${found.en}${near ? ` (did you mean '${near}'?)` : ""}`,
  }),
  wrongSize: (name: string, found: Words, wanted: Words) => ({
    vi: `'${name}' phải ${wanted.vi}; ở đây là ${found.vi}`,
    en: `'${name}' must be ${wanted.en}; found ${found.en}`,
  }),
  wrongForm: (name: string, found: Words, wanted: Words, likely: string | undefined) => ({
    vi: `'${name}': ${found.vi} không đúng dạng; cần ${wanted.vi}${likely ? `; có phải ${likely}?` : ""}`,
    en: `'${name}': ${found.en} has the wrong form; needs ${wanted.en}${likely ? `; did you mean ${likely}?` : ""}`,
  }),
  hiddenForm: (name: string, wanted: Words) => ({
    vi: `'${name}' không đúng dạng; cần ${wanted.vi}`,
    en: `'${name}' has the wrong form; needs ${wanted.en}`,
  }),
  hidden: { vi: "một giá trị không hiện ra ở đây", en: "a value that is not shown here" },
  secretReference: {
    vi: "một tham chiếu bí mật: env:TÊN, file:ĐƯỜNG_DẪN, keyring:TÊN, age:ĐƯỜNG_DẪN, systemd:TÊN hoặc prompt:TÊN",
    en: "a secret reference: env:NAME, file:PATH, keyring:NAME, age:PATH, systemd:NAME or prompt:NAME",
  },
  wrongKey: (key: string, wanted: Words | undefined, own: Words | undefined) => ({
    vi: own ? `khóa '${key}': ${own.vi}` : `khóa '${key}' không đúng dạng${wanted ? `; cần ${wanted.vi}` : ""}`,
    en: own ? `key '${key}': ${own.en}` : `key '${key}' has the wrong form${wanted ? `; needs ${wanted.en}` : ""}`,
  }),
  plainSecret: (name: string, value: string) =>
    value.startsWith("keyring:")
      ? {
          vi: `'${name}': sau keyring: là một tên gồm chữ, số và . _ @ -, ví dụ keyring:qlvb`,
          en: `'${name}': keyring: is followed by a name of letters, digits and . _ @ -, such as keyring:documents`,
        }
      : {
          vi: `'${name}': không ghi bí mật vào tệp này; ghi env:TÊN, file:ĐƯỜNG_DẪN, keyring:TÊN, age:ĐƯỜNG_DẪN, systemd:TÊN hoặc prompt:TÊN, và đổi bí mật đã lộ ở đây`,
          en: `'${name}': a secret never stands in this file; write env:NAME, file:PATH, keyring:NAME, age:PATH, systemd:NAME or prompt:NAME, and change the secret that stood here`,
        },
  oneOf: (choices: readonly string[]) => ({
    vi: choices.length === 1 ? `'${choices[0]}'` : `một trong: ${choices.join(", ")}`,
    en: choices.length === 1 ? `'${choices[0]}'` : `one of ${choices.join(", ")}`,
  }),
  either: (options: readonly Words[]) => ({ vi: joinWords(options, " hoặc ").vi, en: joinWords(options, " or ").en }),
  multiple: (of: number | bigint) => ({ vi: `là bội của ${of}`, en: `a multiple of ${of}` }),
  wrongText: (name: string, found: Words, what: Words) => ({
    vi: `'${name}': ${found.vi}: ${what.vi}`,
    en: `'${name}': ${found.en}: ${what.en}`,
  }),
  other: (name: string, message: string) => both(() => (name ? `'${name}': ${message}` : message)),
} satisfies Catalogue;
