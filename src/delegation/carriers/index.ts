import { Failure } from "../../platform/failure.ts";
import type { Zone } from "../../platform/time.ts";
import type { Carrier } from "../carrier.ts";
import type { ScopeBook } from "../scope-book.ts";
import { createExportCarrier } from "./export.ts";
import { createRestCarrier } from "./rest.ts";
import type { DescribedSystem, SystemSettings } from "./system-settings.ts";

/** What an adapter gets beside its settings; the secret is read by the caller and stays in memory. */
export interface CarrierNeeds {
  readonly system: string;
  readonly token: string | undefined;
  /** PEM. */
  readonly ca: string | undefined;
  readonly zone: Zone;
  /** A path from wardctl.yaml. */
  readonly resolvePath?: (path: string) => string;
  /** Departments and groups of procedures that there are; the built-in ones without it. */
  readonly book?: ScopeBook;
}

/** Every way to talk to a document system: one line an adapter. */
export const carriers = {
  rest: createRestCarrier,
  export: createExportCarrier,
} satisfies Record<NonNullable<DescribedSystem["kind"]>, (settings: never, needs: CarrierNeeds) => Promise<Carrier>>;

/** Failure kind: usage (a system of which only screens are known, or a file that was not read yet). */
export function openCarrier(settings: SystemSettings, needs: CarrierNeeds): Promise<Carrier> {
  if (settings.kind === "screens" || settings.kind === "file") throw new Failure("usage", words.notOpened(needs.system));
  return settings.kind === "export" ? carriers.export(settings, needs) : carriers.rest(settings, needs);
}

const words = {
  notOpened: (system: string) => ({
    vi: `${system}: không có giao diện để hỏi`,
    en: `${system}: has no interface to ask`,
  }),
};
