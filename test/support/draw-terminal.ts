interface Shown {
  /** What was typed. */
  readonly line: string;
  /** What came, with its colours (ECMA-48 SGR). */
  readonly text: string;
}

const columns = 112;
const columnPx = 8.4;
const linePx = 20;
const colours: Readonly<Record<number, string>> = { 31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 36: "#79c0ff" };

/** Command lines and what they printed, as a terminal shows them: an SVG without script, typeface or anything else from outside. Pure. */
export function drawTerminal(shown: readonly Shown[], about: string): string {
  const lines = shown
    .flatMap(({ line, text }) => [
      `\u001b[36m$\u001b[39m \u001b[1m${line}\u001b[22m`,
      ...text.trimEnd().split("\n").flatMap(wrap),
      "",
    ])
    .slice(0, -1);
  const bare = lines.map(toBare);
  const width = Math.ceil(Math.max(...bare.map((line) => line.length)) * columnPx) + 40;
  const height = lines.length * linePx + 56;
  const rows = lines.map((line, at) => `<text x="20" y="${52 + at * linePx}">${drawLine(line)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(about)}">
<title>${escapeText(about)}</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<circle cx="22" cy="18" r="5" fill="#ff5f57"/><circle cx="40" cy="18" r="5" fill="#febc2e"/><circle cx="58" cy="18" r="5" fill="#28c840"/>
<g font-family="ui-monospace, 'Cascadia Mono', Consolas, Menlo, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6edf3">
${rows.filter((row) => !row.endsWith('"></text>')).join("\n")}
</g>
</svg>
`;
}

/** What is wider than the screen goes on below, at its own indent. */
function wrap(line: string): string[] {
  const indent = /^ */.exec(toBare(line))?.[0] ?? "";
  const rows = [""];
  for (const part of line.split(/(?<= )(?=\S)/)) {
    const row = rows.at(-1) as string;
    if (toBare(row + part).trimEnd().length > columns && row.trim() !== "") rows.push(`${indent}  ${part}`);
    else rows[rows.length - 1] = row + part;
  }
  return rows;
}

const toBare = (line: string): string => line.replaceAll(/\u001b\[\d+m/g, "");

/** Each stretch of one look is a span at its column, so that another typeface's widths move nothing. */
function drawLine(line: string): string {
  let column = 0;
  let bold = false;
  let dim = false;
  let colour: string | undefined;
  return line
    .split(/(\u001b\[\d+m)/)
    .map((part) => {
      const code = /^\u001b\[(\d+)m$/.exec(part)?.[1];
      if (code === undefined) return drawSpan(part);
      const set = Number(code);
      if (set === 1) bold = true;
      else if (set === 2) dim = true;
      else if (set === 22) bold = dim = false;
      else colour = colours[set];
      return "";
    })
    .join("");

  function drawSpan(text: string): string {
    const x = (20 + column * columnPx).toFixed(1);
    column += text.length;
    if (text.trim() === "") return "";
    const look = [colour && `fill="${colour}"`, bold && 'font-weight="bold"', dim && 'opacity="0.65"'].filter(Boolean).join(" ");
    const length = `textLength="${(text.length * columnPx).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
    return `<tspan x="${x}" ${length}${look === "" ? "" : ` ${look}`}>${escapeText(text).replaceAll(" ", "\u00a0")}</tspan>`;
  }
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
