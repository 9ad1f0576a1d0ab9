import { afterEach, describe, expect, it } from "vitest";
import { Failure, type Fault } from "../../../src/platform/failure.ts";
import { createMembershipStore } from "../../../src/provision/membership-store.ts";
import type { AssignOperation } from "../../../src/provision/operation.ts";
import type { RosterPerson } from "../../../src/provision/roster.ts";
import { sealPlan } from "../../../src/provision/seal-plan.ts";
import { createMembershipWorld, listAssigned, type MembershipWorld, makePerson } from "../../support/membership-world.ts";
import { createMemorySystem, type MemorySystem } from "../../support/memory-system.ts";

const roles = ["doc.read", "doc.draft", "doc.route", "doc.sign", "by-hand"];
const templates = {
  classes: { cong_chuc: { documents: { roles: ["doc.read"] } } },
  positions: {
    "van-thu": { systems: { documents: { roles: ["doc.route"], groups: ["unit:${unit_code}:clerks"] } } },
    "chuyen-vien": { systems: { documents: { roles: ["doc.draft"], groups: ["unit:${unit_code}:${department}"] } } },
  },
};

let world: MembershipWorld;
let documents: MemorySystem;
afterEach(() => world.close());

async function start(own: object = templates, options: Parameters<typeof createMemorySystem>[1] = {}): Promise<void> {
  documents = createMemorySystem("documents", { roles, ...options });
  world = await createMembershipWorld([documents], own);
}

async function settle(people: readonly RosterPerson[], confirmed = {}): Promise<string[]> {
  const plan = await world.plan(people);
  const result = await world.apply(plan, confirmed);
  expect(result.rows.map(({ state, message }) => [state, message?.en])).toEqual(result.rows.map(() => ["done", undefined]));
  return listAssigned(plan);
}

async function readFaults(promise: Promise<unknown>): Promise<readonly Fault[]> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  return (error as Failure).faults ?? [];
}

const heldBy = (id: string): string[] => [...documents.members].filter(([, own]) => own.has(id)).map(([name]) => name);

describe("roles and groups of a new colleague", () => {
  it("come after the account and after their group, are read back, and the next plan is empty", async () => {
    await start();
    const plan = await world.plan([makePerson(1)]);
    const [account, group, assign] = plan.operations;
    expect(plan.operations.map(({ kind }) => kind)).toEqual(["create", "create-group", "assign"]);
    expect(assign?.dependsOn).toEqual([account?.id, group?.id]);
    expect((assign as AssignOperation).sources).toEqual({
      "role:doc.read": "class cong_chuc",
      "role:doc.route": "position van-thu",
      "group:unit:27004:clerks": "position van-thu",
    });
    expect(plan.totals).toMatchObject({ create: 1, createGroup: 1, assign: 1 });
    const before = documents.requests.length;
    expect((await world.apply(plan)).finished).toBe(true);
    expect(heldBy("documents-CB1")).toEqual(["role:doc.read", "role:doc.route", "group:unit:27004:clerks"]);
    // One sweep before and one after, and not one look-up.
    expect(documents.requests.slice(before).toSorted()).toEqual(
      [
        "accounts",
        "accounts",
        "change documents-CB1 +group:unit:27004:clerks role:doc.read role:doc.route -",
        "create group:unit:27004:clerks",
        "sweep",
        "sweep",
      ].toSorted(),
    );
    const again = await world.plan([makePerson(1)]);
    expect(again.operations).toEqual([]);
    expect(again.memberships).toEqual([]);
  });

  it("wait where their account fails, and the person is half done", async () => {
    await start();
    const plan = await world.plan([makePerson(1), makePerson(2)]);
    const group = plan.operations.find(({ kind }) => kind === "create-group");
    documents.mishaps.push("refused");
    const first = await world.apply(plan);
    expect(first.finished).toBe(false);
    expect(first.rows.filter(({ state }) => state !== "done").map(({ operation, state }) => [operation.kind, state])).toEqual([
      ["create-group", "failed"],
      ["assign", "skipped"],
      ["assign", "skipped"],
    ]);
    expect(first.rows.find(({ state }) => state === "skipped")?.message?.en).toContain(group?.id);
    const second = await world.apply(plan);
    expect(second.finished).toBe(true);
    expect(documents.holdersOf("role:doc.route")).toEqual(["documents-CB1", "documents-CB2"]);
  });
});

