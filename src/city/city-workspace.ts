import { join } from "node:path";
import { createDirectory } from "../directory/directory.ts";
import { formatCsv } from "../platform/csv.ts";
import { isPresent, readText, writeWhole } from "../platform/files.ts";
import type { Lang } from "../platform/words.ts";
import { carrierOf } from "./carriers.ts";
import { toCheckSystems } from "./check-settings.ts";
import type { CitySystem } from "./city.ts";
import type { CityState } from "./city-state.ts";
import { formatDifficulties } from "./difficulties.ts";
import { toDocumentsSettings } from "./documents-settings.ts";
import { probeAccount } from "./duties.ts";
import { formatCityInventory } from "./inventory.ts";
import { type CityPlace, type OpenCity, reportedWards } from "./open-city.ts";
import { publishedFigures } from "./published.ts";
import { issueCitySeals } from "./seals.ts";
import { formatCityRoster } from "./seed-accounts.ts";
import { formatCityGrants, formatUnitRegulation } from "./signing-rights.ts";
import { cityTemplates } from "./templates.ts";

/** Files of the workspace that joins wardctl to the city, by name. */
const names = {
  settings: "wardctl.yaml",
  roster: "roster.csv",
  endpoints: "endpoints.csv",
  grants: "grants.csv",
  regulation: "tan-binh.csv",
  contacts: "contacts.csv",
  published: "press.csv",
  difficulties: "difficulties.csv",
  ca: ".wardctl/city-ca.pem",
  token: ".wardctl/city-token",
  probe: ".wardctl/city-probe",
  state: ".wardctl/city.json",
  anchor: "seals/ca/anchor.pem",
  revoked: "seals/ca/revoked.crl",
} as const;

/** Writes the workspace, or writes it anew after the city's ports have changed. The cache beside it stays. */
export async function writeCityWorkspace(folder: string, open: OpenCity, lang: Lang): Promise<void> {
  const { city, lines } = open;
  const write = (name: keyof typeof names, content: string, mode?: number): Promise<void> =>
    writeWhole(join(folder, names[name]), content, mode);
  await write("token", city.token, 0o600);
  await write("probe", probeAccount.password, 0o600);
  await write("ca", city.ca);
  await write("roster", formatCityRoster(city));
  await write("endpoints", formatCityInventory(city.units, lines, open.place.systems));
  await write("grants", formatCityGrants(city));
  await write("contacts", formatContacts(open));
  // What the field reports tell of belongs to the city they tell of.
  if (!city.calm) {
    await write("regulation", formatUnitRegulation(reportedWards[0]));
    await write("published", publishedFigures);
    await write("difficulties", formatDifficulties());
  }
  const seals = await issueCitySeals(city);
  await write("anchor", seals.anchor);
  await write("revoked", seals.list);
  for (const [unit, pem] of seals.certificates) await writeWhole(join(folder, "seals", `${unit}.pem`), pem);
  await write("settings", await formatSettings(open, lang));
  await saveCityState(folder, open.takeState());
}

export async function saveCityState(folder: string, state: CityState): Promise<void> {
  await writeWhole(join(folder, names.state), JSON.stringify(state), 0o600);
}

/** What an earlier run left here. Undefined where no city has been. */
export async function readCityState(folder: string): Promise<CityState | undefined> {
  const file = join(folder, names.state);
  return (await isPresent(file)) ? (JSON.parse(await readText(file)) as CityState) : undefined;
}

async function formatSettings(open: OpenCity, lang: Lang): Promise<string> {
  const { city, dns, place } = open;
  const { stringify } = await import("yaml");
  const access = { token: `file:${names.token}`, ca: names.ca };
  const systems = place.systems.map((system) => [system, { kind: "scim", url: `${city.systemUrl(system)}/scim/v2`, ...access }]);
  const settings = {
    name: `${nameProvince(place.province)} (${lang === "vi" ? "tập dượt" : "rehearsal"})`,
    province: place.province,
    ...(place.units === "all" ? {} : { units: place.units }),
    ...(place.alsoUnits.length === 0 ? {} : { alsoUnits: place.alsoUnits }),
    lang,
    provision: { systems: Object.fromEntries(systems), ...toTemplateSettings(place.systems) },
    delegate: {
      systems: only(place.systems, { documents: toDocumentsSettings(city.systemUrl("documents"), access.token, access.ca) }),
      // What the document system says of a person's certificate is enough; seals must have been checked.
      certificates: { anchors: names.anchor, revocationLists: names.revoked, folder: "seals", required: ["seals"] },
    },
    // Nothing on this machine needs seconds to come back, and nothing here fails by chance.
    check: {
      inventory: names.endpoints,
      ca: names.ca,
      resolvers: [dns.server],
      retryAfterMs: [100],
      systems: only(place.systems, toCheckSystems(city.systemUrl, `file:${names.probe}`)),
    },
    records: {
      sources: {
        ...(place.systems.includes("dossiers") && {
          "mot-cua": toDossierSource(city.systemUrl("dossiers"), access, nameDeliverers(open)),
        }),
        ...(!city.calm && { press: pressSource }),
      },
    },
  };
  const head =
    lang === "vi"
      ? "# Thành phố thu nhỏ do 'wardctl demo' hoặc 'wardctl rehearse' dựng; mọi địa chỉ đều ở 127.0.0.1.\n"
      : "# The embedded city of 'wardctl demo' or 'wardctl rehearse'; every address is on 127.0.0.1.\n";
  return `${head}${stringify(settings, { lineWidth: 0 })}`;
}

