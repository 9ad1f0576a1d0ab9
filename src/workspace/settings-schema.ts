import type { SettingMeta } from "../platform/schema-walk.ts";
import { settingsSchema } from "./settings.ts";

/** The JSON Schema of wardctl.yaml, for editors: draft 7, which their YAML support reads best. Text, ready to be written. */
export async function formatSettingsSchema(): Promise<string> {
  const { z } = await import("zod");
  const schema = z.toJSONSchema(settingsSchema, {
    target: "draft-7",
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      const { words } = jsonSchema as SettingMeta;
      if (words) jsonSchema.description ??= `${words.vi}\n\n${words.en}`;
      for (const own of ["words", "suggest", "file"] satisfies (keyof SettingMeta)[]) delete jsonSchema[own];
    },
  });
  return `${JSON.stringify({ title: "wardctl.yaml", ...schema }, undefined, 2)}\n`;
}
