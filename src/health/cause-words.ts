import type { Directory } from "../directory/directory.ts";
import { formatEnglishUnitName, formatUnitName } from "../directory/unit.ts";
import { formatPercent } from "../platform/format.ts";
import { both, joinWords, type Lang, verbatim, type Words } from "../platform/words.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Evidence } from "./evidence.ts";
import type { Cause, GroupName } from "./explain.ts";
import { layerWords, reasons } from "./reason.ts";
import type { Suspect } from "./suspects.ts";

/** What codes of the inventory are called; a code that the directory does not know stands for itself. */
export interface Names {
  unit(code: string): Words;
  province(label: string): string;
}

export function createNames(directory: Directory): Names {
  return {
    unit(code) {
      const unit = directory.findUnit(code);
      return unit ? { vi: formatUnitName(unit), en: formatEnglishUnitName(unit) } : verbatim(code);
    },
    province: (label) => directory.findProvince(label)?.name ?? label,
  };
}

/** `mạng VNPT ở Huế`, `the line of Vỹ Dạ Ward`. */
export function nameGroup({ kind, id }: GroupName, names: Names): Words {
  const [first = "", second = ""] = id.split("/");
  switch (kind) {
    case "ward":
      return both((lang) => (lang === "vi" ? `đường mạng của ${names.unit(id).vi}` : `the line of ${names.unit(id).en}`));
    case "onsite":
      return {
        vi: `đường mạng hoặc mạng trong nhà của ${names.unit(id).vi}, chỉ thấy khi thử từ đó`,
        en: `the line or the inside network of ${names.unit(id).en}, seen only from there`,
      };
    case "approach":
      return {
        vi: `đường từ trung tâm tới ${names.unit(id).vi}; tại chỗ vẫn chạy`,
        en: `the path from the centre to ${names.unit(id).en}; on the spot it works`,
      };
    case "system":
      return { vi: `hệ thống ${id}`, en: `system ${id}` };
    case "provsys":
      return { vi: `máy chủ ${id}`, en: `instance ${id}` };
    case "carrier":
      return { vi: `nhà mạng ${id}`, en: `carrier ${id}` };
    case "carprov":
      return { vi: `mạng ${first} ở ${names.province(second)}`, en: `${first} in ${names.province(second)}` };
    case "carsys":
      return { vi: `đường ${first} tới ${second}`, en: `${first}'s path to ${second}` };
    case "province":
      return { vi: `đầu mối mạng của ${names.province(id)}`, en: `the network hub of ${names.province(id)}` };
    case "dc":
      return { vi: `trung tâm dữ liệu ${id}`, en: `data centre ${id}` };
    case "sso":
      return { vi: `đăng nhập một lần ${id}`, en: `single sign-on ${id}` };
    case "dnszone":
      return { vi: `vùng tên miền ${id}`, en: `DNS zone ${id}` };
    case "local":
      return id === "this-machine"
        ? { vi: "máy kiểm tra này", en: "this probing machine" }
        : { vi: `máy kiểm tra ${id}`, en: `probing machine ${id}` };
    case "certificate":
      return { vi: `chứng thư ${id.slice(0, 12)}`, en: `certificate ${id.slice(0, 12)}` };
    case "issuer":
      return { vi: `nơi cấp chứng thư ${toCommonName(id)}`, en: `certificate issuer ${toCommonName(id)}` };
    case "address":
      return { vi: `máy chủ tại ${id}`, en: `the server at ${id}` };
    case "subnet":
      return { vi: `mạng máy chủ ${id}`, en: `the servers' network ${id}` };
    case "server":
      return { vi: `phần mềm máy chủ ${id}`, en: `server software ${id}` };
  }
}

function toCommonName(issuer: string): string {
  const lines = issuer.split("\n");
  return lines.find((line) => line.startsWith("CN="))?.slice(3) ?? lines.join(", ");
}

