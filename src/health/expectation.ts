/** What the inventory says the answer must be. */
export interface Expectation {
  /** Statuses that are good, also ones that would not be by themselves (401 of a service that wants a sign-in). */
  readonly statuses?: readonly number[];
  /** Text that the body must hold. */
  readonly text?: string;
  /** JSON pointer into the body, and the value there as text. */
  readonly json?: { readonly pointer: string; readonly value: string };
}
