import { startTlsDirectory } from "./connect-directory.ts";
import { directoryLies, readText, startFakeDirectory } from "./fake-directory.ts";
import { type Lie, scimLies, startLyingScim, type User } from "./lying-scim.ts";
import { startVendor, type VendorLie, type VendorUser, vendorLies, vendorPass, vendorUser } from "./vendor-fake.ts";

/** What a server's own store says of one account. Of the managed attributes those that every kind of server has. */
export interface TrueAccount {
  readonly userName: string;
  readonly active: boolean;
  readonly displayName: string | null;
  readonly title: string | null;
  readonly phone: string | null;
}

/** A server with switches that make it lie, and the store that keeps the truth. */
export interface LiarStage {
  readonly name: string;
  /** Every switch there is: one that is added is walked over without another line. */
  readonly lies: readonly string[];
  /** Harmless by themselves: with them there are several pages to lie about. */
  readonly paging: readonly string[];
  /** YAML of the system in wardctl.yaml. */
  readonly settings: string;
  readonly env: Readonly<Record<string, string>>;
  /** Further files of the workspace. */
  readonly files: Readonly<Record<string, string>>;
  lie(...lies: readonly string[]): void;
  /** By what tells accounts apart in the store itself. */
  truth(): ReadonlyMap<string, TrueAccount>;
  /** Thirty accounts that nobody of ours made. */
  addStrangers(): void;
  isStranger(userName: string): boolean;
  /** Keeps the store as it is now, and brings it back to that. */
  keep(): void;
  restore(): void;
  stop(): Promise<void>;
}

const strangers = Array.from({ length: 30 }, (_, at) => `khach${at + 10}`);
const isStranger = (userName: string): boolean => strangers.includes(userName);

const toText = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const shortly = "deadlineMs: 500";

export async function startScimStage(): Promise<LiarStage> {
  const server = await startLyingScim();
  let kept = new Map<string, User>();
  const read = (user: User): TrueAccount => ({
    userName: user.userName,
    active: user["active"] !== false,
    displayName: toText(user["displayName"]),
    title: toText(user["title"]),
    phone: toText((user["phoneNumbers"] as readonly { readonly value: unknown }[] | undefined)?.[0]?.value),
  });
  return {
    name: "SCIM",
    lies: scimLies,
    paging: ["caps-at-5"],
    settings: `{ kind: scim, url: "${server.url}", token: "env:SECRET", ${shortly}, visibleWithinMs: 300 }`,
    env: { SECRET: "secret-canary" },
    files: {},
    lie(...lies) {
      server.lies.clear();
      for (const lie of lies) server.lies.add(lie as Lie);
    },
    truth: () => new Map([...server.users].map(([id, user]) => [id, read(user)])),
    addStrangers() {
      for (const name of strangers)
        server.users.set(name, { id: name, userName: name, active: true, displayName: `Khách ${name}`, nickName: "cũ" });
    },
    isStranger,
    keep: () => {
      kept = structuredClone(server.users);
    },
    restore() {
      server.users.clear();
      for (const [id, user] of structuredClone(kept)) server.users.set(id, user);
    },
    stop: server.stop,
  };
}

export async function startVendorStage(): Promise<LiarStage> {
  const server = await startVendor();
  let kept = new Map<string, VendorUser>();
  return {
    name: "a vendor's REST",
    lies: vendorLies,
    paging: ["caps-at-20"],
    settings: `{ kind: rest, url: "${server.url}", definition: vendor-docs, secrets: { user: "env:QLVB_USER", pass: "env:QLVB_PASS" }, ${shortly} }`,
    env: { QLVB_USER: vendorUser, QLVB_PASS: vendorPass },
    files: {},
    lie(...lies) {
      server.lies.clear();
      for (const lie of lies) server.lies.add(lie as VendorLie);
    },
    truth: () =>
      new Map(
        [...server.users].map(([id, user]) => [
          id,
          {
            userName: user.tenDangNhap,
            active: user["trangThai"] === 1,
            displayName: toText(user["hoTen"]),
            title: toText(user["chucVu"]),
            phone: toText(user["dienThoai"]),
          },
        ]),
      ),
    addStrangers() {
      for (const [at, tenDangNhap] of strangers.entries())
        server.users.set(`${900 + at}`, { id: 900 + at, tenDangNhap, hoTen: `Khách ${at}`, trangThai: 1, ghiChu: "cũ" });
    },
    isStranger,
    keep: () => {
      kept = structuredClone(server.users);
    },
    restore() {
      server.users.clear();
      for (const [id, user] of structuredClone(kept)) server.users.set(id, user);
    },
    stop: server.stop,
  };
}

/** Under TLS where it is Active Directory. */
export async function startDirectoryStage(kind: "ldap" | "ad"): Promise<LiarStage> {
  const { directory, ca } =
    kind === "ad" ? await startTlsDirectory("ad") : { directory: await startFakeDirectory({ kind }), ca: undefined };
  const { entries, lies } = directory;
  type Entry = (typeof entries)[number];
  let kept: Entry[] = [];
  const clone = (list: readonly Entry[]): Entry[] =>
    list.map(({ dn, values }) => ({
      dn,
      values: new Map([...values].map(([key, value]) => [key, { name: value.name, values: [...value.values] }])),
    }));
  const isActive = ({ values }: Entry): boolean =>
    kind === "ad"
      ? // 546: made without a password, which is as open as it gets before the hand-out.
        (Number(readText(values, "userAccountControl")) & 0x2) === 0 || readText(values, "userAccountControl") === "546"
      : readText(values, "pwdAccountLockedTime") === undefined;
  const read = (entry: Entry): TrueAccount => ({
    userName: readText(entry.values, kind === "ad" ? "sAMAccountName" : "uid") ?? "",
    active: isActive(entry),
    displayName: readText(entry.values, "displayName") ?? null,
    title: readText(entry.values, "title") ?? null,
    phone: readText(entry.values, "telephoneNumber") ?? null,
  });
  return {
    name: kind === "ad" ? "Active Directory" : "a directory",
    lies: directoryLies,
    // Pages are as large as wardctl asks for.
    paging: [],
    settings: `{ kind: ${kind}, url: "${directory.url}", bindDn: cn=wardctl, password: "env:SECRET", base: "OU=UBND,DC=hue,DC=vn", pageSize: 4, ${shortly}${ca === undefined ? "" : ", ca: ca.pem"} }`,
    env: { SECRET: "secret-canary" },
    files: ca === undefined ? {} : { "ca.pem": ca },
    lie(...chosen) {
      lies.clear();
      for (const lie of chosen) lies.add(lie as never);
    },
    truth: () => new Map(entries.map((entry) => [entry.dn, read(entry)])),
    addStrangers() {
      for (const [at, name] of strangers.entries()) {
        const given = {
          objectClass: "person",
          objectCategory: "person",
          [kind === "ad" ? "sAMAccountName" : "uid"]: name,
          displayName: `Khách ${name}`,
          userAccountControl: "512",
          entryUUID: `99999999-2222-3333-4444-0000000000${at + 10}`,
        };
        const values = new Map(
          Object.entries(given).map(([key, value]) => [key.toLowerCase(), { name: key, values: [Buffer.from(value)] }]),
        );
        values.set("objectguid", { name: "objectGUID", values: [Buffer.alloc(16, 0xa0 + at)] });
        entries.push({ dn: `uid=${name},OU=UBND,DC=hue,DC=vn`, values });
      }
    },
    isStranger,
    keep: () => {
      kept = clone(entries);
    },
    restore() {
      entries.length = 0;
      entries.push(...clone(kept));
    },
    stop: directory.stop,
  };
}