/** `20 trong 40 đơn vị VNPT ở Huế hỏng ở tầng mạng (kết nối bị từ chối); 0 trong 38 đơn vị Viettel; …`. */
export function describeCause(cause: Cause, evidence: Evidence, names: Names): Words {
  return joinWords(
    [
      describeShare(cause, evidence, names),
      ...evidence.contrast.map((one) => describeContrast(one, cause)),
      ...describeWorking(evidence, names),
    ],
    "; ",
  );
}

function describeShare(cause: Cause, { counted, failed, tested, layer, reason }: Evidence, names: Names): Words {
  const why = reasons[reason].words;
  const which = nameMembers(cause, nouns[counted], names);
  return {
    vi: `${failed} trong ${tested} ${which.vi} hỏng ở tầng ${layerWords[layer].vi} (${why.vi})`,
    en: `${failed} of ${tested} ${which.en} fail at the ${layerWords[layer].en} layer (${why.en})`,
  };
}

const nouns = {
  units: { vi: "đơn vị", en: "units" },
  systems: { vi: "hệ thống", en: "systems" },
} as const;

/** `đơn vị VNPT ở Huế`, `VNPT units in Huế`. */
function nameMembers({ kind, id }: GroupName, noun: Words, names: Names): Words {
  const [first = "", second = ""] = id.split("/");
  switch (kind) {
    case "ward":
      return { vi: `${noun.vi} ở ${names.unit(id).vi}`, en: `${noun.en} at ${names.unit(id).en}` };
    case "onsite":
      return { vi: `${noun.vi} thử từ ${names.unit(id).vi}`, en: `${noun.en} tried from ${names.unit(id).en}` };
    case "approach":
      return {
        vi: `${noun.vi} của ${names.unit(id).vi} thử từ trung tâm`,
        en: `${noun.en} of ${names.unit(id).en} tried from the centre`,
      };
    case "carrier":
      return { vi: `${noun.vi} ${first}`, en: `${first} ${noun.en}` };
    case "carprov":
      return { vi: `${noun.vi} ${first} ở ${names.province(second)}`, en: `${first} ${noun.en} in ${names.province(second)}` };
    case "carsys":
      return { vi: `${noun.vi} ${first} khi vào ${second}`, en: `${first} ${noun.en} reaching ${second}` };
    case "system":
    case "provsys":
      return { vi: `${noun.vi} khi vào ${id}`, en: `${noun.en} reaching ${id}` };
    case "province":
      return { vi: `${noun.vi} ở ${names.province(id)}`, en: `${noun.en} in ${names.province(id)}` };
    default:
      return noun;
  }
}

function describeContrast({ id, failed, tested, counted }: Evidence["contrast"][number], { kind }: Cause): Words {
  const [first = "", second = ""] = id.split("/");
  const label = kind === "ward" ? first : kind === "carsys" || kind === "carprov" ? first : id;
  if (kind === "ward") {
    return { vi: `${failed} trong ${tested} đơn vị ${label} khác`, en: `${failed} of ${tested} other ${label} units` };
  }
  if (kind === "onsite" || kind === "approach") {
    return kind === "onsite"
      ? { vi: `${failed} trong ${tested} khi thử từ trung tâm`, en: `${failed} of ${tested} tried from the centre` }
      : { vi: `${failed} trong ${tested} khi thử tại chỗ`, en: `${failed} of ${tested} tried on the spot` };
  }
  if (kind === "system" || kind === "provsys") {
    return { vi: `${failed} trong ${tested} khi vào ${id}`, en: `${failed} of ${tested} at ${id}` };
  }
  return {
    vi: `${failed} trong ${tested} ${nouns[counted].vi} ${label}${kind === "carsys" ? ` khi vào ${second}` : ""}`,
    en: `${failed} of ${tested} ${label} ${nouns[counted].en}`,
  };
}

const namedAtMost = 3;

