import { readRoles } from "./scim-group.ts";

/** Account id → its roles as they stand there. Who is missing holds none. */
export type ListedRoles = ReadonlyMap<string, readonly string[]>;

/** The roles that came with a listing of accounts, so that roles need no listing of their own. */
export interface RoleListing {
  /** `work` lists accounts and notes each; when it fails, nothing was listed. */
  during<T>(work: (note: (user: unknown) => void) => Promise<T>): Promise<T>;
  /** What was listed since roles were last taken or changed: once, for what is asked again is to be read again. */
  take(): Promise<ListedRoles> | undefined;
  isListed(): boolean;
  forget(): void;
}

export function createRoleListing(): RoleListing {
  let latest: Promise<ListedRoles> | undefined;
  return {
    during(work) {
      const listed = new Map<string, readonly string[]>();
      const done = work((user) => {
        const roles = readRoles(user);
        if (roles.length > 0) listed.set(String((user as { id?: unknown }).id), roles);
      });
      latest = done.then(() => listed);
      latest.catch(() => undefined);
      return done;
    },
    take() {
      const taken = latest;
      latest = undefined;
      return taken;
    },
    isListed: () => latest !== undefined,
    forget() {
      latest = undefined;
    },
  };
}
