import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { formatSettingsSchema } from "../../../src/workspace/settings-schema.ts";

describe("the JSON Schema of wardctl.yaml", () => {
  it("equals the settings; renew with: node test/runtime/schema.js", async () => {
    const committed = await readFile(new URL("../../../docs/wardctl.schema.json", import.meta.url), "utf8");
    expect(committed).toBe(await formatSettingsSchema());
  });

  it("explains its keys in both languages and holds nothing of the program", async () => {
    const schema = JSON.parse(await formatSettingsSchema()) as { properties: Record<string, { description?: string }> };
    expect(schema.properties["province"]?.description).toBe(
      'mã tỉnh hai chữ số trong nháy, ví dụ "46"\n\na two-digit province code in quotes, such as "46"',
    );
    expect(JSON.stringify(schema)).not.toMatch(/"(words|suggest|file)":/);
  });
});