/** As a person would write them: what is empty is left out. */
function toTemplateSettings(systems: readonly CitySystem[]): object {
  const { classes, positions, signing } = cityTemplates;
  const shown = Object.entries(positions).map(([key, { forbidWith: _, ...template }]) => [
    key,
    { ...template, systems: only(systems, template.systems) },
  ]);
  const byClass = Object.entries(classes).map(([key, template]) => [key, only(systems, template as object)]);
  // Copies: YAML would write what is shared as an alias.
  return JSON.parse(
    JSON.stringify({
      classes: Object.fromEntries(byClass),
      positions: Object.fromEntries(shown),
      signing: only(systems, signing ?? {}),
    }),
  );
}

/** What belongs to these systems, of something that is kept by system. */
function only(systems: readonly string[], bySystem: object): object {
  return Object.fromEntries(Object.entries(bySystem).filter(([system]) => systems.includes(system)));
}

function nameProvince(code: string): string {
  return createDirectory("2025-07-01")?.findProvince(code)?.name ?? code;
}

/** Whose dossiers the one-stop system delivers: all of the city's, also of the units beside its province, which can then be ready, too. */
function nameDeliverers({
  city,
  place,
}: {
  readonly city: OpenCity["city"];
  readonly place: CityPlace;
}): string | readonly string[] {
  if (place.units === "all" && place.alsoUnits.length === 0) return `province:${place.province}`;
  return city.units.map(({ code }) => code);
}

/** How the city's one-stop system names things. */
function toDossierSource(
  url: string,
  access: { readonly token: string; readonly ca: string },
  units: string | readonly string[],
): object {
  return {
    kind: "rest",
    url: `${url}/api/dossiers`,
    ...access,
    export: "full",
    expectEvery: "12h",
    units,
    page: {
      style: "cursor",
      param: "tiep",
      size: 500,
      sizeParam: "kichThuoc",
      items: "hoSo",
      total: "tongSo",
      next: "tiepTheo",
      asOf: "thoiDiem",
    },
    columns: {
      code: "maHoSo",
      unit: "maDonVi",
      procedure: "thuTuc.ma",
      channel: "kenh",
      status: "trangThai",
      submitted: "ngayNop",
      received: "ngayTiepNhan",
      due: "ngayHenTra",
      finished: "ngayKetThuc",
      handedOver: "ngayTraKetQua",
      pausedFrom: "tamDungTu",
      pausedTo: "tamDungDen",
      updated: "capNhatLuc",
    },
    channels: { "1": "direct", "2": "online", "3": "post" },
    status: {
      "1": "pending",
      "2": "in_progress",
      "3": "refused",
      "4": "in_progress",
      "5": "supplement",
      "6": "fee",
      "7": "withdrawn",
      "8": "stopped",
      "9": "resolved",
      "10": "handed_over",
    },
  };
}

/** Totals of the city as newspapers print them: `wardctl import press.csv --source press`. */
const pressSource = {
  kind: "csv",
  content: "counts",
  quality: "press",
  locale: "vi",
  dates: ["dd/MM/yyyy HH:mm", "dd/MM/yyyy"],
  columns: { unit: "unit", name: "name", asOf: "as_of" },
  metrics: { units: "units", "received.total": "received", "resolved.total": "resolved" },
};

/** Whose line each unit is on. Names and numbers are made up, and say so. */
function formatContacts({ city }: OpenCity): string {
  const head = ["unit", "carrier", "hotline", "technician", "technician_phone"];
  const rows = city.units.map(({ code }) => [
    code,
    carrierOf(code),
    "0000 000 000",
    `Kỹ thuật ${code} (tập dượt)`,
    "0000 000 000",
  ]);
  return formatCsv([head, ...rows]);
}
