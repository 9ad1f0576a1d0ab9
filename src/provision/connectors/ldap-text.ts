/** RFC 4515 §3: what would be syntax in a filter stands as its hexadecimal code. Everything else, Vietnamese included, stands as it is. */
export function escapeFilterValue(value: string): string {
  return value.normalize("NFC").replace(/[\\*()\0]/g, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** `(attribute=value)`. */
export function formatEquals(attribute: string, value: string): string {
  return `(${attribute}=${escapeFilterValue(value)})`;
}

/** RFC 4514 §2.4: the value of one part of a distinguished name. */
export function escapeDnValue(value: string): string {
  return value
    .normalize("NFC")
    .replace(/[\\",;+<>=]/g, (sign) => `\\${sign}`)
    .replaceAll("\0", "\\00")
    .replace(/^[ #]|(?<!^) $/g, (sign) => `\\${sign}`);
}

/** The value of the first part of a distinguished name, unescaped; undefined where that part is of another attribute. */
export function findFirstRdn(dn: string, attribute: string): string | undefined {
  const [, name, value] = /^([\w.-]+)=((?:\\.|[^\\,+])*)/.exec(dn) ?? [];
  return name?.toLowerCase() !== attribute.toLowerCase() || value === undefined ? undefined : unescapeDnValue(value);
}

function unescapeDnValue(value: string): string {
  // In one pass: the second of two backslashes begins nothing.
  return value.replace(/(?:\\[0-9a-f]{2})+|\\(.)/gi, (run, sign: string | undefined) =>
    sign === undefined ? Buffer.from(run.replaceAll("\\", ""), "hex").toString("utf8") : sign,
  );
}

/**
 * A distinguished name as servers compare it: one name is written in several ways, with other letters' case, blanks and escapes (RFC 4514 §2.4,
 * RFC 4518).
 */
export function toDnKey(dn: string): string {
  const parts = dn.match(/(?:\\.|[^\\,])+/g) ?? [];
  const keys = parts.map((part) => {
    const pairs = (part.match(/(?:\\.|[^\\+])+/g) ?? []).map((pair) => {
      const at = pair.indexOf("=");
      const value = unescapeDnValue(pair.slice(at + 1).replace(/^ +|(?<!\\) +$/g, ""));
      return `${pair.slice(0, at).trim().toLowerCase()}=${JSON.stringify(value.normalize("NFC").replace(/ +/g, " ").trim().toLowerCase())}`;
    });
    return pairs.sort().join("+");
  });
  return keys.join(",");
}

/** An Active Directory objectGUID as people and `<GUID=…>` write it: the first three groups are little-endian ([MS-DTYP] §2.3.4). */
export function formatGuid(bytes: Buffer): string | undefined {
  if (bytes.length !== 16) return undefined;
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = Buffer.from(order.map((index) => bytes[index] as number)).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
