// `node test/runtime/schema.js`: writes docs/wardctl.schema.json from the settings as they are.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { formatSettingsSchema } from "../../src/workspace/settings-schema.ts";

writeFileSync(fileURLToPath(new URL("../../docs/wardctl.schema.json", import.meta.url)), await formatSettingsSchema());
