import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { examineSecret } from "../../../src/platform/secrets.ts";
import { examineNamed, listNamed } from "../../../src/workspace/examine-workspace.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const schema = z.strictObject({
  check: z
    .strictObject({ inventory: z.string().optional(), ca: z.string().optional(), note: z.string().optional() })
    .prefault({}),
  systems: z
    .record(
      z.string(),
      z.discriminatedUnion("kind", [z.strictObject({ kind: z.literal("rest"), token: z.string(), ca: z.string().optional() })]),
    )
    .default({}),
  sources: z
    .array(z.strictObject({ mapping: z.string().meta({ file: true }).optional(), every: z.string().transform(Number) }))
    .default([]),
});

const settings = schema.parse({
  check: { inventory: "endpoints.csv", note: "env is fine" },
  systems: { documents: { kind: "rest", token: "env:TOKEN", ca: "city.pem" }, video: { kind: "rest", token: "file:video.key" } },
  sources: [{ mapping: "mapping.yaml", every: "5" }],
});

describe("what settings point to", () => {
  it("is found below records, lists and unions: secrets by their shape, files by their key or their schema", () => {
    expect(listNamed(schema, settings)).toEqual({
      secrets: [
        { name: "systems.documents.token", value: "env:TOKEN" },
        { name: "systems.video.token", value: "file:video.key" },
      ],
      files: [
        { name: "check.inventory", value: "endpoints.csv" },
        { name: "systems.documents.ca", value: "city.pem" },
        { name: "sources.mapping", value: "mapping.yaml" },
      ],
    });
  });

  it("is looked for: each missing one is a problem with a remedy, and no value of a secret is shown", async () => {
    const folder = await makeTestFolder();
    await writeFile(join(folder, "city.pem"), "");
    const resolvePath = (path: string): string => join(folder, path);
    const findings = await examineNamed(listNamed(schema, settings), {
      resolvePath,
      examineSecret: (reference) => examineSecret(reference, { TOKEN: "hunter2" }, resolvePath),
    });
    expect(
      findings.map(({ id, state, words, remedy }) => `${id} ${state}: ${words.en}${remedy ? ` → ${remedy.en}` : ""}`),
    ).toEqual([
      "secret ok: the secret of systems.documents.token is there: env:TOKEN",
      "secret problem: the secret of systems.video.token: secret file video.key cannot be read: " +
        `${join(folder, "video.key")}: no such file → write the secret into video.key, readable by you alone (chmod 600)`,
      "file problem: the file of check.inventory is missing: endpoints.csv → put it there, or mend the path in wardctl.yaml",
      "file ok: the file of systems.documents.ca is there: city.pem",
      "file problem: the file of sources.mapping is missing: mapping.yaml → put it there, or mend the path in wardctl.yaml",
    ]);
    expect(JSON.stringify(findings)).not.toContain("hunter2");
  });
});