describe("what templates do not name", () => {
  it("is never touched, on whomever it is found", async () => {
    await start();
    await settle([makePerson(1)]);
    documents.members.get("role:by-hand")?.add("documents-CB1");
    documents.members.set("group:choir", new Set(["documents-CB1"]));
    expect(await settle([makePerson(1)])).toEqual([]);
    const left = [makePerson(1, "van-thu", { to: "2025-07-02" })];
    expect(await settle(left)).toEqual(["CB1 documents -group:unit:27004:clerks -role:doc.read -role:doc.route"]);
    expect(heldBy("documents-CB1")).toEqual(["role:by-hand", "group:choir"]);
  });

  it("belongs to those about whom nothing is written, named or not", async () => {
    await start({ positions: templates.positions });
    const other = makePerson(3, "truong-phong");
    await settle([makePerson(1), other]);
    documents.members.get("role:doc.route")?.add("documents-CB3");
    expect(await settle([makePerson(1), other])).toEqual([]);
    expect(heldBy("documents-CB3")).toEqual(["role:doc.route"]);
  });

  it("but what they name is taken from whom no template gives it", async () => {
    await start();
    await settle([makePerson(1), makePerson(2, "chuyen-vien")]);
    documents.members.get("role:doc.route")?.add("documents-CB2");
    expect(await settle([makePerson(1), makePerson(2, "chuyen-vien")])).toEqual(["CB2 documents -role:doc.route"]);
  });
});

describe("whoever a question holds back", () => {
  it("keeps what they have until it is answered", async () => {
    const both = { ...templates.positions, "van-thu": { ...templates.positions["van-thu"], forbidWith: ["chuyen-vien"] } };
    await start({ positions: both });
    await settle([makePerson(1)]);
    const two = [...makePerson(1).posts, ...makePerson(1, "chuyen-vien", { department: "van-hoa-xa-hoi" }).posts];
    const plan = await world.plan([{ ...makePerson(1), posts: two }]);
    expect(plan.questions).toMatchObject([{ code: "forbidden-together", holds: true }]);
    expect(plan.operations).toEqual([]);
  });
});

describe("what is neither wanted nor held any more", () => {
  it("is nobody's to answer for, and is given anew like the first time", async () => {
    await start();
    await settle([makePerson(1)]);
    documents.members.delete("group:unit:27004:clerks");
    world.setTemplates({ positions: { "van-thu": { systems: { documents: { roles: ["doc.read", "doc.route"] } } } } });
    const plan = await world.plan([makePerson(1)]);
    expect([plan.operations, plan.released?.map(({ membership }) => membership)]).toEqual([[], ["group:unit:27004:clerks"]]);
    await world.apply(plan);
    const kept = (await createMembershipStore(world.database).list()).filter(({ held }) => held);
    expect(kept.map(({ membership }) => membership)).toEqual(["role:doc.read", "role:doc.route"]);
  });
});

describe("those who move, leave and come back", () => {
  it("a mover gets the new post's and loses the old post's, after the days on which both are held", async () => {
    await start();
    await settle([makePerson(1)]);
    const there = { unit: "19777", department: "van-phong", position: "chuyen-vien", from: "2025-07-03", staffId: "CB1" };
    const moved: RosterPerson = { ...makePerson(1), posts: [{ ...makePerson(1).posts[0]!, to: "2025-07-10" }, there] };
    expect(await settle([moved])).toEqual(["CB1 documents +group:unit:19777:vp +role:doc.draft"]);
    world.setDay("2025-07-10");
    expect(await settle([moved])).toEqual(["CB1 documents -group:unit:27004:clerks -role:doc.route"]);
    expect(heldBy("documents-CB1").toSorted()).toEqual(["group:unit:19777:vp", "role:doc.draft", "role:doc.read"]);
  });

  it("a returner gets what the templates say now, not what they had", async () => {
    await start();
    await settle([makePerson(1)]);
    await settle([makePerson(1, "van-thu", { to: "2025-07-02" })]);
    expect(heldBy("documents-CB1")).toEqual([]);
    world.setTemplates({ positions: { "van-thu": { systems: { documents: { roles: ["doc.draft"] } } } } });
    expect(await settle([makePerson(1, "van-thu", { from: "2025-07-03" })])).toEqual(["CB1 documents +role:doc.draft"]);
    expect(documents.accounts.get("documents-CB1")?.active).toBe(true);
    const kept = await createMembershipStore(world.database).list();
    expect(kept.filter(({ held }) => held).map(({ membership }) => membership)).toEqual(["role:doc.draft"]);
    expect(kept.filter(({ held }) => !held).map(({ source }) => source)).toContain("posts-ended");
  });

  it("a template that no longer names a role takes it from those who got it by the template", async () => {
    await start();
    await settle([makePerson(1)]);
    world.setTemplates({ positions: { "van-thu": { systems: { documents: { roles: ["doc.route"] } } } } });
    expect(await settle([makePerson(1)])).toEqual(["CB1 documents -group:unit:27004:clerks -role:doc.read"]);
  });
});

