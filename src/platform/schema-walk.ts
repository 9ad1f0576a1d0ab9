import type { core, ZodType } from "zod";
import type { Words } from "./words.ts";

/** What a settings schema says of a key beside its type, given with `.meta({ … })`. All of it is optional. */
export interface SettingMeta {
  /** What belongs here, as a noun phrase: `a two-digit province code`. Stands in faults and in the JSON Schema. */
  readonly words?: Words;
  /** The value is the path of a file that the workspace needs; doctor looks whether it is there. */
  readonly file?: boolean;
  /** What a value that does not fit was likely meant to be, with what it is: `"00004" (Phường Ba Đình)`. */
  readonly suggest?: (text: string) => string | undefined;
}

/** The schemas that hold at a path: several below a union, none below an unknown key. Wrappers are on the way, so meta of each is found. */
export function listSchemasAt(schema: ZodType, path: readonly PropertyKey[]): ZodType[] {
  let here = unwrap(schema);
  for (const key of path) here = here.flatMap((one) => childAt(one, key)).flatMap(unwrap);
  return here;
}

/** The keys an object may have at a path. */
export function listKeysAt(schema: ZodType, path: readonly PropertyKey[]): string[] {
  return listSchemasAt(schema, path).flatMap((one) => {
    const def = toDef(one);
    return def.type === "object" ? Object.keys(def.shape) : [];
  });
}

export function findMetaAt(schema: ZodType, path: readonly PropertyKey[]): SettingMeta {
  return Object.assign({}, ...listSchemasAt(schema, path).map(readMeta).reverse()) as SettingMeta;
}

/** Whether text at a path is held to this very pattern. */
export function hasPatternAt(schema: ZodType, path: readonly PropertyKey[], pattern: RegExp): boolean {
  return listSchemasAt(schema, path).some((one) => {
    const def = toDef(one);
    return (
      def.type === "string" &&
      def.checks?.some((check) => String((check._zod.def as { pattern?: RegExp }).pattern) === String(pattern))
    );
  });
}

/** Visits every scalar of a value together with what its schema says of it. */
export function visitScalars(
  schema: ZodType,
  value: unknown,
  visit: (path: readonly PropertyKey[], scalar: unknown, meta: SettingMeta) => void,
  path: readonly PropertyKey[] = [],
): void {
  if (typeof value !== "object" || value === null) {
    visit(path, value, findMetaAt(schema, path));
    return;
  }
  const entries: [PropertyKey, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, child] of entries) visitScalars(schema, child, visit, [...path, key]);
}

function readMeta(schema: ZodType): SettingMeta {
  return (schema.meta() ?? {}) as SettingMeta;
}

function toDef(schema: ZodType): core.$ZodTypes["_zod"]["def"] {
  return (schema as unknown as core.$ZodTypes)._zod.def;
}

/** The schema itself, and what it wraps: `.optional()`, `.default()`, `.prefault()`, unions, pipes. */
function unwrap(schema: ZodType): ZodType[] {
  const def = toDef(schema);
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return [schema, ...unwrap(def.innerType as ZodType)];
    case "pipe":
      return [schema, ...unwrap(def.in as ZodType)];
    case "lazy":
      return [schema, ...unwrap(def.getter() as ZodType)];
    case "union":
      return [schema, ...def.options.flatMap((option) => unwrap(option as ZodType))];
    default:
      return [schema];
  }
}

function childAt(schema: ZodType, key: PropertyKey): ZodType[] {
  const def = toDef(schema);
  switch (def.type) {
    case "object": {
      const child = Object.hasOwn(def.shape, key) ? def.shape[String(key)] : def.catchall;
      return child ? [child as ZodType] : [];
    }
    case "record":
      return [def.valueType as ZodType];
    case "array":
      return [def.element as ZodType];
    case "tuple":
      return [(def.items[Number(key)] ?? def.rest) as ZodType].filter(Boolean);
    default:
      return [];
  }
}
