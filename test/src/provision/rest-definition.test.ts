import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Failure, formatFault } from "../../../src/platform/failure.ts";
import { readText } from "../../../src/platform/files.ts";
import { findShippedDefinition, shippedNames } from "../../../src/provision/connectors/definitions/shipped.ts";
import { parseDefinition } from "../../../src/provision/connectors/rest/read-definition.ts";

const good = `auth: { kind: bearer, token: "\${secret.token}" }
list: { get: "/users?from=\${offset}", paging: offset }
find: { id: { get: "/users/\${id}" } }
correlation: { strong: null, weak: /name }
account: { id: /id, active: { pointer: /on }, attributes: {} }
create: { post: /users, json: { name: "\${username}" } }
update: { put: "/users/\${id}" }
`;

async function readFaults(text: string): Promise<string[]> {
  try {
    await parseDefinition(text, "qlvb.yaml");
    return [];
  } catch (error) {
    return (error as Failure).faults.map((fault) => formatFault(fault, "en"));
  }
}

describe("a definition", () => {
  it.each(shippedNames)("that ships is one: %s", async (name) => {
    await expect(parseDefinition(findShippedDefinition(name) ?? "", name)).resolves.toMatchObject({ about: expect.any(String) });
  });

  it("is the one that the guide shows", async () => {
    const page = await readText(fileURLToPath(new URL("../../../docs/provision.md", import.meta.url)));
    const [, shown = ""] = /`noi-bo\.yaml`:\n\n```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    expect(shown).toContain("correlation:");
    expect(await readFaults(shown)).toEqual([]);
  });

  it("may be small", async () => {
    expect(await readFaults(good)).toEqual([]);
  });

  it("is refused with line and column of every key that is not known", async () => {
    const faults = await readFaults(`${good}limits: { concurency: 4 }\nscript: "process.exit()"\n`);
    expect(faults).toEqual([
      expect.stringMatching(/^qlvb\.yaml:8:11: .*concurency.*concurrency/),
      expect.stringMatching(/^qlvb\.yaml:9:1: .*script/),
    ]);
  });

  it("is told of what the schema and what the meaning finds in one run", async () => {
    const faults = await readFaults(
      good
        .replace("${offset}", "${ofset}")
        .replace("create: {", "creat: {")
        .replace("weak: /name", "weak: name")
        .replace('put: "/users/${id}"', 'put: "/users/${ids}"'),
    );
    expect(faults.map((fault) => fault.split(":").slice(1, 2).join())).toEqual(["1", "2", "2", "4", "6", "7", "7"]);
    expect(await readFaults("auth: 7\nlist: []\nfind: x\ncreate: [1]\n")).not.toEqual([]);
  });

  it.each([
    ["a name that means nothing there", ["${offset}", "${offset}&x=${ofset}"], /^qlvb\.yaml:2:9: .*\$\{ofset\}/],
    ["a secret in an address", ["${offset}", "${offset}&key=${secret.token}"], /^qlvb\.yaml:2:9: .*secret\.token/],
    [
      "a secret in the sign-in's address",
      [
        'kind: bearer, token: "${secret.token}"',
        'kind: cookie, login: { post: "/in/${secret.pass}" }, expiredWhen: [{ status: 401 }]',
      ],
      /^qlvb\.yaml:1:32: .*secret\.pass/,
    ],
    ["a password in an address", ["post: /users,", 'post: "/users/${password}",'], /^qlvb\.yaml:6:11: .*password/],
    ["no offset where it pages by offset", ["?from=${offset}", ""], /^qlvb\.yaml:2:9: .*\$\{offset\}/],
    ["a next page that is nowhere", ["paging: offset", "paging: next"], /also needs next/],
    ["no id in the address of one", ['get: "/users/${id}"', "get: /users"], /^qlvb\.yaml:3:15: .*\$\{id\}/],
    ["two methods", ['put: "/users/${id}"', 'put: "/users/${id}", patch: "/users/${id}"'], /exactly one/],
    ["no method", ["post: /users, ", ""], /exactly one/],
    ["a PUT of a part", ['put: "/users/${id}"', 'put: "/users/${id}", sends: changes'], /put wipes/],
    ["a POST that does not say what it sends", ['put: "/users/${id}"', 'post: "/users/${id}"'], /whole/],
    ["a pointer that is none", ["weak: /name", "weak: name"], /^qlvb\.yaml:4:30: /],
    ["an empty test", ["post: /users,", "post: /users, success: [{}],"], /every answer/],
    ["a test of a pointer against nothing", ["post: /users,", "post: /users, success: [{ pointer: /a }],"], /pointer goes with/],
    ["enable without disable", ["update:", 'enable: { post: "/users/${id}/on" }\nupdate:'], /both/],
    ["a search by what is not there", ["find: {", 'find: { externalId: { get: "/u?s=${externalId}" },'], /staff id/],
  ] as const)("is refused: %s", async (_, [from, to], wanted) => {
    const faults = await readFaults(good.replace(from, to));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(wanted);
  });
});

describe("roles and groups in a definition", () => {
  const list = 'list: { get: "/r?n=${offset}", paging: offset, id: /id, name: /name }';
  const holders = 'holders: { get: "/r/${membership}/u", paging: none, account: /id }';
  const writes = 'add: { put: "/r/${membership}/${id}" }, remove: { delete: "/r/${membership}/${id}" }';
  const read = (part: string): Promise<string[]> => readFaults(`${good}groups: { ${part} }\n`);

  it.each([
    ["by holders", `${list}, ${holders}, ${writes}`],
    ["by the account's record", `${list}, held: { pointer: /groups }`],
    ["by record, with requests of their own", `${list}, held: { pointer: /groups, by: name }, ${writes}`],
    [
      "with an account's own and a group to make",
      `${list}, ${holders}, ${writes}, of: { get: "/u/\${id}/g", membership: /id }, create: { post: /r, json: { n: "\${name}" } }`,
    ],
  ])("may be said %s", async (_, part) => {
    expect(await read(part)).toEqual([]);
  });

  it.each([
    ["a key that is not known", `${list}, ${holders}, ${writes}, script: x`, /^qlvb\.yaml:8:\d+: .*script/],
    ["neither holders nor held", `${list}, ${writes}`, /exactly one: holders/],
    ["both", `${list}, ${holders}, held: { pointer: /g }, ${writes}`, /exactly one: holders/],
    ["holders of nobody knows what", `${list}, holders: { get: /r, paging: none, account: /id }, ${writes}`, /\$\{membership\}/],
    ["add without remove", `${list}, ${holders}, add: { put: "/r/\${membership}/\${id}" }`, /both add and remove/],
    ["neither where the record does not say", `${list}, ${holders}`, /both add and remove/],
    [
      "an add of nobody",
      `${list}, ${holders}, add: { put: "/r/\${membership}" }, remove: { delete: "/r/\${membership}/\${id}" }`,
      /\$\{id\}/,
    ],
    [
      "a removal of everything",
      `${list}, ${holders}, add: { put: "/r/\${membership}/\${id}" }, remove: { delete: "/r/\${id}" }`,
      /\$\{membership\}/,
    ],
    [
      "a name that means nothing there",
      `${list}, held: { pointer: /g }, create: { post: /r, json: { n: "\${username}" } }`,
      /\$\{username\}/,
    ],
    ["a secret in an address", `${list}, held: { pointer: /g }, create: { post: "/r/\${secret.token}" }`, /secret\.token/],
    ["no page to go on", `list: { get: /r, paging: offset, id: /id, name: /name }, held: { pointer: /g }`, /\$\{offset\}/],
  ])("are refused with the line: %s", async (_, part, fault) => {
    expect(await read(part)).toEqual(expect.arrayContaining([expect.stringMatching(fault)]));
  });

  it("makes no role", async () => {
    const faults = await readFaults(`${good}roles: { ${list}, held: { pointer: /g }, create: { post: /r } }\n`);
    expect(faults).toEqual([expect.stringMatching(/^qlvb\.yaml:8:\d+: .*wardctl makes none/)]);
  });
});
