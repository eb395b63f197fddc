import { type AuthenticationRequest, type AuthenticationRow, authenticate } from "#lib/db/authentication";
import { type Connection, withTimeout } from "#lib/db/connection";
import { isDisconnected, sqlState } from "#lib/db/faults";
import { pool } from "#lib/db/pool";
import type { Turn } from "#lib/db/queue";
import { Unavailable } from "#lib/errors";

/** The time limit of a transaction once it has a connection. Reads get less, since others wait for them. */
const totalMs = { read: 3_000, write: 10_000 };
/**
 * A connection that doesn't answer its first statement within this time is considered dead. PostgreSQL gives the statement up sooner
 * (`statement_timeout` of the app's role, set by `npm run db:migrate`).
 */
const firstAnswerMs = 2_500;
/** How long a connection may go on working for a request that is over before it is closed. */
const graceMs = 1_000;
const lockMs = 5_000;

type Options = { signal: AbortSignal; read_only?: boolean; turn: Turn };
type Begun<F> = { connection: Connection; row: AuthenticationRow; until: number; first: Promise<F> };
type Work<F, T> = (connection: Connection, row: AuthenticationRow, first: Promise<F>) => Promise<T>;
/** Sends a statement together with the one that authenticates, before it is known whether that succeeds. */
type First<F> = (connection: Connection) => Promise<F>;

/** Runs work in a transaction whose first statement authenticates. Rejects as soon as the signal aborts. */
export function transaction<F, T>(
  request: AuthenticationRequest,
  options: Options,
  first: First<F>,
  work: Work<F, T>,
): Promise<T> {
  return untilAborted(options.signal, run(request, options, first, work));
}

/** Sends one statement without a transaction of its own. Rejects as soon as the signal aborts. */
export function statement<T>(options: Options, send: (connection: Connection) => Promise<T>): Promise<T> {
  const sending = onConnection(options, send, true).then(({ connection, answer }) => {
    pool().giveBack(connection);
    return answer;
  });
  return untilAborted(options.signal, sending);
}

async function run<F, T>(
  request: AuthenticationRequest,
  options: Options,
  sendFirst: First<F>,
  work: Work<F, T>,
): Promise<T> {
  const { connection, row, until, first } = await begin(request, options, sendFirst);
  const limit = setTimeout(() => connection.destroy(late()), until - Date.now() + graceMs);
  connection.stop = options.signal;
  connection.ahead = [];
  const release = () => {
    clearTimeout(limit);
    pool().giveBack(connection);
  };
  const working = workAndCommit(connection, options.signal, () => work(connection, row, first));
  working.catch(() => {});
  try {
    const result = await connection.guard(working);
    release();
    return result;
  } catch (error) {
    // The caller gets the error now. The connection is returned when it has rolled back, or dropped.
    const over = first.then(
      () => {},
      () => {},
    );
    void over.then(() => rollBack(connection)).finally(release);
    throw error;
  }
}

async function workAndCommit<T>(connection: Connection, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const result = await work().catch(async (error) => {
    // A statement that was sent ahead and failed makes all later ones fail with a less useful error.
    await Promise.all(connection.ahead);
    throw error;
  });
  signal.throwIfAborted();
  const committed = connection.sql.unsafe("commit").execute();
  committed.catch(() => {});
  await Promise.all(connection.ahead);
  const { command } = await committed;
  // PostgreSQL answers the COMMIT of a failed transaction with ROLLBACK, and no error.
  if (command !== "COMMIT")
    throw new Error("The transaction was rolled back because the work continued after a failed statement.");
  return result;
}

async function rollBack(connection: Connection): Promise<void> {
  if (connection.isDead()) return;
  try {
    await withTimeout(graceMs, connection.sql.unsafe("rollback"), "The database did not roll back in time.");
  } catch (error) {
    connection.destroy(error as Error);
  }
}

/** Begins and authenticates in one round trip. */
async function begin<F>(request: AuthenticationRequest, options: Options, sendFirst: First<F>): Promise<Begun<F>> {
  const statementMs = options.read_only ? totalMs.read : totalMs.write;
  const { connection, answer } = await onConnection(options, (connection) => {
    const until = Date.now() + statementMs;
    // `execute` sends it immediately: it must come before the statement that authenticates.
    const begun = connection.sql.unsafe(options.read_only ? "begin read only" : "begin").execute();
    const authenticated = authenticate(connection.sql, request, {
      ...{ statementMs, lockMs, idleMs: statementMs + graceMs },
      customPlans: options.read_only ?? false,
    });
    const first = sendFirst(connection);
    first.catch(() => {});
    return Promise.all([begun, authenticated, { until, first }]);
  });
  const [, row, rest] = answer;
  return { connection, row, ...rest };
}

/**
 * Sends the first statement of a request and waits for its answer. If an idle connection turns out to be dead, drops all idle ones and
 * tries once more on a new one. Nothing was done before that, so nothing is done twice. `isAlone`: the statement is no transaction's
 * first, so the connection is as before if PostgreSQL answers with an error.
 */
async function onConnection<T>(options: Options, send: (connection: Connection) => Promise<T>, isAlone = false) {
  for (let isRetry = false; ; isRetry = true) {
    const { connection, isFresh } = await pool().borrow(options.signal, options.turn);
    try {
      const sent = connection.guard(send(connection));
      return { connection, answer: await withTimeout(firstAnswerMs, sent, "The database did not answer in time.") };
    } catch (error) {
      if (!isAlone || !isAnswer(error)) connection.destroy(error as Error);
      pool().giveBack(connection);
      const wasStale = !isFresh && (error instanceof Unavailable || isDisconnected(error));
      if (!wasStale || isRetry || options.signal.aborted) throw error;
      pool().distrust();
    }
  }
}

/** Whether PostgreSQL answered a statement with an error, and goes on with the session. */
function isAnswer(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && !isDisconnected(error) && !/^(?:08|57P)/.test(state);
}

function late(): Unavailable {
  return new Unavailable("The database did not answer in time.");
}

/** Settles like the work, or rejects with the signal's reason. Removes its listener when the work has settled. */
function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const tell = () => reject(signal.reason);
    if (signal.aborted) tell();
    signal.addEventListener("abort", tell, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", tell));
  });
}