describe("additions and denials of one role", () => {
  const one = { staffId: "CB1", system: "documents", role: "doc.draft", reason: "thay người ốm", until: "2025-07-04" };

  it("an addition holds to the end of its last day and is taken the day after", async () => {
    await start({ ...templates, additions: [one] });
    await settle([makePerson(1)]);
    expect(heldBy("documents-CB1")).toContain("role:doc.draft");
    world.setDay("2025-07-04");
    expect(await settle([makePerson(1)])).toEqual([]);
    world.setDay("2025-07-05");
    expect(await settle([makePerson(1)])).toEqual(["CB1 documents -role:doc.draft"]);
  });

  it("a denial takes one role and leaves the account and the others", async () => {
    await start();
    await settle([makePerson(1), makePerson(2)]);
    world.setTemplates({
      ...templates,
      denials: [{ staffId: "CB1", system: "documents", role: "doc.route", reason: "đang xem xét" }],
    });
    expect(await settle([makePerson(1), makePerson(2)])).toEqual(["CB1 documents -role:doc.route"]);
    expect(documents.accounts.get("documents-CB1")?.active).toBe(true);
  });
});

describe("names that do not fit", () => {
  it("a role that the system has not got is an error with its place and the nearest", async () => {
    await start({ positions: { "van-thu": { systems: { documents: { roles: ["doc.reed", "doc.read"] } } } } });
    const [fault, ...others] = await readFaults(world.plan([makePerson(1)]));
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ file: "wardctl.yaml provision.positions.van-thu.systems.documents.roles", value: "doc.reed" });
    expect(fault?.message.vi).toContain("có phải doc.read?");
    expect(documents.accounts.size).toBe(0);
  });

  it("substitutions that there are not, what signs, and departments that nobody has are refused at once", async () => {
    await start({
      signing: { documents: { roles: ["doc.sign"] } },
      positions: {
        "van-thu": {
          systems: { documents: { roles: ["doc.sign"], groups: ["unit:${unit}"] } },
          functional: ["vanphong/clerk", "vp/clerks"],
        },
      },
    });
    const faults = await readFaults(world.plan([makePerson(1)]));
    expect(faults.map(({ value }) => value).toSorted()).toEqual(["clerks", "doc.sign", "unit", "vanphong"]);
    expect(faults.find(({ value }) => value === "doc.sign")?.message.en).toContain("wardctl delegate grant");
    expect(faults.find(({ value }) => value === "unit")?.message.en).toContain("unit_code");
  });

  it("what signs at one place only is refused where it comes out, and is never taken either", async () => {
    await start();
    await settle([makePerson(1)]);
    const signing = { documents: { groups: ["Unit:27004:clerks"] } };
    world.setTemplates({ ...templates, signing });
    expect((await readFaults(world.plan([makePerson(1)]))).map(({ value }) => value)).toEqual(["unit:27004:clerks"]);
    world.setTemplates({ signing });
    expect(listAssigned(await world.plan([makePerson(1)]))).toEqual(["CB1 documents -role:doc.read -role:doc.route"]);
  });

  it("a system without roles and groups is named before anything is read", async () => {
    documents = createMemorySystem("documents");
    const { memberships: _, ...plain } = documents.connector;
    world = await createMembershipWorld([{ ...documents, connector: plain }], templates);
    expect((await readFaults(world.plan([makePerson(1)]))).map(({ value }) => value)).toContain("doc.route");
    expect(documents.requests).toEqual([]);
  });

  it("a group that is missing and cannot be made is a question, and the rest goes on", async () => {
    await start(templates, { makesGroups: false });
    const plan = await world.plan([makePerson(1)]);
    expect(plan.questions).toMatchObject([{ code: "membership-missing", candidates: ["group:unit:27004:clerks"], holds: false }]);
    expect(listAssigned(plan)).toEqual(["CB1 documents +role:doc.read +role:doc.route"]);
  });

  it("of two groups of one name neither is touched", async () => {
    await start();
    await settle([makePerson(1)]);
    const port = documents.connector.memberships!;
    const { sweep } = port;
    port.sweep = async (asked, signal) => {
      const found = await sweep(asked, signal);
      const doubled = asked.filter((one) => one.endsWith("clerks"));
      const held = new Map([...found.held].map(([id, own]) => [id, own.filter((one) => !doubled.includes(one))]));
      return { ...found, held, ambiguous: doubled };
    };
    const plan = await world.plan([makePerson(1, "van-thu", { to: "2025-07-02" })]);
    expect(plan.questions).toMatchObject([{ code: "several-of-name" }]);
    expect(listAssigned(plan)).toEqual(["CB1 documents -role:doc.read -role:doc.route"]);
  });
});