function describeWorking({ working, counted }: Evidence, names: Names): Words[] {
  if (working.length === 0) return [];
  const shown = working.slice(0, namedAtMost);
  const more = working.length - shown.length;
  const list = (lang: Lang): string => shown.map((id) => (counted === "units" ? names.unit(id)[lang] : id)).join(", ");
  return [
    {
      vi: `vẫn chạy: ${list("vi")}${more > 0 ? ` và ${more} ${nouns[counted].vi} khác` : ""}`,
      en: `still working: ${list("en")}${more > 0 ? ` and ${more} more` : ""}`,
    },
  ];
}

/** Who has to act on it. */
export function nameOwner({ kind, id }: GroupName, names: Names): Words {
  const [first = ""] = id.split("/");
  switch (kind) {
    case "carrier":
    case "carprov":
    case "carsys":
      return verbatim(first);
    case "ward":
      return {
        vi: `kỹ thuật viên tại ${names.unit(id).vi} và nhà mạng`,
        en: `the technician at ${names.unit(id).en} and the carrier`,
      };
    case "onsite":
      return {
        vi: `kỹ thuật viên tại ${names.unit(id).vi} và nhà mạng`,
        en: `the technician at ${names.unit(id).en} and the carrier`,
      };
    case "approach":
    case "province":
    case "dc":
      return { vi: "trung tâm điều hành của tỉnh, thành phố", en: "the province's operations centre" };
    case "certificate":
    case "issuer":
      return { vi: "bên giữ chứng thư của hệ thống", en: "whoever keeps the system's certificates" };
    case "address":
    case "subnet":
    case "server":
      return { vi: "bên vận hành máy chủ của hệ thống", en: "whoever runs the system's servers" };
    case "local":
      return { vi: "người dùng máy này", en: "whoever runs this machine" };
    default:
      return { vi: `quản trị ${id}`, en: `the administrator of ${id}` };
  }
}

/** Alternatives worth a word, or none. */
export function describeRivals(cause: Cause, names: Names): Words[] {
  const alike = cause.or.map((group) => nameGroup(group, names));
  const rivals = cause.rivals.filter(({ odds }) => odds >= 0.05);
  const share = (odds: number, lang: Lang): string => formatPercent(Math.round(odds * 100), 100, lang, 0);
  return [
    ...(alike.length > 0
      ? [
          {
            vi: `chưa phân biệt được với ${alike.map(({ vi }) => vi).join(", ")}`,
            en: `cannot be told from ${alike.map(({ en }) => en).join(", ")}`,
          },
        ]
      : []),
    ...rivals.map((rival) =>
      both((lang) => `${lang === "vi" ? "hoặc" : "or"} ${nameGroup(rival, names)[lang]} (${share(rival.odds, lang)})`),
    ),
  ];
}

export function describeSuspect({ unit, listed, behavesLike }: Suspect, names: Names): Words {
  const name = names.unit(unit);
  if (behavesLike === undefined) {
    return {
      vi: `${name.vi}: danh mục ghi ${listed}, nhưng vẫn chạy khi các đơn vị ${listed} khác hỏng; nên kiểm tra lại danh mục`,
      en: `${name.en}: the inventory says ${listed}, but it works while other ${listed} units fail; check the inventory`,
    };
  }
  const says: Words = {
    vi: listed === undefined ? "không ghi nhà mạng" : `ghi ${listed}`,
    en: listed === undefined ? "does not name a carrier" : `says ${listed}`,
  };
  return {
    vi: `${name.vi}: danh mục ${says.vi}, nhưng hỏng giống ${behavesLike}; nên kiểm tra lại danh mục`,
    en: `${name.en}: the inventory ${says.en}, but it fails like ${behavesLike}; check the inventory`,
  };
}

/** `19777 Phường Vỹ Dạ · documents: chậm`. */
export function nameEndpoint({ unit, system }: Pick<Endpoint, "unit" | "system">, names: Names): Words {
  return both((lang) => `${unit} ${names.unit(unit)[lang]} · ${system}`);
}
