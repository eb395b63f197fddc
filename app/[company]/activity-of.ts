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

/** The most text of notes on one page, in UTF-16 units. */
const mostText = 300_000;

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
      const shown = fitting(data);
      const hasMoreNotes = pagination.has_more || shown.length < data.length;
      // Changes never hide notes. Notes that are missing do hide older changes, or they would seem not to exist.
      const since = hasMoreNotes ? shown.at(-1)?.occurred_at : undefined;
      const changes = history.slice(0, most).filter(({ created_at }) => !since || created_at >= since);
      const by = [...shown.map(({ created_by }) => created_by), ...changes];
      const members = [...by.map(({ member_id }) => member_id), ...ownersIn(changes)];
      const tokens = by.flatMap(({ token_id }) => token_id ?? []);
      return {
        notes: shown.map((note) => ({ ...note, may_change: mayChange(principal, note) })),
        changes,
        complete: !hasMoreNotes && history.length <= most,
        people: await membersOf(tx, principal, members),
        tokens: await tokensOf(tx, principal, tokens),
      };
    },
    { [`filter[${field}]`]: subject, sort: "-occurred_at", limit: String(most) },
  );
  return { ...found, more: found.complete ? null : (steps.find((step) => step > most) ?? null) };
}

/** The first notes, as many as a page can hold. */
function fitting<N extends { body: string }>(notes: readonly N[]): N[] {
  let length = 0;
  return notes.filter(({ body }, index) => {
    length += body.length;
    return index === 0 || length <= mostText;
  });
}

/** The previous and new owners in these changes. */
function ownersIn(changes: readonly Change[]): string[] {
  return changes
    .flatMap(({ changes: { owner_id } }) => [owner_id?.old, owner_id?.new])
    .filter((owner) => typeof owner === "string");
}
