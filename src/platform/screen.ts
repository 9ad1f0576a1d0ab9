/** The keys that a live view knows; a letter stands for itself. */
export type Key = "up" | "down" | "left" | "right" | "page-up" | "page-down" | "home" | "end" | "interrupt" | (string & {});

/** A terminal that is ours as a whole until it is closed. */
export interface Screen {
  readonly size: () => { readonly columns: number; readonly rows: number };
  write(text: string): void;
  onKey(hear: (key: Key) => void): void;
  onResize(hear: () => void): void;
  /** Gives the terminal back as it was. */
  close(): void;
}

const enter = "\u001B[?1049h\u001B[?25l\u001B[?7l";
const leave = "\u001B[0m\u001B[?7h\u001B[?25h\u001B[?1049l";

const sequences: Readonly<Record<string, Key>> = {
  "[A": "up",
  "[B": "down",
  "[C": "right",
  "[D": "left",
  OA: "up",
  OB: "down",
  OC: "right",
  OD: "left",
  "[5~": "page-up",
  "[6~": "page-down",
  "[H": "home",
  "[F": "end",
  "[1~": "home",
  "[4~": "end",
};

/** Keys out of what a terminal sends; what is not known is left out. Pure. */
export function parseKeys(bytes: string): Key[] {
  return [...bytes.matchAll(/\u001B(\[\d*(?:;\d+)*[A-Za-z~]|O[A-D])|\u0003|\p{L}| /gu)].flatMap(([whole, sequence]): Key[] => {
    if (whole === "\u0003") return ["interrupt"];
    if (whole === " ") return ["page-down"];
    const known = sequence === undefined ? whole.toLowerCase() : sequences[sequence];
    return known === undefined ? [] : [known];
  });
}

/**
 * Takes the process's terminal over. `interrupt` is called for Ctrl-C, and when the line to the terminal is cut: then nothing more is sent.
 */
export function openScreen(interrupt: () => void): Screen {
  const { stdin, stdout } = process;
  const hearers: ((key: Key) => void)[] = [];
  const resizers: (() => void)[] = [];
  let open = true;
  let cut = false;
  const write = (text: string): void => {
    if (open && !cut && text !== "") stdout.write(text);
  };
  const hangUp = (): void => {
    cut = true;
    interrupt();
  };
  const hear = (bytes: Buffer | string): void => {
    for (const key of parseKeys(bytes.toString("utf8"))) {
      if (key === "interrupt") interrupt();
      else for (const one of hearers) one(key);
    }
  };
  const resized = (): void => {
    for (const one of resizers) one();
  };
  const lost = (): void => {
    cut = true;
  };
  const close = (): void => {
    if (!open) return;
    write(leave);
    open = false;
    if (!cut) stdin.setRawMode(false);
    stdin.pause();
    stdin.off("data", hear);
    stdout.off("resize", resized);
    process.off("SIGHUP", hangUp);
    process.off("exit", close);
  };
  stdin.setRawMode(true);
  stdin.on("data", hear);
  stdin.on("error", hangUp);
  stdin.on("end", hangUp);
  // Writing to a line that is cut is no fault of the work.
  stdout.prependListener("error", lost);
  stdout.on("resize", resized);
  process.on("SIGHUP", hangUp);
  process.on("exit", close);
  stdin.resume();
  write(enter);
  return {
    size: () => ({ columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 }),
    write,
    onKey: (one) => void hearers.push(one),
    onResize: (one) => void resizers.push(one),
    close,
  };
}
