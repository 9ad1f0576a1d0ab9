import { describe, expect, it } from "vitest";
import { type Failure, formatFault } from "../../../src/platform/failure.ts";
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
