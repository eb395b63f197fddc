/** What a form holds, under the API's own field names: text as it is typed, tags, ticks. */
export type Value = string | boolean | readonly string[];
export type Values = Record<string, Value>;

/** What every record has, as the API answers it. */
export interface RecordBase {
  id: string;
  name: string;
  version: number;
  updated_by: { member_id: string; token_id: string | null };
}

export interface Tagged extends RecordBase {
  tags: string[];
}

/** A record's fields as a form shows them: nothing is an empty text. */
export function valuesOf<V extends Values>(record: object, empty: V): V {
  const fields = record as Record<string, Value | null | undefined>;
  return Object.fromEntries(Object.keys(empty).map((name) => [name, fields[name] ?? empty[name]])) as V;
}

export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The fields of `body` that say something else than the record does: a PATCH sends no more than these. */
export function changesFrom(record: object, body: Record<string, unknown>): Record<string, unknown> {
  const fields = record as Record<string, unknown>;
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => !same(value, fields[name])));
}
