import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Failure, type Fault } from "../../../src/platform/failure.ts";
import { secretReferenceShape } from "../../../src/platform/secrets.ts";
import { parseYaml } from "../../../src/platform/yaml.ts";

const schema = z.strictObject({
  name: z.string().min(1),
  code: z
    .string()
    .regex(/^\d{2}$/)
    .meta({ words: { vi: "mã hai chữ số", en: "a two-digit code" }, suggest: (text: string) => `"${text.padStart(2, "0")}"` })
    .optional(),
  units: z.union([z.literal("all"), z.array(z.string())]).default("all"),
  system: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("rest"), url: z.url(), token: z.string().regex(secretReferenceShape) }),
      z.strictObject({ kind: z.literal("csv"), file: z.string() }),
    ])
    .optional(),
  serial: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
  scope: z
    .string()
    .regex(/^scope:\d+$/, { error: "scope:46" })
    .optional(),
  every: z
    .string()
    .regex(/^\d+[smhd]$/)
    .optional(),
  plate: z
    .string()
    .regex(/^\d\dA-\d+$/)
    .optional(),
  metrics: z
    .record(
      z
        .string()
        .refine((text) => text === "received", { params: { words: { vi: "chỉ tiêu: received", en: "a metric is: received" } } }),
      z.string(),
    )
    .optional(),
  named: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.number()).optional(),
  passphrase: z.string().min(20).optional(),
  tokenKind: z.enum(["bearer", "basic"]).optional(),
  apiKey: z
    .string()
    .refine((text) => text.startsWith("env:"), { params: { words: { vi: "sai", en: "wrong" } } })
    .optional(),
  access: z.string().regex(secretReferenceShape).optional(),
  port: z.number().int().min(1).max(65535).optional(),
  lang: z.enum(["vi", "en"]).optional(),
  limits: z
    .strictObject({ deadlineMs: z.number().positive().default(10), tags: z.array(z.string()).max(1).default([]) })
    .prefault({}),
});

async function faultsOf(text: string): Promise<readonly Fault[]> {
  const error = await parseYaml(text, "f.yaml", schema).catch((thrown: unknown) => thrown);
  if (!(error instanceof Failure)) throw new Error(`no Failure, but ${JSON.stringify(error)}`);
  expect(error.kind).toBe("invalid");
  return error.faults;
}

async function firstOf(text: string): Promise<string> {
  const [fault, ...others] = await faultsOf(text);
  expect(others).toEqual([]);
  return `${fault?.line}:${fault?.column} ${fault?.message.en}`;
}

