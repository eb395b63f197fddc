import { typeid } from "typeid-js";
import type { NounPrefix } from "#lib/vocabulary";

/** The kinds of id. An id is a TypeID: the prefix, `_`, and a UUIDv7 in 26 characters of base32. */
export type IdPrefix = NounPrefix | "cmp" | "mem" | "tok" | "evt" | "sgn" | "req" | "usr";

/** A new id, such as `con_01jd…`. Ids made later sort later. */
export function newId(prefix: IdPrefix): string {
  return typeid(prefix).toString();
}

/** The form of an id as a regular expression source, also used by the database's checks. */
export function idPattern(prefix: IdPrefix): RegExp {
  return new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`);
}

export function isId(prefix: IdPrefix, value: string): boolean {
  return idPattern(prefix).test(value);
}
