import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Whether OpenSSL is here; a suite that needs it says aloud that it was skipped. */
export const hasOpenssl = ((): boolean => {
  try {
    return execFileSync("openssl", ["version"], { encoding: "utf8" }).startsWith("OpenSSL ");
  } catch {
    return false;
  }
})();
if (!hasOpenssl) console.warn("SKIPPED: openssl is not installed, so no certificate is judged");

export interface LeafRequest {
  readonly name: string;
  /** `/C=VN/O=…/CN=…` */
  readonly subject: string;
  /** `20250620000000Z` */
  readonly from?: string;
  readonly to?: string;
  readonly keyUsage?: string;
  readonly bits?: number;
}

/** A certification authority by the openssl tool alone, independent of everything that is tested: anchor, leaves, revocation lists. */
export interface OpensslAuthority {
  readonly anchor: string;
  /** PEM file of a new leaf. */
  issue(request: LeafRequest): string;
  /** Revokes at an instant as openssl writes it, `20250702000000Z`. */
  revoke(leaf: string, at: string): void;
  /** PEM file of a list. */
  list(name: string, from: string, to: string): string;
  /** A responder by the openssl tool, which answers by its own clock, so by the true day. A forger signs what this authority would say. */
  respond(forger?: OpensslAuthority): Promise<{ readonly url: string; readonly stop: () => void }>;
}

export function createOpensslAuthority(
  folder: string,
  subject = "/C=VN/O=Ban Cơ yếu Chính phủ/CN=CA thử nghiệm",
): OpensslAuthority {
  mkdirSync(folder, { recursive: true });
  const at = (name: string): string => join(folder, name);
  const run = (...words: string[]): void =>
    void execFileSync("openssl", words, { cwd: folder, stdio: ["ignore", "ignore", "ignore"] });
  writeFileSync(
    at("ca.cnf"),
    `[ca]\ndefault_ca = own\n[own]\ndatabase = ${at("index.txt")}\nnew_certs_dir = ${folder}\ncertificate = ${at("ca.pem")}\nprivate_key = ${at("ca.key")}\nserial = ${at("serial")}\ncrlnumber = ${at("crlnumber")}\ndefault_md = sha256\npolicy = any\nunique_subject = no\nstring_mask = utf8only\n[any]\ncountryName = optional\norganizationName = optional\norganizationalUnitName = optional\ntitle = optional\ncommonName = optional\nemailAddress = optional\n[req]\ndistinguished_name = dn\nstring_mask = utf8only\nutf8 = yes\n[dn]\n[root]\nbasicConstraints = critical,CA:true\nkeyUsage = critical,keyCertSign,cRLSign\nsubjectKeyIdentifier = hash\n`,
  );
  writeFileSync(at("index.txt"), "");
  writeFileSync(at("serial"), "54010000\n");
  writeFileSync(at("crlnumber"), "01\n");
  run(
    "req",
    "-x509",
    "-config",
    "ca.cnf",
    "-extensions",
    "root",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-days",
    "36500",
    "-utf8",
    "-subj",
    subject,
  );
  // Valid long before the rehearsed days, which the tool itself does not know of.
  run("req", "-new", "-config", "ca.cnf", "-key", "ca.key", "-out", "ca.csr", "-utf8", "-subj", subject);
  run(
    "ca",
    "-batch",
    "-config",
    "ca.cnf",
    "-selfsign",
    "-keyfile",
    "ca.key",
    "-extensions",
    "root",
    "-in",
    "ca.csr",
    "-out",
    "ca.pem",
    "-notext",
    "-startdate",
    "20200101000000Z",
    "-enddate",
    "20450101000000Z",
    "-utf8",
  );
  return {
    anchor: at("ca.pem"),
    issue({
      name,
      subject: own,
      from = "20250620000000Z",
      to = "20280620000000Z",
      keyUsage = "digitalSignature,nonRepudiation",
      bits = 2048,
    }) {
      appendFileSync(
        at("ca.cnf"),
        `[${name}]\nbasicConstraints = CA:false\n${keyUsage === "" ? "" : `keyUsage = critical,${keyUsage}\n`}`,
      );
      run(
        "req",
        "-new",
        "-config",
        "ca.cnf",
        "-newkey",
        `rsa:${bits}`,
        "-nodes",
        "-keyout",
        `${name}.key`,
        "-out",
        `${name}.csr`,
        "-utf8",
        "-subj",
        own,
      );
      run(
        "ca",
        "-batch",
        "-config",
        "ca.cnf",
        "-extensions",
        name,
        "-in",
        `${name}.csr`,
        "-out",
        `${name}.pem`,
        "-notext",
        "-startdate",
        from,
        "-enddate",
        to,
        "-utf8",
      );
      return at(`${name}.pem`);
    },
    revoke(leaf, when) {
      run("ca", "-config", "ca.cnf", "-revoke", leaf, "-crl_reason", "superseded");
      // The tool writes today; the day of the test is another.
      const index = readFileSync(at("index.txt"), "utf8");
      writeFileSync(
        at("index.txt"),
        index.replace(/^(R\t\w+\t)\w+(,superseded)/gm, (line, head: string, tail: string) =>
          line.includes("Z,") && !line.includes("#") ? `${head}${when.slice(2)}${tail}` : line,
        ),
      );
    },
    respond(forger) {
      const signer = forger === undefined ? folder : dirname(forger.anchor);
      const child = spawn(
        "openssl",
        [
          "ocsp",
          "-index",
          "index.txt",
          "-port",
          "0",
          "-rsigner",
          join(signer, "ca.pem"),
          "-rkey",
          join(signer, "ca.key"),
          "-CA",
          "ca.pem",
          "-ndays",
          "1",
        ],
        { cwd: folder, stdio: ["ignore", "pipe", "pipe"] },
      );
      return new Promise((done, fail) => {
        const listen = (piece: Buffer): void => {
          const port = /ACCEPT \S*:(\d+)/.exec(piece.toString())?.[1];
          if (port) done({ url: `http://127.0.0.1:${port}`, stop: () => void child.kill("SIGKILL") });
        };
        child.stdout.on("data", listen);
        child.stderr.on("data", listen);
        child.on("error", fail);
        child.on("exit", () => fail(new Error("the responder ended")));
      });
    },
    list(name, from, to) {
      run("ca", "-config", "ca.cnf", "-gencrl", "-crl_lastupdate", from, "-crl_nextupdate", to, "-out", `${name}.pem`);
      return at(`${name}.pem`);
    },
  };
}
