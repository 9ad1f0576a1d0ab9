import type { Command } from "commander";
import { createCertificateStore } from "../../../src/delegation/certificates/certificate-store.ts";
import { findWorst } from "../../../src/delegation/certificates/check-certificates.ts";
import { ownerNames } from "../../../src/delegation/deny-codes.ts";
import { createSealStore } from "../../../src/delegation/seals/seal-store.ts";
import { findSignerFault, type SignerCode } from "../../../src/delegation/signer-codes.ts";
import { formatDateTime } from "../../../src/platform/format.ts";
import type { ListFormat } from "../../../src/platform/output.ts";
import { toIso } from "../../../src/platform/time.ts";
import type { Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import type { Outcome } from "../../exit-codes.ts";
import { openDesk } from "../room.ts";
import { certificateWords as words } from "./words.ts";

export function declareList(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, { name: "list", about: words.list, example: "wardctl delegate certificates list", isDefault: true }),
    )
    .action((options: { readonly format: ListFormat }, command: Command) =>
      cli.run(command, (context) => listKnown(options, context)),
    );
}

interface KnownRow {
  readonly staffId?: string;
  /** Of a seal: whose it is. */
  readonly unit?: string;
  readonly serial?: string;
  readonly at: number;
  readonly state: string;
  readonly codes: readonly SignerCode[];
}

/** The last word on each certificate, and every fault on the spot that is still open. */
async function listKnown(
  { format }: { readonly format: ListFormat },
  context: Pick<Context, "workspace" | "out" | "clock" | "ids">,
): Promise<Outcome> {
  const { out } = context;
  const desk = await openDesk(context);
  const { zone } = desk;
  const store = createCertificateStore(desk.database);
  const now = context.clock.now();
  const certificates = await store.listCertificates(now);
  const newest = new Map((await store.listTokens(now)).map((reading) => [`${reading.staffId}/${reading.code}`, reading]));
  const seals = await createSealStore(desk.database).listChecks(now);
  const ofPeople = [
    ...certificates.map(({ staffId, serial, at, verdict, codes }) => ({ staffId, serial, at, state: verdict, codes })),
    ...[...newest.values()]
      .filter(({ state }) => state === "seen")
      .map(({ staffId, at, state, code }) => ({ staffId, at, state, codes: [code] })),
  ].sort((a, b) => (a.staffId < b.staffId ? -1 : a.staffId > b.staffId ? 1 : a.at - b.at));
  const rows: KnownRow[] = [
    ...ofPeople,
    ...seals.map(({ unit, serial, at, verdict, codes }) => ({ unit, serial, at, state: verdict, codes })),
  ];
  const names = new Map(
    await Promise.all(ofPeople.map(async ({ staffId }) => [staffId, (await desk.people.findPerson(staffId))?.fullName] as const)),
  );
  await out.list({
    schema: "wardctl.certificates/1",
    name: "certificates",
    items: rows,
    columns: [
      {
        key: "staffId",
        title: words.staffId,
        value: ({ staffId }) => staffId,
        text: ({ staffId, unit }) => staffId ?? unit ?? "",
      },
      {
        key: "name",
        title: words.name,
        value: ({ staffId }) => names.get(staffId ?? ""),
        text: ({ staffId }, lang) => (staffId === undefined ? words.seal[lang] : (names.get(staffId) ?? "")),
      },
      ...(format === "table" && !out.json ? [] : [{ key: "unit", title: words.sealUnit, value: ({ unit }: KnownRow) => unit }]),
      { key: "serial", title: words.serial, value: ({ serial }) => serial },
      {
        key: "at",
        title: words.seenAt,
        value: ({ at }) => toIso(at, zone),
        text: ({ at }, lang) => formatDateTime(at, zone, lang),
      },
      { key: "state", title: words.verdict, value: ({ state }) => state },
      { key: "codes", title: words.codesTitle, value: ({ codes }) => [...codes] },
      {
        key: "owner",
        title: words.owner,
        value: ({ codes }) => {
          const code = findWorst(codes);
          return code && findSignerFault(code).owner;
        },
        text: ({ codes }, lang) => {
          const code = findWorst(codes);
          return code === undefined ? "" : ownerNames[findSignerFault(code).owner][lang];
        },
      },
    ],
    format,
    empty: words.empty,
  });
  return "ok";
}
