import { isUnavailable } from "#lib/db/faults";
import { within } from "#lib/db/lane";
import { ownTurn, pool } from "#lib/db/pool";

type Token = { id: string; company_id: string; last_used_at: Date | null };
type Use = { id: string; company_id: string; at: string; from: string | null; by: string | null };

/** Written at most so often for one token. */
const pauseMs = 60_000;
/** The first use is on somebody's screen within a second. */
const soonMs = 250;
const retryMs = 5_000;
/** More tokens than that between two writings: the rest is noted at their next use. */
const maxNoted = 5_000;
const patienceMs = 3_000;

type Buffered = { uses: Map<string, Use>; timer: NodeJS.Timeout | undefined; writing: Promise<void> | undefined };

/** One a process: Next bundles routes and instrumentation apart, and the one that stops the process must find what the others noted. */
const kept = globalThis as { [key: symbol]: unknown };
const name = Symbol.for("repdesk.db.token-use");

function buffered(): Buffered {
  kept[name] ??= { uses: new Map(), timer: undefined, writing: undefined } satisfies Buffered;
  return kept[name] as Buffered;
}

/**
 * Notes that a token was used, off the path of the answer: written soon after, at most once a minute a token. Never throws.
 * `from` is the network, as /24 or /48; `client` the caller's own name.
 */
export function noteUse(token: Token, at: Date, from: string | null, client: string | null): void {
  if (token.last_used_at && at.getTime() - token.last_used_at.getTime() < pauseMs) return;
  const buffer = buffered();
  if (buffer.uses.size >= maxNoted && !buffer.uses.has(token.id)) return;
  // Whatever a database refuses in text goes, half a character cut off included.
  const by = client?.slice(0, 200).replace(/\p{C}/gu, "").trim() || null;
  buffer.uses.set(token.id, { id: token.id, company_id: token.company_id, at: at.toISOString(), from, by });
  schedule(buffer, soonMs);
}

/** Writes what is noted, at the end of the process. Never throws; returns how many could not be written. */
export async function flushUses(): Promise<number> {
  const buffer = buffered();
  await buffer.writing;
  const count = buffer.uses.size;
  clearTimeout(buffer.timer);
  return (await write(buffer)) ? 0 : count;
}

function schedule(buffer: Buffered, ms: number): void {
  if (buffer.timer || buffer.writing) return;
  buffer.timer = setTimeout(() => {
    buffer.timer = undefined;
    buffer.writing = write(buffer).then((isWritten) => {
      buffer.writing = undefined;
      if (buffer.uses.size > 0) schedule(buffer, isWritten ? soonMs : retryMs);
    });
  }, ms);
  buffer.timer.unref();
}

/** Whether what was noted is written. A use that the database refuses, as opposed to one it cannot take, is forgotten. */
async function write(buffer: Buffered): Promise<boolean> {
  const uses = [...buffer.uses.values()];
  if (uses.length === 0) return true;
  buffer.uses.clear();
  try {
    await send(uses);
    return true;
  } catch (error) {
    if (!isUnavailable(error)) return false;
    // A newer use of the same token, noted meanwhile, stays.
    for (const use of uses) if (!buffer.uses.has(use.id) && buffer.uses.size < maxNoted) buffer.uses.set(use.id, use);
    return false;
  }
}

async function send(uses: Use[]): Promise<void> {
  const { lane } = await pool().borrow(AbortSignal.timeout(patienceMs), ownTurn);
  try {
    const sent = lane.sql`select repdesk.note_token_uses(${JSON.stringify(uses)})`;
    await within(patienceMs, lane.guard(sent), "The database did not answer in time.");
  } catch (error) {
    lane.destroy(error as Error);
    throw error;
  } finally {
    pool().giveBack(lane);
  }
}
