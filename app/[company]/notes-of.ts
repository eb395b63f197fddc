import { z } from "zod";
import { member } from "#lib/contract/members";
import { noteEndpoints } from "#lib/contract/records";
import { membersOf } from "#lib/domain/members";
import { mayChange, notes } from "#lib/domain/notes";
import type { Ask } from "#lib/page";

const { list, record } = noteEndpoints;
const contract = {
  ...list,
  output: list.output.extend({
    data: z.array(record.extend({ may_change: z.boolean() })),
    people: z.array(member),
  }),
};

/** The latest notes about a record, with their authors' names and whether the person may change them. */
export function notesOf(ask: Ask, field: "account_id" | "contact_id", id: string) {
  return ask(
    contract,
    async (tx, principal, input) => {
      const found = await notes.list(tx, principal, input);
      const authors = found.data.map(({ created_by }) => created_by.member_id);
      const data = found.data.map((note) => ({ ...note, may_change: mayChange(principal, note) }));
      return { ...found, data, people: await membersOf(tx, principal, authors) };
    },
    { [`filter[${field}]`]: id, sort: "-occurred_at", limit: "20" },
  );
}
