import { startScimStage } from "../../../support/liar-stage.ts";
import { describeLiars } from "./describe-liars.ts";

await describeLiars(startScimStage, { probed: true });
