import { basename, extname, join } from "node:path";
import type { Directory } from "../../directory/directory.ts";
import type { Person } from "../../directory/person.ts";
import { resolveUnit } from "../../directory/resolve-unit.ts";
import type { Unit } from "../../directory/unit.ts";
import { type CertificateText, readCertificate, splitPem, toPem } from "../../platform/certificate-file.ts";
import { Failure } from "../../platform/failure.ts";
import { isFolder, listFiles, readBytes, withScratchFolder, writeWhole } from "../../platform/files.ts";
import {
  type ChainRun,
  findOpensslVersion,
  type RevocationList,
  readRevocationList,
  toSerial,
  verifyChains,
} from "../../platform/openssl.ts";
import { toToneKey } from "../../platform/text.ts";
import { toIsoDate } from "../../platform/time.ts";
import type { Desk } from "../desk.ts";
import type { PersonReading } from "../evidence.ts";
import type { SealCheck } from "../seals/seal.ts";
import { createSealStore } from "../seals/seal-store.ts";
import { findSignerFault, type SignerCode, signerCodes } from "../signer-codes.ts";
import { type AskedRevocation, askRevocation } from "./ask-revocation.ts";
import type { CertificateReading } from "./certificate-reading.ts";
import { createCertificateStore } from "./certificate-store.ts";
import { type ChainVerdict, judgeChain } from "./chain-verdict.ts";
import { judgeBinding } from "./judge-binding.ts";
import { findSealUnit, judgeSeal } from "./judge-seal.ts";
import type { CertificateSettings } from "./settings.ts";

export interface CheckRequest {
  readonly paths: readonly string[];
  /** Staff id whose they are; without it the file's name, the bound serial or the name in it says so. */
  readonly staffId?: string;
  readonly settings: CertificateSettings;
  readonly resolvePath: (path: string) => string;
  readonly directory: Directory;
  /** Where units are looked for that certificates name. */
  readonly province?: string;
}

export interface CheckedCertificate {
  readonly file: string;
  readonly subject: string;
  /** Undefined: nobody in the register is known to be its holder; it was judged, and not kept. */
  readonly person?: Person;
  /** It is the seal of this unit. */
  readonly unit?: Unit;
  readonly reading: Omit<CertificateReading, "staffId"> & { readonly staffId?: string };
}

/**
 * Judges certificates now: the path and the revocation lists by OpenSSL, then whose they are, for which unit, and whether the document system uses them.
 * What belongs to somebody is kept as evidence. Failure kinds: invalid (a file that is no certificate, no list), denied.
 */
