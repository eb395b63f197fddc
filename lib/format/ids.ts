import { typeid } from "typeid-js";
import type { NounPrefix } from "#lib/vocabulary";

/** The prefixes of ids. An id is a TypeID: the prefix, `_`, and a UUIDv7 in 26 characters of base32. */
export type IdPrefix = NounPrefix | "cmp" | "mem" | "tok" | "evt" | "sgn" | "req" | "usr";

/** Returns a new id, such as `con_01jd…`. Newer ids sort after older ones. */
export function newId(prefix: IdPrefix): string {
  return typeid(prefix).toString();
}

/** Matches an id. The database's checks use its source. */
export function idPattern(prefix: IdPrefix): RegExp {
  return new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`);
}

export function isId(prefix: IdPrefix, value: string): boolean {
  return idPattern(prefix).test(value);
}
