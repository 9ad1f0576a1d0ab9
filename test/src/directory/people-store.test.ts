import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { directoryMigrations } from "../../../src/directory/migrations.ts";
import { createPeopleStore, type PeopleStore } from "../../../src/directory/people-store.ts";
import type { Person, Post } from "../../../src/directory/person.ts";
import type { Database } from "../../../src/platform/database.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";

const july = Date.parse("2025-07-01T08:00:00+07:00");
const august = Date.parse("2025-08-04T08:00:00+07:00");
const september = Date.parse("2025-09-01T08:00:00+07:00");

const lan: Person = { staffId: "00417", fullName: "Trần Thị Lan", staffClass: "cong_chuc", email: "lantt@hue.example" };
const hoa: Person = { staffId: "00418", fullName: "Nguyễn Văn Hòa", staffClass: "can_bo", birthDate: "1980-02-03" };
const chief: Post = {
  staffId: lan.staffId,
  unit: "19777",
  department: "van-phong",
  position: "chanh-van-phong",
  from: "2025-07-01",
};
const chairman: Post = { staffId: hoa.staffId, unit: "19777", position: "chu-tich", from: "2025-07-01" };

async function openStore(): Promise<{ database: Database; store: PeopleStore }> {
  const database = await openSqlite(":memory:", directoryMigrations, () => "2025-07-01T00:00:00+07:00");
  return { database, store: createPeopleStore(database) };
}

const whole = { people: [lan, hoa], posts: [chief, chairman], source: "roster" } as const;

