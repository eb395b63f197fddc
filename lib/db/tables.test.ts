import { expectTypeOf, test } from "vitest";
import type { accounts } from "#lib/db/tables/accounts";
import type { contacts } from "#lib/db/tables/contacts";
import type { notes } from "#lib/db/tables/notes";
import type { account } from "#lib/nouns/account";
import type { contact } from "#lib/nouns/contact";
import type { note } from "#lib/nouns/note";
import type { Noun, Writable } from "#lib/nouns/noun";

type Declared<N> = N extends Noun<infer F> ? Writable<F> : never;
type Columns<T extends { $inferSelect: object }, N> = Pick<
  T["$inferSelect"],
  keyof Declared<N> & keyof T["$inferSelect"]
>;

/** Checked by the compiler: a field that the table doesn't have, or has with another type, fails `npm run check`. */
test("each table has the columns and types that its noun declares", () => {
  expectTypeOf<Columns<typeof accounts, typeof account>>().toEqualTypeOf<Declared<typeof account>>();
  expectTypeOf<Columns<typeof contacts, typeof contact>>().toEqualTypeOf<Declared<typeof contact>>();
  expectTypeOf<Columns<typeof notes, typeof note>>().toEqualTypeOf<Declared<typeof note>>();
});