export async function checkCertificates(desk: Desk, request: CheckRequest): Promise<CheckedCertificate[]> {
  const { settings, resolvePath } = request;
  const files = (await Promise.all(request.paths.map(listCertificates))).flat();
  const now = desk.clock.now();
  const version = await findOpensslVersion();
  const people = await readPeople(desk);
  const bound = new Map((await createSealStore(desk.database).listBound(now, now)).map((one) => [one.unit, one]));
  const checked = await withScratchFolder(async (folder) => {
    const lists = await readLists(resolvePath(settings.revocationLists));
    const listFile = join(folder, "lists.pem");
    await writeWhole(listFile, lists.map(({ pem }) => pem).join(""));
    const read: { file: string; certificate: CertificateText; pem: string }[] = [];
    for (const file of files) {
      const certificate = readCertificate(await readBytes(file));
      if (!certificate) throw new Failure("invalid", words.noCertificate(file));
      const pem = join(folder, `certificate-${read.length}.pem`);
      await writeWhole(pem, certificate.pem);
      read.push({ file, certificate, pem });
    }
    const path = {
      anchors: resolvePath(settings.anchors),
      authorities: settings.authorities === undefined ? undefined : resolvePath(settings.authorities),
      revocationLists: listFile,
      at: now,
    };
    const runs =
      version === undefined
        ? []
        : await verifyChains(
            read.map(({ pem }) => pem),
            path,
          );
    const done: CheckedCertificate[] = [];
    for (const [n, { file, certificate, pem }] of read.entries()) {
      const run: ChainRun = runs[n] ?? { state: "absent" };
      const namedUnit = request.staffId === undefined ? request.directory.findUnit(basename(file, extname(file))) : undefined;
      const findUnit = createUnitReader(request.directory, namedUnit?.province ?? request.province);
      const person = namedUnit ? undefined : findHolder(people, certificate, file, request.staffId);
      const unit = person ? undefined : findSealUnit(certificate, file, request.directory, findUnit);
      const asked: AskedRevocation =
        settings.ocsp === undefined || version === undefined
          ? { chain: judgeChain(run) }
          : await askRevocation(run, { ...path, certificate: pem, settings: settings.ocsp, resolvePath, scratch: folder });
      const { chain } = asked;
      const list = findList(lists, certificate);
      const { stateIssuers } = settings;
      const binding = person
        ? await judgeOwn(desk, request, { certificate, person, reading: people.readings.get(person.staffId) })
        : unit
          ? judgeSeal({
              certificate,
              unit,
              bound: bound.get(unit.code),
              findUnit,
              stateIssuers,
            })
          : [];
      done.push({
        file: basename(file),
        subject: certificate.subject.map(([name, value]) => `${name}=${value}`).join(", "),
        person,
        unit,
        reading: {
          staffId: person?.staffId,
          serial: certificate.serial,
          sha256: certificate.sha256,
          at: now,
          notBefore: certificate.notBefore,
          notAfter: certificate.notAfter,
          // Said to be revoked and no list says when: from the beginning, rather than never.
          revokedAt: chain.isRevoked
            ? (asked.revokedAt ?? list?.revoked.get(certificate.serial)?.at ?? certificate.notBefore)
            : undefined,
          crlThisUpdate: list?.thisUpdate,
          crlNextUpdate: toLater(list?.nextUpdate, asked.nextUpdate),
          verdict: toVerdict(chain, binding, person ?? unit),
          codes: toCodes(chain, binding, certificate, now, settings),
          opensslVersion: version,
          recordedAt: now,
        },
      });
    }
    return done;
  });
  const kept = checked.flatMap(({ reading }) => (reading.staffId === undefined ? [] : [reading as CertificateReading]));
  if (kept.length > 0) {
    const store = createCertificateStore(desk.database);
    await desk.database.transaction((tx) => store.addCertificates(kept, tx));
  }
  const seals = checked.flatMap(({ unit, reading }): SealCheck[] => {
    if (!unit) return [];
    const { serial, sha256, at, notBefore, notAfter, revokedAt, crlNextUpdate: nextUpdate, verdict, codes, recordedAt } = reading;
    return [{ unit: unit.code, serial, sha256, at, notBefore, notAfter, revokedAt, nextUpdate, verdict, codes, recordedAt }];
  });
  if (seals.length > 0) await desk.database.transaction((tx) => createSealStore(desk.database).addChecks(seals, tx));
  return checked;
}

