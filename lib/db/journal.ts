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
  token_usage: (sql, notes) => sql`select repdesk.note_token_usage(${notes}::text::jsonb)`,
} satisfies Record<string, (sql: Sql, notes: string) => PendingQuery<Row[]>>;

export type NoteKind = keyof typeof writers;
const kinds = Object.keys(writers) as NoteKind[];

/** How long notes wait. Short enough that they are visible to people within a second or two. */
const pauseMs: Record<NoteKind, number> = {
  ...{ token_uses: 250, sign_ins: 250, refused_tokens: 250, leaked_tokens: 250, exposed_tokens: 250 },
  token_usage: 1_000,
};
/** While the database is away. */
const retryMs = 5_000;
const patienceMs = 3_000;
/** The most notes of one kind that wait. More are dropped. */
const mostNotes = 5_000;
/** Notes in one statement. The slowest ones take milliseconds each. */
const atOnce = 500;

/** A note that grows until it is written. Written as `toJSON` returns it. */
export type Tally = {
  /** Adds an older note with the same key, which couldn't be written. */
  absorb(older: Tally): void;
  toJSON(): object;
};

type Journal = {
  notes: Record<NoteKind, Map<string, object>>;
  /** When the notes of a kind are written, by `performance.now()`. */
  due: Partial<Record<NoteKind, number>>;
  timer: NodeJS.Timeout | undefined;
  writing: Promise<void> | undefined;
  report: (error: unknown) => void;
};

/** One per process, so that shutdown finds every note. */
const journal = processWide<Journal>("db.journal", () => ({
  notes: {
    ...{ token_uses: new Map(), sign_ins: new Map(), refused_tokens: new Map() },
    ...{ leaked_tokens: new Map(), exposed_tokens: new Map(), token_usage: new Map() },
  },
  due: {},
  timer: undefined,
  writing: undefined,
  report() {},
}));

/** Notes something to be written soon, without delaying a response. A later note with the same key replaces it. Never throws. Returns false if it was dropped. */
export function note(kind: NoteKind, key: string, entry: object): boolean {
  const notes = journal.notes[kind];
  if (notes.size >= mostNotes && !notes.has(key)) return false;
  notes.set(detached(key), detached(entry));
  schedule(kind, pauseMs[kind]);
  return true;
}

/**
 * Adds to the note with this key, or to a new one. `add` gets the note and the number of notes that wait, and keeps nothing that holds a
 * request in memory. Costs no more than that until the note is written. Never throws.
 */
export function grow<N extends Tally>(
  kind: NoteKind,
  key: string,
  start: () => N,
  add: (note: N, waiting: number) => void,
): void {
  const notes = journal.notes[kind];
  let found = notes.get(key) as N | undefined;
  if (!found) {
    if (notes.size >= mostNotes) return;
    found = start();
    notes.set(key, found);
  }
  schedule(kind, pauseMs[kind]);
  add(found, notes.size);
}

/** Writes all notes at shutdown. Never throws. Returns how many couldn't be written. */
export async function flushJournal(): Promise<number> {
  await journal.writing;
  clearTimeout(journal.timer);
  journal.timer = undefined;
  journal.due = {};
  await write(kinds);
  return kinds.reduce((count, kind) => count + journal.notes[kind].size, 0);
}

/** Sets the handler for notes that the database rejected. They aren't retried. */
export function reportRejectedNotes(report: (error: unknown) => void): void {
  journal.report = report;
}

function schedule(kind: NoteKind, ms: number): void {
  if (journal.due[kind] !== undefined) return;
  journal.due[kind] = performance.now() + ms;
  plan();
}

/** Sets the timer to the first kind that is due. Kinds are written one after another. */
function plan(): void {
  const next = Math.min(...Object.values(journal.due));
  if (journal.writing || next === Number.POSITIVE_INFINITY) return;
  clearTimeout(journal.timer);
  journal.timer = setTimeout(() => {
    journal.timer = undefined;
    journal.writing = write(kinds.filter((kind) => (journal.due[kind] ?? Number.POSITIVE_INFINITY) <= next)).then(
      (isLate) => {
        journal.writing = undefined;
        if (isLate) journal.due = {};
        for (const kind of kinds) if (journal.notes[kind].size > 0) schedule(kind, isLate ? retryMs : pauseMs[kind]);
        plan();
      },
    );
  }, next - performance.now());
  journal.timer.unref();
}

/** Writes the notes of these kinds. Returns whether the database was away, in which case they stay. */
async function write(due: readonly NoteKind[]): Promise<boolean> {
  const { notes, report } = journal;
  for (const kind of due) {
    const waiting = notes[kind];
    delete journal.due[kind];
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

/** Keeps a newer note with the same key. One that grows gets what couldn't be written. */
function putBack(waiting: Map<string, object>, batch: [string, object][]): void {
  for (const [key, entry] of batch) {
    const newer = waiting.get(key);
    if (newer) (newer as Partial<Tally>).absorb?.(entry as Tally);
    else if (waiting.size < mostNotes) waiting.set(key, entry);
  }
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