describe("the people register", () => {
  it("knows who holds which position on a day", async () => {
    const { store } = await openStore();
    const saved = await store.savePeople({ ...whole, seenAt: july });
    expect(saved.people).toEqual({ added: 2, changed: 0, ended: 0, same: 0 });
    expect(await store.listPosts({ unit: "19777", at: "2025-07-01" })).toEqual([chairman, chief]);
    expect(await store.listPosts({ staffId: lan.staffId, at: "2025-06-30" })).toEqual([]);
    expect(await store.findPerson("00417")).toEqual(lan);
    expect(await store.findPerson("417")).toBeUndefined();
  });

  it("writes no version when the source says the same again", async () => {
    const { store, database } = await openStore();
    await store.savePeople({ ...whole, seenAt: july });
    const again = await store.savePeople({ ...whole, seenAt: august });
    expect(again.posts).toEqual({ added: 0, changed: 0, ended: 0, same: 2 });
    expect(await database.all("SELECT seq FROM person_version")).toHaveLength(2);
    expect(await database.all("SELECT seq FROM post_version")).toHaveLength(2);
  });

  it("ends what the source no longer lists, and keeps what was known before", async () => {
    const { store } = await openStore();
    await store.savePeople({ ...whole, seenAt: july });
    const saved = await store.savePeople({ ...whole, people: [hoa], posts: [chairman], seenAt: august });
    expect(saved.people.ended).toBe(1);
    expect(await store.listPosts({ unit: "19777", at: "2025-08-03" })).toContainEqual({ ...chief, to: "2025-08-04" });
    expect(await store.listPosts({ unit: "19777", at: "2025-08-04" })).toEqual([chairman]);
    expect(await store.listPosts({ unit: "19777", at: "2025-08-04", knownAt: july })).toEqual([chairman, chief]);
    expect(await store.findPerson(lan.staffId)).toEqual(lan);
    expect(await store.searchPeople("Lan")).toEqual([]);
  });

  it("takes a corrected first day as a correction, and an ended spell as history", async () => {
    const { store } = await openStore();
    const acted: Post = { ...chief, position: "van-thu", to: "2025-07-20" };
    await store.savePeople({ ...whole, posts: [chief, acted], seenAt: july });
    const later: Post = { ...chief, from: "2025-07-15" };
    const again: Post = { ...acted, from: "2025-08-01", to: undefined };
    await store.savePeople({ ...whole, posts: [later, again], seenAt: august });
    expect(await store.listPosts({ staffId: lan.staffId, at: "2025-07-10" })).toEqual([acted]);
    expect((await store.listPosts({ staffId: lan.staffId, at: "2025-08-04" })).map((post) => post.from)).toEqual([
      "2025-07-15",
      "2025-08-01",
    ]);
  });

  it("lets one source end only what it listed itself, and only in the units it speaks for", async () => {
    const { store } = await openStore();
    const other: Post = { ...chief, staffId: "00999", unit: "19774" };
    const far: Person = { staffId: "00999", fullName: "Lê Thị Thủy", staffClass: "cong_chuc" };
    await store.savePeople({ people: [lan, hoa, far], posts: [chief, chairman, other], source: "roster", seenAt: july });
    await store.savePeople({ people: [lan], posts: [chief], source: "hue-s", seenAt: july });
    await store.savePeople({ people: [hoa], posts: [chairman], source: "roster", units: ["19777"], seenAt: august });
    expect(await store.listPosts({ staffId: lan.staffId, at: "2025-09-01" })).toEqual([chief]);
    expect(await store.listPosts({ unit: "19774", at: "2025-09-01" })).toEqual([other]);
    expect((await store.searchPeople("le thi thuy")).map((person) => person.staffId)).toEqual(["00999"]);
  });

  it("leaves the register alone when an older word arrives late, and says so", async () => {
    const { store } = await openStore();
    await store.savePeople({ ...whole, seenAt: august });
    const late = await store.savePeople({ people: [], posts: [], source: "roster", seenAt: july });
    expect(late.older).toBe(true);
    expect(await store.listPosts({ unit: "19777", at: "2025-08-05" })).toHaveLength(2);
  });

  it("searches names without diacritics and puts the written one first", async () => {
    const { store } = await openStore();
    const hoaToo: Person = { ...hoa, staffId: "00100", fullName: "Nguyễn Văn Hoa" };
    await store.savePeople({ people: [hoa, hoaToo], posts: [], source: "roster", seenAt: july });
    expect((await store.searchPeople("nguyen hoa")).map((person) => person.staffId)).toEqual(["00100", "00418"]);
    expect((await store.searchPeople("Hoà")).map((person) => person.staffId)).toEqual(["00418", "00100"]);
    expect((await store.searchPeople("00418")).map((person) => person.staffId)).toEqual(["00418"]);
    expect(await store.searchPeople("  ")).toEqual([]);
  });

  it("is insert-only in the engine itself", async () => {
    const { store, database } = await openStore();
    await store.savePeople({ ...whole, seenAt: july });
    for (const table of ["person_seen", "person_version", "post_version"]) {
      await expect(database.run(`DELETE FROM ${table}`)).rejects.toThrow("insert-only");
    }
  });

  it("keeps nothing of a save that fails with the caller's transaction", async () => {
    const { store, database } = await openStore();
    const broken = database.transaction(async (tx) => {
      await store.savePeople({ ...whole, seenAt: july }, tx);
      throw new Error("the audit record failed");
    });
    await expect(broken).rejects.toThrow("audit");
    expect(await store.findPerson(lan.staffId)).toBeUndefined();
  });

  it("answers for every earlier instant as it did then, whatever the source said since", async () => {
    const day = fc.constantFrom("2025-06-20", "2025-07-01", "2025-07-15", "2025-08-20");
    const post = fc.record({
      staffId: fc.constantFrom("1", "2"),
      unit: fc.constantFrom("19777", "19774"),
      position: fc.constantFrom("van-thu", "chuyen-vien"),
      from: day,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(post, { maxLength: 4 }), { minLength: 2, maxLength: 4 }), async (rosters) => {
        const { store, database } = await openStore();
        const answers: Post[][] = [];
        for (const [i, posts] of rosters.entries()) {
          await store.savePeople({ people: [], posts, source: "roster", seenAt: september + i });
          answers.push([...(await store.listPosts({ at: "2025-08-25" }))]);
          const places = new Set(posts.map((p) => `${p.staffId}${p.unit}${p.position}`));
          const held = new Set(answers[i]?.map((p) => `${p.staffId}${p.unit}${p.position}`));
          for (const place of places) expect(held).toContain(place);
        }
        for (const [i, answer] of answers.entries()) {
          expect(await store.listPosts({ at: "2025-08-25", knownAt: september + i })).toEqual(answer);
        }
        await database.close();
      }),
      { numRuns: 40 },
    );
  });
});