describe("a role taken from many", () => {
  it("stops the plan until the exact number is said", async () => {
    await start();
    const people = Array.from({ length: 10 }, (_, n) => makePerson(n + 1));
    await settle(people);
    const fewer = people.map((person, n) => (n < 3 ? makePerson(n + 1, "chuyen-vien") : person));
    const plan = await world.plan(fewer);
    expect(plan.guards.filter(({ tripped }) => tripped)).toEqual([
      { code: "taken-from-many", system: "documents", membership: "role:doc.route", count: 3, limit: 2, tripped: true },
    ]);
    await expect(world.apply(plan)).rejects.toMatchObject({ kind: "unsafe" });
    await expect(world.apply(plan, { removals: 4 })).rejects.toMatchObject({ kind: "unsafe" });
    expect((await world.apply(plan, { removals: 3 })).finished).toBe(true);
  });
});

describe("an answer that is lost", () => {
  it.each(["done-unanswered", "half-done", "lost"] as const)("is looked up before anything is sent again: %s", async (mishap) => {
    await start();
    await settle([makePerson(2)]);
    const plan = await world.plan([makePerson(1), makePerson(2)]);
    // The memory system throws when a role is given twice.
    documents.mishaps.push(mishap);
    const result = await world.apply(plan);
    expect(result.finished).toBe(true);
    expect(heldBy("documents-CB1").toSorted()).toEqual(["group:unit:27004:clerks", "role:doc.read", "role:doc.route"]);
    const sent = documents.requests.filter((line) => line.startsWith("change documents-CB1"));
    expect(sent).toHaveLength(mishap === "done-unanswered" ? 1 : 2);
    expect(documents.requests).toContain("find documents-CB1");
  });

  it("of a group that was made does not make a second", async () => {
    await start();
    const plan = await world.plan([makePerson(1)]);
    documents.mishaps.push("done-unanswered");
    expect((await world.apply(plan)).finished).toBe(true);
    expect(documents.requests.filter((line) => line.startsWith("create group"))).toHaveLength(1);
  });
});

