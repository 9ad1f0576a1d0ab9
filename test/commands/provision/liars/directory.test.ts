import { startDirectoryStage } from "../../../support/liar-stage.ts";
import { describeLiars } from "./describe-liars.ts";

await describeLiars(() => startDirectoryStage("ldap"));
await describeLiars(() => startDirectoryStage("ad"));
