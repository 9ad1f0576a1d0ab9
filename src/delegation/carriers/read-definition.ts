import { readText } from "../../platform/files.ts";
import type { DescribedIssue } from "../../platform/zod-faults.ts";
import type { DescribedSystem, FileSystemSettings } from "./system-settings.ts";

/**
 * A document system that is described in a file of its own. The file may come from a vendor or another province, so wardctl.yaml says which units it is for and
 * which hosts it may speak to; secrets stand in it by reference only. Failure kinds: invalid (every fault with line and column), denied.
 */
export async function readCarrierDefinition(
  { definition, hosts, units }: FileSystemSettings,
  resolvePath: (path: string) => string,
): Promise<DescribedSystem> {
  const [{ parseYaml }, { describedSystem }] = await Promise.all([
    import("../../platform/yaml.ts"),
    import("./system-settings.ts"),
  ]);
  const text = await readText(resolvePath(definition));
  const system = await parseYaml(text, definition, describedSystem, (raw) => checkDefinition(raw, hosts));
  return { ...system, units };
}

/** What the schema cannot know. Pure. */
export function checkDefinition(raw: unknown, hosts: readonly string[]): DescribedIssue[] {
  if (typeof raw !== "object" || raw === null) return [];
  const { url, units, createGrant, endGrant, probe } = raw as Readonly<Record<string, unknown>>;
  return [
    ...(units === undefined ? [] : [{ path: ["units"], message: words.unitsElsewhere }]),
    ...checkUrl(url, hosts),
    ...checkPlaceholders("createGrant", createGrant, [
      "key",
      "userName",
      "staffId",
      "unit",
      "docTypes",
      "capacity",
      "departments",
      "exceptDepartments",
      "procedures",
      "exceptProcedures",
      "from",
      "to",
    ]),
    ...checkPlaceholders("endGrant", endGrant, ["extId", "now"]),
    ...checkPlaceholders("probe", probe, ["userName", "staffId", "unit", "docType", "capacity", "nonce"]),
  ];
}

function checkUrl(url: unknown, hosts: readonly string[]): DescribedIssue[] {
  if (typeof url !== "string" || !URL.canParse(url)) return [];
  const { host } = new URL(url);
  const isAllowed = hosts.some((allowed) => allowed.toLowerCase() === host);
  return isAllowed ? [] : [{ path: ["url"], message: words.notAllowed(host, hosts) }];
}

/** `{docType}` where only `{docTypes}` is filled would be sent as it stands. */
function checkPlaceholders(name: string, part: unknown, known: readonly string[]): DescribedIssue[] {
  const strange = [...JSON.stringify(part ?? null).matchAll(/\{(\w+)\}/g)].flatMap(([, given]) =>
    known.includes(given as string) ? [] : [given as string],
  );
  return [...new Set(strange)].map((given) => ({ path: [name], message: words.noPlaceholder(given, known) }));
}

const words = {
  unitsElsewhere: {
    vi: "đơn vị (units) khai trong wardctl.yaml, không khai trong tệp mô tả",
    en: "units are said in wardctl.yaml, not in the file that describes the system",
  },
  notAllowed: (host: string, hosts: readonly string[]) => ({
    vi: `máy chủ '${host}' chưa được cho phép; thêm vào 'hosts' trong wardctl.yaml (đang có: ${hosts.join(", ") || "chưa có"})`,
    en: `the host '${host}' is not allowed; add it to 'hosts' in wardctl.yaml (there: ${hosts.join(", ") || "none"})`,
  }),
  noPlaceholder: (given: string, known: readonly string[]) => ({
    vi: `không có chỗ điền '{${given}}'; có: ${known.map((name) => `{${name}}`).join(", ")}`,
    en: `there is no placeholder '{${given}}'; there are: ${known.map((name) => `{${name}}`).join(", ")}`,
  }),
};
