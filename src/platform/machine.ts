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

/** How many files and connections this process may have open; undefined where the system sets no such limit or does not tell. */
export function readOpenFileLimit(): number | undefined {
  // Without this the report looks the names of all addresses up.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { readonly userLimits?: { readonly open_files?: { readonly soft?: unknown } } };
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === "number" ? soft : undefined;
}
