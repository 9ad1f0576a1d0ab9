import type { Unit } from "../directory/unit.ts";
import type { Words } from "../platform/words.ts";
import { type Carrier, carrierOf, listHalf } from "./carriers.ts";
import { type CitySystem, citySystems } from "./city.ts";
import type { FaultName } from "./faults.ts";

/** What a trainer must know of a fault: where it can be, by which codes it is told, and whose it is to mend. */
interface FaultFacts {
  readonly title: Words;
  readonly scopes: readonly ScopeKind[];
  /** The one system it is in; undefined: whichever the scope names, or all. */
  readonly system?: CitySystem;
  /** Codes by which `ready`, `check` and difficulties tell of it; a family ends with a dash. */
  readonly codes: readonly string[];
  /** Who mends it, beside the names of a script; none: the team does, with wardctl. */
  readonly owners: readonly string[];
}

export type ScopeKind = "unit" | "carrier" | "system";

/** Companies and offices that run the systems (domain.md §1), and what causes and reasons call them: `check`, `ready`, `delegate`. */
const systemOwners = [
  "HueCIT",
  "VNPT",
  "Viettel",
  "IOC",
  "đơn vị vận hành",
  "bên vận hành",
  "whoever runs the system",
  "quản trị",
  "administrator",
];
/** `delegate` says that the support team has seals bound and accounts unlocked. */
const documentsOwners = [...systemOwners, "tổ hỗ trợ", "support", "CNTT cấp tỉnh", "province IT"];
const rt = ["HTTP-RT-", "CANARY-"];

export const faultFacts: Readonly<Record<FaultName, FaultFacts>> = {
  "departments-without-accounts": {
    title: { vi: "phòng ban chưa có tài khoản văn bản", en: "departments without document accounts" },
    scopes: ["unit"],
    system: "documents",
    codes: ["ACC-UNIT-"],
    owners: [],
  },
  "chief-cannot-sign": {
    title: { vi: "Chánh Văn phòng chưa ký được trên hệ thống", en: "the Chief of Office cannot sign in the system" },
    scopes: ["unit"],
    system: "documents",
    codes: ["DEL-"],
    owners: [],
  },
  "page-spins": {
    title: { vi: "trang văn bản quay mãi", en: "the document page spins" },
    scopes: ["unit"],
    system: "documents",
    codes: ["HTTP-SLOW"],
    owners: systemOwners,
  },
  "fees-fail": {
    title: { vi: "không thu được phí, lệ phí", en: "fees cannot be collected" },
    scopes: ["unit", "system"],
    system: "dossiers",
    codes: ["PAY-"],
    owners: systemOwners,
  },
  "sync-interrupted": {
    title: { vi: "lấy hồ sơ bị đứt giữa chừng", en: "fetching dossiers breaks off" },
    scopes: ["system"],
    system: "dossiers",
    codes: ["SYNC-"],
    owners: systemOwners,
  },
  "certificate-expired": {
    title: { vi: "chứng thư của hệ thống hết hạn", en: "the system's certificate has expired" },
    scopes: ["system"],
    codes: ["TLS-EXPIRED", "HTTP-TLS-"],
    owners: [...systemOwners, "bên giữ chứng thư của hệ thống", "whoever keeps the system's certificates"],
  },
  "carrier-down": {
    title: { vi: "mất đường truyền", en: "lines down" },
    scopes: ["carrier", "unit"],
    codes: ["NET-"],
    owners: ["nhà mạng", "carrier"],
  },
  "seal-unbound": {
    title: { vi: "con dấu số chưa gắn vào phần mềm văn bản", en: "the seal is not bound in the document system" },
    scopes: ["unit"],
    system: "documents",
    codes: ["ISS-SEAL-", "SIG-UNBOUND"],
    owners: documentsOwners,
  },
  "clerk-locked": {
    title: { vi: "tài khoản văn thư bị khóa", en: "the clerk's account is locked" },
    scopes: ["unit"],
    system: "documents",
    codes: ["ISS-CLERK-", "ACC-INACTIVE"],
    owners: documentsOwners,
  },
  "sign-in-down": {
    title: { vi: "không đăng nhập được: máy chủ lỗi", en: "sign-in is out of order" },
    scopes: ["system"],
    codes: ["AUTH-", "HTTP-AUTH-"],
    owners: systemOwners,
  },
  "sign-in-rejects": {
    title: { vi: "không đăng nhập được: bị từ chối", en: "sign-in is refused" },
    scopes: ["system"],
    codes: ["AUTH-", "HTTP-AUTH-"],
    owners: systemOwners,
  },
  "canary-lost": {
    title: { vi: "văn bản gửi từ trung tâm không tới", en: "documents from the centre do not arrive" },
    scopes: ["unit"],
    system: "documents",
    codes: rt,
    owners: systemOwners,
  },
  "recall-fails": {
    title: { vi: "không thu hồi được văn bản", en: "documents cannot be recalled" },
    scopes: ["unit"],
    system: "documents",
    codes: rt,
    owners: systemOwners,
  },
  "queue-down": {
    title: { vi: "máy lấy số, hàng đợi hỏng", en: "the queue is out of order" },
    scopes: ["unit", "system"],
    system: "dossiers",
    codes: ["QUEUE-DOWN", "SYNC-QUEUE"],
    owners: systemOwners,
  },
  "sync-old": {
    title: { vi: "dữ liệu lâu không đồng bộ", en: "data are not synced" },
    scopes: ["system"],
    system: "dossiers",
    codes: ["SYNC-LAG"],
    owners: systemOwners,
  },
};

const carriers: readonly string[] = ["VNPT", "Viettel", "MobiFone"] satisfies readonly Carrier[];

/** Undefined: no such place for a fault. `VNPT/half` is half of a carrier. */
export function findScopeKind(scope: string): ScopeKind | undefined {
  if (/^\d{5}$/.test(scope)) return "unit";
  if (carriers.includes(scope.replace(/\/half$/, ""))) return "carrier";
  return citySystems.some((system) => system === scope) ? "system" : undefined;
}

/** Codes of the units that a fault touches. */
export function listTouched(scope: string, units: readonly Unit[]): readonly string[] {
  const codes = units.map(({ code }) => code);
  const kind = findScopeKind(scope);
  if (kind === "unit") return codes.filter((code) => code === scope);
  if (kind !== "carrier") return codes;
  const carrier = scope.replace(/\/half$/, "") as Carrier;
  return scope.endsWith("/half") ? listHalf(carrier, units) : codes.filter((code) => carrierOf(code) === carrier);
}

/** The systems it is in; none: in no one system. */
export function listFaultySystems(fault: FaultName, scope: string): readonly string[] {
  if (findScopeKind(scope) === "system") return [scope];
  const { system } = faultFacts[fault];
  return system === undefined ? [] : [system];
}

/** How a fault counts as found where its script does not say. */
export function listFoundBy(fault: FaultName, scope: string): readonly string[] {
  return findScopeKind(scope) === "carrier" ? [`cause:${scope.split("/")[0]}`] : faultFacts[fault].codes;
}

/** Who mends it where its script does not say; none: the team, with wardctl. */
export function listOwners(fault: FaultName, scope: string): readonly string[] {
  if (fault !== "carrier-down") return faultFacts[fault].owners;
  // One unit's line alone: the cause names technician and carrier.
  if (findScopeKind(scope) === "unit") return [carrierOf(scope), "nhà mạng", "carrier"];
  return [scope.split("/")[0] as string];
}
