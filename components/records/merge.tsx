import { same, type Values } from "#components/records/values";

export type Field<V> = keyof V & string;

/** Someone else's changes to a record, compared with your own. Values are in the form's format. */
export interface Merge<V extends Values> {
  /** Fields that both changed, differently. */
  disputed: readonly Field<V>[];
  /** Fields that only they changed. The form has taken these over. */
  taken: readonly Field<V>[];
  mine: V;
  theirs: V;
}

/** Applies your changes to their values. Only fields that both changed have to be decided. */
export function merge<V extends Values>(before: V, mine: V, theirs: V): Merge<V> & { merged: V } {
  const fields = Object.keys(before) as Field<V>[];
  const changed = fields.filter((field) => !same(before[field], theirs[field]) && !same(mine[field], theirs[field]));
  const disputed = changed.filter((field) => !same(mine[field], before[field]));
  const taken = changed.filter((field) => same(mine[field], before[field]));
  const kept = fields.filter((field) => !same(mine[field], before[field]));
  const merged = { ...theirs, ...Object.fromEntries(kept.map((field) => [field, mine[field]])) };
  return { disputed, taken, mine, theirs, merged };
}
