import { isDisconnected, Unavailable } from "#lib/db/faults";
import { type Lane, within } from "#lib/db/lane";
import { type Borrowed, pool } from "#lib/db/pool";
import { type Claim, type Proof, prove } from "#lib/db/prover";
import type { Turn } from "#lib/db/queue";

/** The most that one transaction may take once it has a connection: a read holds up others for less. */
const totalMs = { read: 3_000, write: 10_000 };
/** A connection that does not answer its first statement by then is taken for dead. */
const firstAnswerMs = 2_500;
/** After this much more, a connection that still works for a request that is over is cut. */
const graceMs = 1_000;
const lockMs = 5_000;

type Options = { signal: AbortSignal; read_only?: boolean; turn: Turn };
type Begun = { lane: Lane; proof: Proof; until: number };
type Work<T> = (lane: Lane, proof: Proof) => Promise<T>;

/** Runs work in a transaction whose first statement is the proof. Rejects as soon as the signal aborts. */
export function transaction<T>(claim: Claim, options: Options, work: Work<T>): Promise<T> {
  const running = run(claim, options, work);
  running.catch(() => {});
  return Promise.race([running, aborted(options.signal, running)]);
}

async function run<T>(claim: Claim, options: Options, work: Work<T>): Promise<T> {
  const { lane, proof, until } = await begin(claim, options);
  const limit = setTimeout(() => lane.destroy(late()), until - Date.now() + graceMs);
  lane.stop = options.signal;
  const release = () => {
    clearTimeout(limit);
    pool().giveBack(lane);
  };
  const working = workAndCommit(lane, options.signal, () => work(lane, proof));
  working.catch(() => {});
  try {
    const result = await lane.guard(working);
    release();
    return result;
  } catch (error) {
    // The caller learns what went wrong now; the connection follows when it has rolled back, or is given up.
    void rollBack(lane).finally(release);
    throw error;
  }
}

async function workAndCommit<T>(lane: Lane, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const result = await work();
  signal.throwIfAborted();
  const { command } = await lane.sql.unsafe("commit");
  // PostgreSQL answers the COMMIT of a failed transaction with ROLLBACK, and no error.
  if (command !== "COMMIT")
    throw new Error("The transaction was rolled back: the work went on after a statement had failed.");
  return result;
}

async function rollBack(lane: Lane): Promise<void> {
  if (lane.isDead()) return;
  try {
    await within(graceMs, lane.sql.unsafe("rollback"), "The database did not roll back in time.");
  } catch (error) {
    lane.destroy(error as Error);
  }
}

/**
 * Begins and proves, in one round trip. A connection that was idle may have died meanwhile without a word: then all idle ones
 * are given up, and it is tried once more on a new one. Nothing was done by then, so nothing is done twice.
 */
async function begin(claim: Claim, options: Options): Promise<Begun> {
  const first = await pool().borrow(options.signal, options.turn);
  try {
    return await beginOn(first, claim, options);
  } catch (error) {
    const wasStale = !first.isFresh && (error instanceof Unavailable || isDisconnected(error));
    if (!wasStale || options.signal.aborted) throw error;
    pool().distrust();
    return beginOn(await pool().borrow(options.signal, options.turn), claim, options);
  }
}

async function beginOn({ lane }: Borrowed, claim: Claim, options: Options): Promise<Begun> {
  const statementMs = options.read_only ? totalMs.read : totalMs.write;
  const until = Date.now() + statementMs;
  try {
    // Sent at once, as a query of postgres.js otherwise is not: it must come before the proof.
    const begun = lane.sql.unsafe(options.read_only ? "begin read only" : "begin").execute();
    const opening = Promise.all([
      begun,
      prove(lane.sql, claim, { statementMs, lockMs, idleMs: statementMs + graceMs }),
    ]);
    const answered = lane.guard(opening);
    const [, proof] = await within(
      Math.min(firstAnswerMs, statementMs),
      answered,
      "The database did not answer in time.",
    );
    return { lane, proof, until };
  } catch (error) {
    lane.destroy(error as Error);
    pool().giveBack(lane);
    throw error;
  }
}

function late(): Unavailable {
  return new Unavailable("The database did not answer in time.");
}

/** Rejects with the signal's reason; never resolves. Forgets the signal when the work has settled. */
function aborted(signal: AbortSignal, work: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    const tell = () => reject(signal.reason);
    if (signal.aborted) tell();
    signal.addEventListener("abort", tell, { once: true });
    const forget = () => signal.removeEventListener("abort", tell);
    work.then(forget, forget);
  });
}