describe("reading YAML into a checked value", () => {
  it("gives the value with its defaults", async () => {
    expect(await parseYaml("name: Huế\n", "f.yaml", schema)).toEqual({
      name: "Huế",
      units: "all",
      limits: { deadlineMs: 10, tags: [] },
    });
  });

  it.each([
    ["name: 7", "1:1 'name': 7 is a number; write \"7\""],
    ["name: true", "1:1 'name': true is true or false; write \"true\""],
    ["name: x\ncode: 01", "2:1 'code': 01 is a number; write \"01\""],
    ["name: x\ncode: 1", "2:1 'code': 1 is a number; write \"01\""],
    ["name: x\ncode: '1'", "2:1 'code': '1' has the wrong form; needs a two-digit code; did you mean \"01\"?"],
    ["code: '46'", "1:1 'name' is missing; add it: text"],
    ["name:", "1:1 'name' has no value; write text, or remove the line"],
    ["name: ''", "1:1 'name' must be at least 1 character; found ''"],
    ["name: x\nport: '80'", "2:1 'port': '80' is text; write 80 without quotes"],
    ["name: x\nport: eighty", "2:1 'port' needs a number; found 'eighty'"],
    ["name: x\nport: 1.5", "2:1 'port' needs a whole number; found 1.5"],
    ["name: x\nport: 0", "2:1 'port' must be at least 1; found 0"],
    ["name: x\nport: 70000", "2:1 'port' must be at most 65535; found 70000"],
    ["name: x\nlang: vn", "2:1 'lang' must be one of: vi, en; found 'vn' (did you mean 'vi'?)"],
    ["name: x\nlang: VI", "2:1 'lang' must be one of: vi, en; found 'VI' (did you mean 'vi'?)"],
    ["name: x\nlang: fr", "2:1 'lang' must be one of: vi, en; found 'fr'"],
    ["name: x\nlimits:\n  deadlinMs: 3", "3:3 key 'deadlinMs' is not known here; did you mean 'deadlineMs'?"],
    ["name: x\nlimits:\n  colour: red", "3:3 key 'colour' is not known here; known: deadlineMs, tags"],
    ["name: x\nlimits:\n  tags: [a, b]", "3:3 'limits.tags' must be at most 1 item; found a list"],
    ["name: x\nlimits: 5", "2:1 'limits' needs a group of keys; found 5"],
    ["name: x\nserial: '197'", "2:1 'serial': '197' has the wrong form; needs 5 digits; did you mean \"00197\"?"],
    ["name: x\nscope: all", "2:1 'scope': 'all' has the wrong form; needs scope:46"],
    ["name: x\nevery: often", "2:1 'every': 'often' has the wrong form; needs a duration such as 90s, 30m, 12h, 7d"],
    ["name: x\nplate: '29B'", "2:1 'plate': '29B' has the wrong form; needs the form ^\\d\\dA-\\d+$"],
    [
      "name: x\nnamed:\n  Sổ văn thư: 1",
      "3:3 key 'Sổ văn thư' has the wrong form; needs lower-case letters a to z, digits and -",
    ],
    ["name: x\nmetrics:\n  recieved: a", "3:3 key 'recieved': a metric is: received"],
    ["name: x\nnamed:\n  so: một", "3:3 'named.so' needs a number; found 'một'"],
    ["name: x\nunits: some", "2:1 'units' needs 'all' or a list; found 'some'"],
    ["name: x\nunits:\n  - a\n  - 4", "4:5 'units': 4 is a number; write \"4\""],
    ["name: x\nsystem:\n  kind: soap", "3:3 'system.kind' must be one of: rest, csv; found 'soap'"],
    ["name: x\nsystem:\n  file: a", "2:1 'system.kind' is missing; add it: one of rest, csv"],
    [
      "name: x\nsystem:\n  kind: rest\n  url: here\n  token: env:T",
      "4:3 'system.url': 'here' has the wrong form; needs an address such as https://example.vn",
    ],
  ])("says of %j: %s", async (text, expected) => {
    expect(await firstOf(text)).toBe(expected);
  });

  it.each([
    ["name: x\nname: y", "2:1 key 'name' stands twice (first on line 1); remove one"],
    ["name: \"x\ncode: '46'\n", "1:7 not YAML: a character is missing: an open quote or bracket, or the ':' after a key"],
    ["", "1:1 the file is empty"],
    ["# only words\n", "1:1 the file is empty"],
    ["- a\n- b\n", "1:1 the file must hold lines of 'key: value'"],
    ["name: *x", "1:1 not YAML: * opens an alias that does not exist; put the value in quotes"],
    ["name: x\nlimits:\n\tdeadlineMs: 3\n", "3:1 the line is indented with a tab; use spaces"],
    ["name: x\nlimits:\n\ttags:\n\t - a\n", "3:1 lines 3 to 4 are indented with tabs; use spaces"],
  ])("says what is not YAML in %j", async (text, expected) => {
    expect(await firstOf(text)).toBe(expected);
  });

  it("judges the rest of a file in the same run as its tabs and twins", async () => {
    const faults = await faultsOf("name: 5\nlang: vi\nlang: en\nlimits:\n\tdeadlineMs: fast\n");
    expect(faults.map((fault) => fault.line)).toEqual([1, 3, 5, 5]);
  });

  it("judges above a break and makes nothing up below it", async () => {
    const faults = await faultsOf("name: 5\nport: 'open\nlang: nowhere\n");
    expect(faults.map((fault) => fault.line)).toEqual([1, 2]);
  });

  it("points to the last of two keys of one name, whose value counts", async () => {
    const faults = await faultsOf("name: x\nlang: vi\nlang: xx\n");
    expect(faults.map((fault) => `${fault.line}:${fault.column}`)).toEqual(["3:1", "3:1"]);
    expect(faults[1]?.value).toBe("xx");
  });

  it("adds what a further check finds to what the schema finds", async () => {
    const check = () => [{ path: ["lang"], message: { vi: "không", en: "no" } }];
    const error = (await parseYaml("name: 1\nlang: vi", "f.yaml", schema, check).catch((e: unknown) => e)) as Failure;
    expect(error.faults.map((fault) => fault.message.en)).toEqual(["'name': 1 is a number; write \"1\"", "no"]);
    await expect(parseYaml("name: a\nlang: vi", "f.yaml", schema, check)).rejects.toThrow("1 fault");
  });

  it.each([
    "name: x\nsystem:\n  kind: rest\n  url: https://a.vn\n  token: hunter2-very-secret",
    "name: x\nsystem:\n  kind: rest\n  url: https://a.vn\n  token: 7231946",
    "name: x\naccess: 7231946",
    "name: x\napiKey: hunter2",
    "name: x\npassphrase: hunter2",
    "name: x\ntokenKind: hunter2",
    "name: x\naccess: hunter2",
    "name: x\npassword: hunter2-very-secret",
    "name: x\nsystem:\n  kind: rest\n  url: https://a.vn\n  token: [hunter2-very-secret]",
    "name: x\nsystem:\n  kind: rest\n  url: https://a.vn\n  token: *hunter2-very-secret",
  ])("never repeats a secret that stands in the file: %#", async (text) => {
    const shown = JSON.stringify(await faultsOf(text));
    expect(shown).not.toMatch(/hunter2|7231946/);
  });

  it("tells how to refer to a secret, and how one in the keyring is named", async () => {
    const head = "name: x\nsystem:\n  kind: rest\n  url: https://a.vn\n  token:";
    expect(await firstOf(`${head} abc`)).toContain(
      "write env:NAME, file:PATH, keyring:NAME, age:PATH, systemd:NAME or prompt:NAME, and change the secret that stood here",
    );
    expect(await firstOf(`${head} "keyring:my secret"`)).toContain("keyring: is followed by a name of letters");
  });

  it("says everything in both languages", async () => {
    const faults = await faultsOf("code: 1\nport: 0\nlang: vn\nunits: 4\nlimits:\n  colour: 1\nsystem:\n  kind: x\n");
    expect(faults).toHaveLength(7);
    for (const { message } of faults) expect(message.vi).not.toBe(message.en);
  });
});
