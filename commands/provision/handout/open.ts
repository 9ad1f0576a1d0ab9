import { type Handout, openHandout } from "../../../src/provision/handout.ts";
import type { Context } from "../../context.ts";

export async function openLedger({ workspace, clock }: Pick<Context, "workspace" | "clock">): Promise<Handout> {
  const home = await workspace();
  return openHandout({
    database: await home.database(),
    audit: await home.audit(),
    clock,
    zone: home.zone,
    actor: home.actor,
  });
}
