import { same, type Values } from "#components/records/values";

export type Field<V> = keyof V & string;

/** Somebody else's change to a record, beside one's own. Values are as the form holds them. */
export interface Merge<V extends Values> {
  /** What both changed, differently. */
  disputed: readonly Field<V>[];
  /** What only they changed; the form has taken it over. */
  taken: readonly Field<V>[];
  mine: V;
  theirs: V;
}

/** Lays one's own values over theirs. Only a field that both changed has to be decided. */
export function merge<V extends Values>(before: V, mine: V, theirs: V): Merge<V> & { merged: V } {
  const fields = Object.keys(before) as Field<V>[];
  const changed = fields.filter((field) => !same(before[field], theirs[field]) && !same(mine[field], theirs[field]));
  const disputed = changed.filter((field) => !same(mine[field], before[field]));
  const taken = changed.filter((field) => same(mine[field], before[field]));
  const kept = fields.filter((field) => !same(mine[field], before[field]));
  const merged = { ...theirs, ...Object.fromEntries(kept.map((field) => [field, mine[field]])) };
  return { disputed, taken, mine, theirs, merged };
}
