import type { Sql } from "../platform/database.ts";

/** What stands where a name stood. */
export const erasedName = "…";

/** A person's data taken out of what is otherwise never altered. The caller's transaction holds all of it. */
export interface ErasureStore {
  /** Of this workspace; made when it is first needed. */
  readSalt(makeSalt: () => string): Promise<string>;
  findSalt(): Promise<string | undefined>;
  /** Blanks name, birthday and e-mail in every version of the person, and lets `work` blank the rest. `person` is a hash. */
  erase(
    request: { readonly staffId: string; readonly person: string; readonly at: string },
    work: () => Promise<void>,
  ): Promise<void>;
}

export function createErasureStore(tx: Sql): ErasureStore {
  const findSalt = async (): Promise<string | undefined> =>
    (await tx.get<{ salt: string }>("SELECT salt FROM personal_salt WHERE id = 1"))?.salt;
  return {
    findSalt,
    async readSalt(makeSalt) {
      await tx.run("INSERT INTO personal_salt (id, salt) VALUES (1, ?) ON CONFLICT (id) DO NOTHING", makeSalt());
      return (await findSalt()) as string;
    },
    async erase({ staffId, person, at }, work) {
      await tx.run("INSERT INTO personal_erasure (person, at, finished) VALUES (?, ?, 0)", person, at);
      await tx.run(
        "UPDATE person_version SET full_name = ?, birth_date = NULL, email = NULL WHERE staff_id = ?",
        erasedName,
        staffId,
      );
      await work();
      await tx.run("UPDATE personal_erasure SET finished = 1 WHERE finished = 0");
    },
  };
}
