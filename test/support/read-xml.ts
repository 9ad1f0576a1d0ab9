export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** A strict reader of the part of XML 1.0 that has no DTD, comments or CDATA; throws where a document is not well-formed. */
export function readXml(text: string): XmlElement {
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(text)) throw new Error("a character that XML has not");
  const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(text);
  if (!declaration) throw new Error("no declaration");
  const root: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open: XmlElement[] = [root];
  let at = declaration[0].length;
  while (at < text.length) {
    const tag = /<(\/?)([\w.-]+)((?:\s+[\w.-]+="[^"<]*")*)\s*(\/?)>/y;
    tag.lastIndex = at;
    const found = tag.exec(text);
    const parent = open.at(-1) as XmlElement;
    if (found) {
      at = tag.lastIndex;
      const [, closing, name = "", attributes = "", selfClosing] = found;
      if (closing) {
        if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
        continue;
      }
      const element: XmlElement = { name, attributes: readAttributes(attributes), children: [], text: "" };
      parent.children.push(element);
      if (!selfClosing) open.push(element);
      continue;
    }
    const end = text.indexOf("<", at);
    if (end === at) throw new Error(`no tag: ${text.slice(at, at + 80)}`);
    const piece = text.slice(at, end < 0 ? undefined : end);
    if (open.length === 1 && piece.trim() !== "") throw new Error("text outside the root");
    parent.text += decode(piece);
    at = end < 0 ? text.length : end;
  }
  const [document, second] = root.children;
  if (open.length !== 1 || !document || second) throw new Error("not one whole element");
  return document;
}

function readAttributes(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(/([\w.-]+)="([^"]*)"/g)) {
    if (name in found) throw new Error(`${name} comes twice`);
    found[name] = decode(value);
  }
  return found;
}

function decode(text: string): string {
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    const code = /^#(\d+)$/.exec(name)?.[1];
    if (!whole.endsWith(";") || (code === undefined && !Object.hasOwn(entities, name))) throw new Error(`no entity ${whole}`);
    return code === undefined ? (entities[name] as string) : String.fromCodePoint(Number(code));
  });
}
