import { type Codes, createCodes } from "../../src/records/code-store.ts";

/** An empty dictionary that is saved nowhere. */
export function createCodesInMemory(): Codes {
  return createCodes({ units: [], procedures: [], agencies: [], odd: [] });
}
