/** The one place that reads the process's environment; everything else gets it as an argument. */
export type Environment = Readonly<Record<string, string | undefined>>;

export function readEnvironment(): Environment {
  return process.env;
}
