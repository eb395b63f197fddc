import type { PendingQuery, Row, Sql } from "postgres";
import { withTimeout } from "#lib/db/connection";
import { isConflict, isUnavailable } from "#lib/db/faults";
import { ownTurn, pool } from "#lib/db/pool";
import { detached } from "#lib/format/detached";
import { processWide } from "#lib/format/process-wide";

/** The kinds of notes that no response waits for, with the database function that writes each from JSON. */
const writers = {
  token_uses: (sql, notes) => sql`select repdesk.note_token_uses(${notes}::text::jsonb)`,
  sign_ins: (sql, notes) => sql`select repdesk.note_sign_ins(${notes}::text::jsonb)`,
  refused_tokens: (sql, notes) => sql`select repdesk.note_refused_tokens(${notes}::text::jsonb)`,
  leaked_tokens: (sql, notes) => sql`select repdesk.revoke_leaked_tokens(${notes}::text::jsonb)`,
  exposed_tokens: (sql, notes) => sql`select repdesk.note_exposed_tokens(${notes}::text::jsonb)`,
} satisfies Record<string, (sql: Sql, notes: string) => PendingQuery<Row[]>>;

export type NoteKind = keyof typeof writers;
const kinds = Object.keys(writers) as NoteKind[];

/** Short enough that a note is visible to people within a second. */
const soonMs = 250;
/** While the database is away. */
const retryMs = 5_000;
const patienceMs = 3_000;
/** The most notes of one kind that wait. More are dropped. */
const mostNotes = 5_000;
/** Notes in one statement. The slowest ones take milliseconds each. */
const atOnce = 500;

type Journal = {
  notes: Record<NoteKind, Map<string, object>>;
  timer: NodeJS.Timeout | undefined;
  writing: Promise<void> | undefined;
  report: (error: unknown) => void;
};

/** One per process, so that shutdown finds every note. */
const journal = processWide<Journal>("db.journal", () => ({
  notes: {
    ...{ token_uses: new Map(), sign_ins: new Map(), refused_tokens: new Map() },
    ...{ leaked_tokens: new Map(), exposed_tokens: new Map() },
  },
  timer: undefined,
  writing: undefined,
  report() {},
}));

/** Notes something to be written soon, without delaying a response. A later note with the same key replaces it. Never throws. Returns false if it was dropped. */
export function note(kind: NoteKind, key: string, entry: object): boolean {
  const notes = journal.notes[kind];
  if (notes.size >= mostNotes && !notes.has(key)) return false;
  notes.set(detached(key), detached(entry));
  schedule(soonMs);
  return true;
}

/** Writes all notes at shutdown. Never throws. Returns how many couldn't be written. */
export async function flushJournal(): Promise<number> {
  await journal.writing;
  clearTimeout(journal.timer);
  journal.timer = undefined;
  await write();
  return kinds.reduce((count, kind) => count + journal.notes[kind].size, 0);
}

/** Sets the handler for notes that the database rejected. They aren't retried. */
export function reportRejectedNotes(report: (error: unknown) => void): void {
  journal.report = report;
}

function schedule(ms: number): void {
  if (journal.timer || journal.writing) return;
  journal.timer = setTimeout(() => {
    journal.timer = undefined;
    journal.writing = write().then((isLate) => {
      journal.writing = undefined;
      if (kinds.some((kind) => journal.notes[kind].size > 0)) schedule(isLate ? retryMs : soonMs);
    });
  }, ms);
  journal.timer.unref();
}

/** Writes the notes that are waiting. Returns whether the database was away, in which case they stay. */
async function write(): Promise<boolean> {
  const { notes, report } = journal;
  for (const kind of kinds) {
    const waiting = notes[kind];
    for (let left = waiting.size; left > 0; left -= atOnce) {
      const batch = [...waiting].slice(0, atOnce);
      for (const [key] of batch) waiting.delete(key);
      try {
        await send(kind, JSON.stringify(batch.map(([, entry]) => entry)));
      } catch (error) {
        if (isUnavailable(error) || isConflict(error)) {
          putBack(waiting, batch);
          return true;
        }
        report(error);
      }
    }
  }
  return false;
}

/** Keeps a newer note with the same key. */
function putBack(waiting: Map<string, object>, batch: [string, object][]): void {
  for (const [key, entry] of batch) if (!waiting.has(key) && waiting.size < mostNotes) waiting.set(key, entry);
}

async function send(kind: NoteKind, notes: string): Promise<void> {
  const { connection } = await pool().borrow(AbortSignal.timeout(patienceMs), ownTurn);
  try {
    await withTimeout(
      patienceMs,
      connection.guard(writers[kind](connection.sql, notes)),
      "The database did not answer in time.",
    );
  } catch (error) {
    connection.destroy(error as Error);
    throw error;
  } finally {
    pool().giveBack(connection);
  }
}
