/** What the machine under the program is. */
export interface Machine {
  /** `24.21.0`. */
  readonly nodeVersion: string;
  readonly platform: string;
  /** The machine's own zone, `Etc/UTC`. Nothing is reckoned by it. */
  readonly timeZone: string;
  /** Whether names can be sorted as Vietnamese sorts them: a Node without full ICU cannot. */
  readonly sortsVietnamese: boolean;
}

export function readMachine(): Machine {
  return {
    nodeVersion: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    sortsVietnamese: new Intl.Collator("vi").resolvedOptions().locale === "vi",
  };
}
