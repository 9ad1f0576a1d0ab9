/** A sample as a Prometheus server reads it. */
export interface ExposedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Exposition {
  readonly types: ReadonlyMap<string, string>;
  readonly units: ReadonlyMap<string, string>;
  readonly samples: readonly ExposedSample[];
}

/**
 * A strict reader of the text format (prometheus.io, "Exposition formats") and of OpenMetrics 1.0 §ABNF, letter by letter, knowing nothing of the writer.
 * Throws where a server would refuse.
 */
export function readExposition(text: string, dialect: "prometheus" | "openmetrics"): Exposition {
  if (!text.endsWith("\n")) throw new Error("the last line must end");
  const lines = text.slice(0, -1).split("\n");
  if (dialect === "openmetrics" && lines.pop() !== "# EOF") throw new Error("# EOF must be last");
  const types = new Map<string, string>();
  const units = new Map<string, string>();
  const samples: ExposedSample[] = [];
  const done = new Set<string>();
  let family = "";
  for (const line of lines) {
    if (line === "") throw new Error("an empty line");
    const meta = /^# (HELP|TYPE|UNIT) ([a-zA-Z_:][\w:]*) (.*)$/.exec(line);
    if (meta) {
      const [, kind, name = "", rest = ""] = meta;
      if (name !== family) {
        if (done.has(name)) throw new Error(`${name} comes twice`);
        done.add(name);
        family = name;
      }
      if (kind === "TYPE") {
        if (types.has(name)) throw new Error(`two types of ${name}`);
        if (!["gauge", "counter", "info"].includes(rest)) throw new Error(`no type ${rest}`);
        if (rest === "info" && dialect === "prometheus") throw new Error("info is not a type of 0.0.4");
        types.set(name, rest);
      }
      if (kind === "UNIT") {
        if (!name.endsWith(`_${rest}`)) throw new Error(`${name} does not end in its unit`);
        units.set(name, rest);
      }
      continue;
    }
    if (line.startsWith("#")) throw new Error(`a comment that is none: ${line}`);
    const sample = readSample(line);
    const own = types.get(family) === "info" ? `${family}_info` : family;
    if (sample.name !== own) throw new Error(`${sample.name} stands under ${family}`);
    samples.push(sample);
  }
  const ids = samples.map(({ name, labels }) => JSON.stringify([name, Object.entries(labels).sort()]));
  if (new Set(ids).size < ids.length) throw new Error("a series comes twice");
  return { types, units, samples };
}

function readSample(line: string): ExposedSample {
  const name = /^[a-zA-Z_:][\w:]*/.exec(line)?.[0] ?? "";
  let at = name.length;
  const labels: Record<string, string> = {};
  if (line[at] === "{") {
    at++;
    while (line[at] !== "}") {
      const label = /^[a-zA-Z_]\w*/.exec(line.slice(at))?.[0];
      if (!label) throw new Error(`no label at ${at}: ${line}`);
      at += label.length;
      if (line.slice(at, at + 2) !== '="') throw new Error(`no value at ${at}: ${line}`);
      at += 2;
      let value = "";
      for (; line[at] !== '"'; at++) {
        if (at >= line.length) throw new Error(`a value without end: ${line}`);
        if (line[at] !== "\\") value += line[at];
        else {
          at++;
          const escaped = { n: "\n", "\\": "\\", '"': '"' }[line[at] ?? ""];
          if (escaped === undefined) throw new Error(`no such escape: ${line}`);
          value += escaped;
        }
      }
      at++;
      if (label in labels) throw new Error(`label ${label} comes twice`);
      labels[label] = value;
      if (line[at] === ",") at++;
      else if (line[at] !== "}") throw new Error(`no end of labels at ${at}: ${line}`);
    }
    at++;
  }
  // One value, and no timestamp: the textfile collector refuses a file that has one.
  const value = /^ (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(line.slice(at))?.[1];
  if (value === undefined) throw new Error(`no single value: ${line}`);
  return { name, labels, value: Number(value) };
}
