import { insertOnly, type Migration } from "../../platform/database.ts";

export const certificateMigrations: readonly Migration[] = [
  {
    name: "delegation/0003-certificates",
    statements: (c) => [
      `CREATE TABLE delegation_certificate_seen (
        seq ${c.serial}, staff_id ${c.text} NOT NULL, serial ${c.text} NOT NULL, sha256 ${c.text} NOT NULL, at ${c.int} NOT NULL,
        not_before ${c.int} NOT NULL, not_after ${c.int} NOT NULL, revoked_at ${c.int}, crl_this_update ${c.int}, crl_next_update ${c.int},
        verdict ${c.text} NOT NULL CHECK (verdict IN ('VALID', 'INVALID', 'UNKNOWN')), codes ${c.text} NOT NULL, openssl ${c.text},
        recorded_at ${c.int} NOT NULL
      ) ${c.strict}`,
      "CREATE INDEX delegation_certificate_seen_by_person ON delegation_certificate_seen (staff_id, serial)",
      ...insertOnly("delegation_certificate_seen", c),
      `CREATE TABLE delegation_token_seen (
        seq ${c.serial}, staff_id ${c.text} NOT NULL, code ${c.text} NOT NULL, state ${c.text} NOT NULL CHECK (state IN ('seen', 'mended')),
        at ${c.int} NOT NULL, note ${c.text}, recorded_at ${c.int} NOT NULL, recorded_by ${c.text} NOT NULL
      ) ${c.strict}`,
      ...insertOnly("delegation_token_seen", c),
    ],
  },
];
