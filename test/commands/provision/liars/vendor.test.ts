import { startVendorStage } from "../../../support/liar-stage.ts";
import { describeLiars } from "./describe-liars.ts";

await describeLiars(startVendorStage);
