import type { Zone } from "../../platform/time.ts";
import type { Carrier } from "../carrier.ts";
import type { SystemSettings } from "../settings.ts";
import { createRestCarrier } from "./rest.ts";

/** What an adapter gets beside its settings; the secret is read by the caller and stays in memory. */
export interface CarrierNeeds {
  readonly system: string;
  readonly token: string | undefined;
  /** PEM. */
  readonly ca: string | undefined;
  readonly zone: Zone;
}

/** Every way to talk to a document system: one line an adapter. */
export const carriers = {
  rest: createRestCarrier,
} satisfies Record<SystemSettings["kind"], (settings: never, needs: CarrierNeeds) => Promise<Carrier>>;

export function openCarrier(settings: SystemSettings, needs: CarrierNeeds): Promise<Carrier> {
  return carriers[settings.kind](settings, needs);
}
