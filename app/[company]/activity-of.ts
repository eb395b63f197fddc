import { z } from "zod";
import { noteEndpoints } from "#lib/contract/records";
import { type Change, historyOf } from "#lib/domain/audit";
import { membersOf } from "#lib/domain/members";
import { mayChange, notes } from "#lib/domain/notes";
import { tokensOf } from "#lib/domain/tokens/find";
import { instant } from "#lib/nouns/values";
import type { Ask } from "#lib/page";

/** How many entries of a record's activity its page shows, at first and after each “Show earlier activity”. */
const steps = [20, 100, 200] as const;

const { list, record } = noteEndpoints;
const named = z.array(z.object({ id: z.string(), name: z.string() }));
const contract = {
  ...list,
  output: z.object({
    notes: z.array(record.extend({ may_change: z.boolean() })),
    changes: z.array(
      z.object({
        id: z.string(),
        created_at: instant,
        member_id: z.string(),
        token_id: z.string().nullable(),
        action: z.string(),
        changes: z.record(z.string(), z.object({ old: z.unknown(), new: z.unknown() }).nullable()),
      }),
    ),
    complete: z.boolean(),
    people: named,
    tokens: named,
  }),
};

/**
 * Loads the latest notes about a record and changes to it, with the names of their authors and of the tokens they used.
 * `asked` is the page's `activity` parameter. `more` is its next value; null if there is nothing more to show.
 */
export async function activityOf(
  ask: Ask,
  field: "account_id" | "contact_id",
  subject: string,
  asked: string | string[] | undefined,
) {
  const most = steps.find((step) => String(step) === asked) ?? steps[0];
  const found = await ask(
    contract,
    async (tx, principal, input) => {
      const { data, pagination } = await notes.list(tx, principal, input);
      const history = await historyOf(tx, principal, subject, most);
      // If a list has more entries, show nothing older than the last one loaded: the timeline would have gaps.
      const ends = [
        ...(pagination.has_more ? data.slice(-1).map(({ occurred_at }) => occurred_at) : []),
        ...(history.length > most ? history.slice(most - 1, most).map(({ created_at }) => created_at) : []),
      ].map(Number);
      const since = new Date(Math.max(0, ...ends));
      const shown = data.filter(({ occurred_at }) => ends.length === 0 || occurred_at >= since);
      const changes = history.slice(0, most).filter(({ created_at }) => created_at >= since);
      const by = [...shown.map(({ created_by }) => created_by), ...changes];
      const members = [...by.map(({ member_id }) => member_id), ...ownersIn(changes)];
      const tokens = by.flatMap(({ token_id }) => token_id ?? []);
      return {
        notes: shown.map((note) => ({ ...note, may_change: mayChange(principal, note) })),
        changes,
        complete: ends.length === 0,
        people: await membersOf(tx, principal, members),
        tokens: await tokensOf(tx, principal, tokens),
      };
    },
    { [`filter[${field}]`]: subject, sort: "-occurred_at", limit: String(most) },
  );
  return { ...found, more: found.complete ? null : (steps.find((step) => step > most) ?? null) };
}

export type ActivityOf = Awaited<ReturnType<typeof activityOf>>;

/** The previous and new owners in these changes. */
function ownersIn(changes: readonly Change[]): string[] {
  return changes
    .flatMap(({ changes: { owner_id } }) => [owner_id?.old, owner_id?.new])
    .filter((owner) => typeof owner === "string");
}
