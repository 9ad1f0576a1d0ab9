import { toScalarText } from "../../../platform/exact-json.ts";
import { readPointer, writePointer } from "../../../platform/json-pointer.ts";
import type { PlaceholderValues } from "../../../platform/placeholders.ts";
import { type Account, type AccountState, type ManagedKey, managedKeys, readState, type StateKey } from "../../account.ts";
import { toSignIn } from "../../sign-in-time.ts";
import { isSameScalar } from "./answers.ts";
import type { RestDefinition } from "./settings.ts";

type Mapping = Pick<RestDefinition, "account" | "correlation">;

/** What the system has a place for. */
export function listHeldKeys({ account, correlation }: Mapping): ReadonlySet<StateKey> {
  return new Set<StateKey>([
    ...managedKeys.filter((key) => account.attributes[key] !== undefined),
    "active",
    ...(correlation.strong === null ? [] : (["externalId"] as const)),
  ]);
}

/** Undefined when it is no account: without id or user name, or with a state that the definition does not know, an answer proves nothing. */
export function readAccount({ account, correlation }: Mapping, value: unknown): Account | undefined {
  const text = (pointer: string): string => toScalarText(readPointer(value, pointer)) ?? "";
  const [id, userName, active] = [text(account.id), text(correlation.weak), readActive(account.active, value)];
  if (id === "" || userName === "" || active === undefined) return undefined;
  const held = Object.entries(account.attributes) as [ManagedKey, string][];
  return {
    id,
    userName: userName.normalize("NFC"),
    externalId: correlation.strong === null ? undefined : text(correlation.strong).normalize("NFC") || undefined,
    active,
    attributes: Object.fromEntries(held.map(([key, pointer]) => [key, text(pointer).normalize("NFC") || null])),
    ...(account.lastSignIn === undefined ? {} : toSignIn(readPointer(value, account.lastSignIn))),
  };
}

function readActive({ pointer, on, off, absent }: Mapping["account"]["active"], value: unknown): boolean | undefined {
  const found = readPointer(value, pointer);
  if (found === undefined) return absent === "on";
  if (on.some((known) => isSameScalar(found, known))) return true;
  return off.some((known) => isSameScalar(found, known)) ? false : undefined;
}

/** What the names of a create stand for. */
export function toValues({ account }: Mapping, { userName, externalId, active, attributes }: AccountState): PlaceholderValues {
  return { ...attributes, username: userName, externalId, active: toForeign(account.active, active) };
}

/** Brings `keys` of a record to what is wanted. A value that is to go is left out of a whole record, and is null in a record of changes (RFC 7396). */
export function writeState(
  { account, correlation }: Mapping,
  record: unknown,
  wanted: AccountState,
  keys: readonly StateKey[],
  absent: undefined | null,
): unknown {
  return keys.reduce((document, key) => {
    if (key === "active") return writePointer(document, account.active.pointer, toForeign(account.active, wanted.active));
    const pointer = key === "externalId" ? correlation.strong : account.attributes[key];
    return pointer === null || pointer === undefined
      ? document
      : writePointer(document, pointer, readState(wanted, key) ?? absent);
  }, record);
}

function toForeign({ on, off }: Mapping["account"]["active"], active: boolean): string | number | boolean {
  return (active ? on : off)[0] as string | number | boolean;
}
