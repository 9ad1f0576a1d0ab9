import type { Checkpoint } from "../../src/audit/checkpoint.ts";
import type { FileFault, ProofFinding } from "../../src/audit/proof-finding.ts";
import { formatCount, formatDateTime } from "../../src/platform/format.ts";
import type { SignatureFault } from "../../src/platform/ssh-signature.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";

const zone = vietnamZone;

export const proofWords = {
  checkpoint: { vi: "ghi một điểm kiểm của nhật ký và ký nó", en: "make a checkpoint of the log and sign it" },
  export: {
    vi: "xuất nhật ký và chứng cứ thành một gói tự kiểm được, không cần wardctl",
    en: "export log and evidence as a bundle that is checked without wardctl",
  },
  trust: {
    vi: "thêm một khóa công khai vào allowed_signers của nhóm này",
    en: "add a public key to this workspace's allowed_signers",
  },
  out: { vi: "ghi vào thư mục mới này", en: "write into this new folder" },
  bundle: {
    vi: "thư mục của gói cần kiểm (mặc định: nhật ký của nhóm này)",
    en: "folder of a bundle to check (default: this workspace's log)",
  },
  signers: { vi: "allowed_signers của chính người kiểm", en: "the verifier's own allowed_signers" },
  revoked: { vi: "danh sách khóa bị thu hồi (KRL)", en: "key revocation list (KRL)" },
  identity: { vi: "tên người ký trong allowed_signers", en: "the signer's name in allowed_signers" },
  earlier: { vi: "một điểm kiểm đã giữ từ trước", en: "a checkpoint kept from earlier" },
  full: { vi: "tính lại cả chuỗi và kiểm mọi điểm kiểm", en: "replay the whole chain and judge every checkpoint" },
  maxAge: { vi: "điểm kiểm mới nhất được cũ bao nhiêu giờ", en: "how many hours old the newest checkpoint may be" },
  publicKey: { vi: "tệp khóa công khai (.pub)", en: "public key file (.pub)" },
  from: { vi: "có giá trị từ (mặc định: bây giờ)", en: "valid from (default: now)" },
  to: { vi: "hết giá trị lúc này", en: "no longer valid at this instant" },
  nothing: {
    vi: "Chưa có việc nào được ghi, chưa có gì để lập điểm kiểm.",
    en: "Nothing has been recorded, so there is nothing to make a checkpoint of.",
  },
  made: ({ size, head }: Checkpoint) => ({
    vi: `Điểm kiểm: ${formatCount(size, "vi")} dòng, mã cuối ${head}`,
    en: `Checkpoint: ${formatCount(size, "en")} record${size === 1 ? "" : "s"}, head ${head}`,
  }),
  signedAs: (identity: string) => ({ vi: `Đã ký với tên ${identity}.`, en: `Signed as ${identity}.` }),
  unsigned: {
    vi: "Chưa ký: chưa có 'audit.key' trong wardctl.yaml, nên chỉ máy này biết nhật ký còn nguyên.",
    en: "Unsigned: wardctl.yaml has no 'audit.key', so nobody but this machine can tell that the log is whole.",
  },
  exported: (folder: string, files: number) =>
    both((lang) =>
      lang === "vi"
        ? `Đã xuất ${formatCount(files, lang)} tệp ra ${folder}. Người nhận kiểm theo VERIFY.txt.`
        : `Exported ${formatCount(files, lang)} files to ${folder}. The recipient checks it by VERIFY.txt.`,
    ),
  manifest: (sum: string) => ({ vi: `SHA-256 của MANIFEST.sha256: ${sum}`, en: `SHA-256 of MANIFEST.sha256: ${sum}` }),
  needSigners: {
    vi: "thiếu --signers: cần allowed_signers của chính bạn",
    en: "--signers is missing: your own allowed_signers is needed",
  },
  needIdentity: (names: readonly string[]) => ({
    vi: `thiếu --identity; trong allowed_signers có: ${names.join(", ") || "không có ai"}`,
    en: `--identity is missing; allowed_signers has: ${names.join(", ") || "nobody"}`,
  }),
  wholeBundle: (files: number, { size, at }: Checkpoint) =>
    both((lang) =>
      lang === "vi"
        ? `Nguyên vẹn: ${formatCount(files, lang)} tệp, nhật ký ${formatCount(size, lang)} dòng, tính đến ${formatDateTime(at, zone, lang)}`
        : `Unaltered: ${formatCount(files, lang)} files, a log of ${formatCount(size, lang)} record${size === 1 ? "" : "s"}, as of ${formatDateTime(at, zone, lang)}`,
    ),
  signedBy: (identity: string, key: string) => ({
    vi: `Ký bởi ${identity}, khóa ${key}`,
    en: `Signed by ${identity}, key ${key}`,
  }),
  ownSigners: (sum: string) => ({
    vi: `SHA-256 allowed_signers của bạn:      ${sum}`,
    en: `SHA-256 of your allowed_signers:         ${sum}`,
  }),
  bundleSigners: (sum: string | undefined) => ({
    vi: `SHA-256 allowed_signers trong gói:    ${sum ?? "không có"}`,
    en: `SHA-256 of the bundle's allowed_signers: ${sum ?? "none"}`,
  }),
  notProof: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} điều cần xem:`
        : `${formatCount(count, lang)} finding${count === 1 ? "" : "s"}:`,
    ),
  newest: ({ size, at }: Checkpoint) =>
    both((lang) =>
      lang === "vi"
        ? `Điểm kiểm mới nhất đã ký: ${formatCount(size, lang)} dòng, lúc ${formatDateTime(at, zone, lang)}`
        : `Newest signed checkpoint: ${formatCount(size, lang)} record${size === 1 ? "" : "s"}, at ${formatDateTime(at, zone, lang)}`,
    ),
  trusted: (identity: string, file: string) => ({
    vi: `Đã thêm khóa của ${identity} vào ${file}. Gửi tệp này cho người kiểm qua một đường khác.`,
    en: `Added the key of ${identity} to ${file}. Send this file to those who check, by another way.`,
  }),
  noPublicKey: (file: string) => ({ vi: `${file}: không phải khóa công khai SSH`, en: `${file}: is no SSH public key` }),
  trustedBefore: (line: number) => ({ vi: `khóa này đã có ở dòng ${line}`, en: `this key stands in line ${line} already` }),
  endsBefore: { vi: "--to: hết giá trị trước khi bắt đầu", en: "--to: it ends before it begins" },
  trustIt: { vi: "Tin khóa này?", en: "Trust this key?" },
} satisfies Catalogue;

const signatureFaults = {
  "no-signature": { vi: "không phải chữ ký SSH", en: "is no SSH signature" },
  "wrong-namespace": { vi: "ký cho việc khác", en: "was made for another purpose" },
  "unknown-key": { vi: "khóa không có trong allowed_signers", en: "its key is not in allowed_signers" },
  "wrong-identity": { vi: "khóa của người khác", en: "its key is somebody else's" },
  "not-yet-valid": { vi: "lúc đó khóa chưa có giá trị", en: "its key was not valid yet" },
  expired: { vi: "lúc đó khóa đã hết giá trị", en: "its key was valid no longer" },
  revoked: { vi: "khóa đã bị thu hồi", en: "its key was revoked" },
  "line-ends": { vi: "ký tự xuống dòng đã bị đổi (CRLF)", en: "line endings changed (CRLF)" },
  altered: { vi: "nội dung không phải cái đã ký", en: "the content is not what was signed" },
} satisfies Record<SignatureFault, Words>;

const fileFaults = {
  missing: { vi: "bị mất", en: "is missing" },
  added: { vi: "bị thêm vào, không có trong MANIFEST.sha256", en: "was added: MANIFEST.sha256 does not list it" },
  altered: { vi: "đã bị sửa", en: "was altered" },
  "line-ends": { vi: "ký tự xuống dòng đã bị đổi (CRLF)", en: "line endings changed (CRLF)" },
  "no-file": { vi: "không phải tệp thường", en: "is no plain file" },
  "bad-list": { vi: "có dòng không đúng", en: "has a faulty line" },
} satisfies Record<FileFault, Words>;

const chainFaults = {
  order: { vi: "số thứ tự bị đứt", en: "the numbering is broken" },
  prev: { vi: "không nối vào dòng trước", en: "it does not follow the record before it" },
  hash: { vi: "nội dung đã bị sửa", en: "its content was altered" },
  unreadable: { vi: "không đọc được", en: "it is not readable" },
};

const owners = {
  log: { vi: "điểm kiểm", en: "checkpoint" },
  bundle: { vi: "MANIFEST.sha256", en: "MANIFEST.sha256" },
};

export function describeProof(finding: ProofFinding): Words {
  switch (finding.kind) {
    case "signature": {
      const { of, size, fault } = finding;
      const what = both((lang) => `${owners[of][lang]}${size === undefined ? "" : ` ${formatCount(size, lang)}`}`);
      return {
        vi: `chữ ký của ${what.vi} không đứng: ${signatureFaults[fault].vi}`,
        en: `the signature of ${what.en} does not hold: ${signatureFaults[fault].en}`,
      };
    }
    case "unsigned":
      return { vi: `${owners[finding.of].vi} chưa ký`, en: `${owners[finding.of].en} is unsigned` };
    case "chain":
      return {
        vi: `nhật ký hỏng từ dòng ${finding.seq}: ${chainFaults[finding.reason].vi}`,
        en: `the log is broken from record ${finding.seq}: ${chainFaults[finding.reason].en}`,
      };
    case "cut":
      return {
        vi: `nhật ký bị cắt: điểm kiểm nói ${finding.size} dòng, chỉ còn ${finding.have}`,
        en: `the log was cut: a checkpoint says ${finding.size} records, there are ${finding.have}`,
      };
    case "rewritten":
      return {
        vi: `nhật ký không phải cái mà điểm kiểm ${finding.size} đã thấy`,
        en: `the log is not the one that checkpoint ${finding.size} saw`,
      };
    case "fork":
      return {
        vi: `hai điểm kiểm cùng ${finding.size} dòng mà khác mã: có hai bản nhật ký`,
        en: `two checkpoints of ${finding.size} records have different heads: there are two logs`,
      };
    case "other-log":
      return { vi: "điểm kiểm là của một nhật ký khác", en: "a checkpoint is of another log" };
    case "checkpoint":
      return {
        vi: `điểm kiểm ${finding.name} không đọc được hoặc đã bị sửa`,
        en: `checkpoint ${finding.name} is not readable or was altered`,
      };
    case "no-checkpoint":
      return {
        vi: "chưa có điểm kiểm nào: chạy 'wardctl audit checkpoint'",
        en: "there is no checkpoint yet: run 'wardctl audit checkpoint'",
      };
    case "no-signers":
      return {
        vi: "không có allowed_signers nên không biết tin chữ ký của ai: 'wardctl audit trust KHÓA.pub'",
        en: "there is no allowed_signers, so nobody's signature is believed: 'wardctl audit trust KEY.pub'",
      };
    case "no-valid-key":
      return {
        vi: "lúc này không còn khóa nào có giá trị trong allowed_signers",
        en: "no key in allowed_signers is valid any more",
      };
    case "zoneless":
      return {
        vi: `allowed_signers dòng ${finding.line}: giờ thiếu 'Z' nên mỗi máy hiểu một khác`,
        en: `allowed_signers line ${finding.line}: a time without 'Z' means another instant on every machine`,
      };
    case "stale":
      return both((lang) =>
        lang === "vi"
          ? `điểm kiểm mới nhất đã cũ: ${formatDateTime(finding.at, zone, lang)}`
          : `the newest checkpoint is old: ${formatDateTime(finding.at, zone, lang)}`,
      );
    case "file":
      return { vi: `${finding.path} ${fileFaults[finding.fault].vi}`, en: `${finding.path} ${fileFaults[finding.fault].en}` };
  }
}