describe("a plan that others overtook", () => {
  it("is stale when a role that was to stay is gone, and nothing is written", async () => {
    await start();
    await settle([makePerson(1), makePerson(2)]);
    world.setTemplates({
      ...templates,
      additions: [{ staffId: "CB1", system: "documents", role: "doc.draft", reason: "x", until: "2025-12-31" }],
    });
    const plan = await world.plan([makePerson(1), makePerson(2)]);
    documents.members.get("role:doc.route")?.delete("documents-CB1");
    const writes = documents.requests.length;
    await expect(world.apply(plan)).rejects.toMatchObject({
      kind: "unsafe",
      words: { en: expect.stringContaining("role doc.route ✓ → –") },
    });
    expect(documents.requests.slice(writes).filter((line) => line.startsWith("change"))).toEqual([]);
  });

  it("is stale when somebody did the half of it; a plan that was begun goes on from there", async () => {
    await start();
    await settle([makePerson(1)]);
    world.setTemplates({ positions: { "van-thu": { systems: { documents: { roles: ["doc.draft", "doc.route"] } } } } });
    const plan = await world.plan([makePerson(1)]);
    documents.members.get("role:doc.draft")?.add("documents-CB1");
    await expect(world.apply(plan)).rejects.toMatchObject({ kind: "unsafe" });
    documents.members.get("role:doc.draft")?.delete("documents-CB1");
    documents.mishaps.push("refused");
    expect((await world.apply(plan)).finished).toBe(false);
    documents.members.get("role:doc.draft")?.add("documents-CB1");
    expect((await world.apply(plan)).finished).toBe(true);
  });
});

describe("a system that cannot tell any more who holds what", () => {
  it("is no proof that a role was taken", async () => {
    await start();
    await settle([makePerson(1)]);
    const plan = await world.plan([makePerson(1, "van-thu", { to: "2025-07-02" })]);
    const port = documents.connector.memberships!;
    const { sweep } = port;
    port.sweep = async (asked, signal) => {
      const { held: _, ...found } = await sweep(asked, signal);
      return { ...found, held: new Map(), ambiguous: asked };
    };
    await expect(world.apply(plan)).rejects.toMatchObject({ kind: "unsafe" });
    Object.assign(documents.connector, { memberships: undefined });
    await expect(world.apply(plan)).rejects.toMatchObject({ kind: "invalid" });
    expect(documents.holdersOf("role:doc.read")).toEqual(["documents-CB1"]);
  });
});

describe("a plan about one unit", () => {
  it("reads the groups of that unit and not of a whole province", async () => {
    await start();
    const there = makePerson(2, "van-thu", { unit: "19777" });
    await settle([makePerson(1), there]);
    await world.plan([makePerson(1), there], { only: ["unit=27004"] });
    expect(documents.sweeps.at(-1)).toEqual(["group:unit:27004:clerks", "role:doc.draft", "role:doc.read", "role:doc.route"]);
  });
});

describe("delegated access to a department's account", () => {
  it("goes through a group named after it: holders of the position, the owner and the deputies", async () => {
    await start({
      functional: [{ purpose: "clerk", departments: ["van-phong"], systems: ["documents"], username: "vanthu.{unit}" }],
      positions: { "van-thu": { systems: { documents: {} }, functional: ["vp/clerk"] } },
    });
    const people = [
      makePerson(1),
      makePerson(2, "chanh-van-phong"),
      makePerson(3, "pho-chanh-van-phong"),
      makePerson(4, "chuyen-vien"),
    ];
    const plan = await world.plan(people, { only: ["kind=person"] });
    expect(listAssigned(plan)).toEqual(["CB1", "CB2", "CB3"].map((id) => `${id} documents +group:access:vanthu.27004`));
    expect(plan.operations.filter((one) => one.kind === "assign").map((one) => (one as AssignOperation).sources)).toEqual([
      { "group:access:vanthu.27004": "position van-thu, for 27004/van-phong/clerk" },
      { "group:access:vanthu.27004": "owner of 27004/van-phong/clerk" },
      { "group:access:vanthu.27004": "deputy of 27004/van-phong/clerk" },
    ]);
    await world.apply(plan);
    const next = people.map((person) => (person.staffId === "CB3" ? makePerson(3, "chuyen-vien") : person));
    expect(listAssigned(await world.plan(next, { only: ["kind=person"] }))).toEqual(["CB3 documents -group:access:vanthu.27004"]);
  });
});

it("a plan saved before roles and groups still opens and is carried out", async () => {
  await start({});
  const { digest: _, memberships: __, ...plan } = await world.plan([makePerson(1)]);
  const { createGroup: ___, assign: ____, ...totals } = plan.totals;
  const old = await sealPlan({ ...plan, totals });
  expect((await world.apply(old)).finished).toBe(true);
});