/** Either source is enough, so the later end counts. */
function toLater(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

/** The one unit that a text names on the day. */
function createUnitReader(directory: Directory, province: string | undefined): (text: string) => string | undefined {
  return (text) => {
    const found = text === "" ? undefined : resolveUnit(text, directory, { province });
    return found?.kind === "one" ? found.unit.code : undefined;
  };
}

/** Whose it is unknown: nothing can be said of it but that its path holds. */
function toVerdict(
  chain: ChainVerdict,
  binding: readonly SignerCode[],
  holder: Person | Unit | undefined,
): CertificateReading["verdict"] {
  if (binding.length > 0) return "INVALID";
  return !holder && chain.verdict === "VALID" ? "UNKNOWN" : chain.verdict;
}

/** In the order of the table, each once. */
function toCodes(
  { codes }: ChainVerdict,
  binding: readonly SignerCode[],
  { notAfter }: CertificateText,
  now: number,
  { soonDays }: CertificateSettings,
): SignerCode[] {
  const isSoon = notAfter > now && notAfter - now < soonDays * 86_400_000;
  const found = new Set<SignerCode>([...codes, ...binding, ...(isSoon ? (["SIG-SOON"] as const) : [])]);
  return signerCodes.filter((code) => found.has(code));
}

async function listCertificates(path: string): Promise<string[]> {
  if (!(await isFolder(path))) return [path];
  const found = await Promise.all([".pem", ".crt", ".cer", ".der"].map((ending) => listFiles(path, ending)));
  const files = found.flat().sort();
  if (files.length === 0) throw new Failure("invalid", words.noneThere(path));
  return files;
}

interface ReadList extends RevocationList {
  readonly pem: string;
}

async function readLists(path: string): Promise<ReadList[]> {
  const files = (await isFolder(path))
    ? (await Promise.all([".crl", ".pem"].map((ending) => listFiles(path, ending)))).flat()
    : [path];
  const blocks: string[] = [];
  for (const file of files) blocks.push(...splitPem(toPem(await readBytes(file), "X509 CRL"), "X509 CRL"));
  const lists = await Promise.all(blocks.map(async (pem) => ({ pem, list: await readRevocationList(pem) })));
  return lists.flatMap(({ pem, list }) => (list ? [{ ...list, pem }] : []));
}

/** The newest list of the certificate's own issuer. */
function findList(lists: readonly ReadList[], { issuer }: CertificateText): ReadList | undefined {
  const own = lists.filter((list) =>
    issuer.every(
      ([, value]) =>
        list.issuer.normalize("NFC").includes(value.replace(/[,+"\\<>;=]/g, "\\$&")) ||
        list.issuer.normalize("NFC").includes(value),
    ),
  );
  return own.toSorted((a, b) => b.thisUpdate - a.thisUpdate)[0];
}

interface KnownPeople {
  readonly people: readonly Person[];
  readonly readings: ReadonlyMap<string, PersonReading>;
}

async function readPeople(desk: Desk): Promise<KnownPeople> {
  const now = desk.clock.now();
  const posts = await desk.people.listPosts({});
  const found = await Promise.all(
    [...new Set(posts.map(({ staffId }) => staffId))].map((staffId) => desk.people.findPerson(staffId)),
  );
  const readings = await desk.store.listPeople(now, now);
  return {
    people: found.filter((person) => person !== undefined),
    readings: new Map(readings.map((reading) => [reading.staffId, reading])),
  };
}

/** Never guessed: a name that two people bear is nobody's. */
function findHolder(
  { people, readings }: KnownPeople,
  certificate: CertificateText,
  file: string,
  given: string | undefined,
): Person | undefined {
  const byId = (staffId: string): Person | undefined => people.find((person) => person.staffId === staffId);
  if (given !== undefined) {
    const person = byId(given);
    if (!person) throw new Failure("invalid", words.nobody(given));
    return person;
  }
  const named = byId(basename(file, extname(file)));
  if (named) return named;
  const bound = [...readings.values()].filter(
    ({ account }) => account?.certificate && toSerial(account.certificate.serial) === certificate.serial,
  );
  if (bound.length === 1) return byId(bound[0]!.staffId);
  const name = certificate.subject.find(([key]) => key === "CN")?.[1];
  const namesakes = people.filter((person) => name !== undefined && toToneKey(person.fullName) === toToneKey(name));
  return namesakes.length === 1 ? namesakes[0] : undefined;
}

async function judgeOwn(
  desk: Desk,
  { directory, settings }: CheckRequest,
  {
    certificate,
    person,
    reading,
  }: {
    readonly certificate: CertificateText;
    readonly person: Person;
    readonly reading: PersonReading | undefined;
  },
): Promise<SignerCode[]> {
  const today = toIsoDate(desk.clock.now(), desk.zone);
  const posts = await desk.people.listPosts({ staffId: person.staffId, at: today });
  const province = directory.findUnit(posts[0]?.unit ?? "")?.province;
  const bound = reading?.account?.certificate?.serial;
  return judgeBinding({
    certificate,
    person,
    posts,
    boundSerial: bound === undefined ? undefined : toSerial(bound),
    isAccountKnown: reading !== undefined,
    findUnit(text) {
      const found = resolveUnit(text, directory, { province });
      return found.kind === "one" ? found.unit.code : undefined;
    },
    stateIssuers: settings.stateIssuers,
  });
}

/** The code that says most, for one line: what denies before what is unknown before what warns. */
export function findWorst(codes: readonly SignerCode[]): SignerCode | undefined {
  const rank = { denies: 0, unknown: 1, warns: 2 } as const;
  return codes.toSorted((a, b) => rank[findSignerFault(a).effect] - rank[findSignerFault(b).effect])[0];
}

const words = {
  noCertificate: (file: string) => ({
    vi: `${file}: không phải chứng thư số (PEM hoặc DER)`,
    en: `${file}: is no certificate (PEM or DER)`,
  }),
  noneThere: (path: string) => ({
    vi: `${path}: không có tệp .pem, .crt, .cer, .der nào`,
    en: `${path}: has no .pem, .crt, .cer or .der file`,
  }),
  nobody: (staffId: string) => ({ vi: `không có cán bộ mã '${staffId}'`, en: `there is nobody with the staff id '${staffId}'` }),
};
