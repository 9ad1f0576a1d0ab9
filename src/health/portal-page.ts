/** Only the beginning of a page is looked at. */
const openingBytes = 4096;

/**
 * Does a page that came with a good status say of itself that somebody stands in between and wants a sign-in to the network? Told by what
 * hotspots put there for machines (WISPr), and by a page that does nothing but lead to another host. A form with a password proves nothing:
 * the systems' own first pages have one.
 */
export function looksLikePortal(
  body: Buffer,
  { from, known }: { readonly from: URL; readonly known: readonly (string | undefined)[] },
): boolean {
  const text = body.toString("latin1", 0, openingBytes);
  if (/<WISPAccessGatewayParam/i.test(text)) return true;
  const [, leads] =
    /<meta[^>]+http-equiv\s*=\s*["']?refresh["']?[^>]+content\s*=\s*["']?\s*\d+\s*;\s*url\s*=\s*["']?([^"'\s>]+)/i.exec(text) ??
    [];
  if (leads === undefined || !URL.canParse(leads, from.href)) return false;
  const { hostname } = new URL(leads, from.href);
  return hostname !== from.hostname && !known.includes(hostname);
}
