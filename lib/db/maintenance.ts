import { withTimeout } from "#lib/db/connection";
import { ownTurn, pool } from "#lib/db/pool";

/** Background work: deletes what has expired, and finishes what was too much for one request. */

/**
 * Functions of schema `repdesk` that every round runs. Each takes the maximum number of rows and returns how many it processed. It is
 * done when it returns fewer.
 */
const tasks: readonly string[] = [
  "delete_expired_idempotency_keys",
  "delete_old_sign_in_events",
  "delete_old_token_usage",
  "blank_queued_records",
];

/** Rows in one transaction: few, so that no request waits long for a lock or a connection. */
const stepRows = 1_000;
/** The time limit of one task in a round. */
const taskMs = 2_500;
const stepPatienceMs = 10_000;
const borrowMs = 3_000;
/** Random, so that processes that start together don't run their rounds together. */
const firstPauseMs = () => Math.random() * 10_000;
const pauseMs = () => 60_000 * (0.75 + Math.random() / 2);
/** The advisory lock that each step takes. An arbitrary number. */
export const maintenanceLock = 7_377_335_754;

/** Starts the rounds of this process, and calls `report` for each one that fails. The returned function stops them and waits for the running step. */
export function startMaintenance(report: (error: unknown) => void): () => Promise<void> {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const plan = (ms: number) => {
    timer = setTimeout(() => {
      round = maintain(stopping.signal)
        .catch(report)
        .then(() => {
          if (!stopping.signal.aborted) plan(pauseMs());
        });
    }, ms);
    timer.unref();
  };
  plan(firstPauseMs());
  return async () => {
    stopping.abort();
    clearTimeout(timer);
    await round;
  };
}

/** Runs each task until it is done, its time is up, or another process is at work. Throws the first failure after the other tasks. */
export async function maintain(stopping: AbortSignal): Promise<void> {
  const failures: Error[] = [];
  for (const task of tasks) {
    try {
      await run(task, stopping);
    } catch (cause) {
      failures.push(new Error(`Maintenance failed: ${task}.`, { cause }));
    }
  }
  if (failures[0]) throw failures[0];
}

async function run(task: string, stopping: AbortSignal): Promise<void> {
  const until = performance.now() + taskMs;
  while (!stopping.aborted && performance.now() < until) {
    const worked = await step(task);
    if (worked === null || worked < stepRows) return;
  }
}

/** One step: one transaction. Null if another process holds the lock. */
async function step(task: string): Promise<number | null> {
  const { connection } = await pool().borrow(AbortSignal.timeout(borrowMs), ownTurn);
  try {
    // More time than the app's role gives a statement. Together they are one transaction.
    const sent = connection.sql.unsafe(
      `set local statement_timeout = ${stepPatienceMs};
       select case when pg_try_advisory_xact_lock(${maintenanceLock}) then repdesk.${task}(${stepRows}) end as worked`,
    );
    const results = await withTimeout(stepPatienceMs, connection.guard(sent), "The database did not answer in time.");
    const [, rows] = results as unknown as [unknown, { worked: number | null }[]];
    return rows[0]?.worked ?? null;
  } catch (error) {
    connection.destroy(error as Error);
    throw error;
  } finally {
    pool().giveBack(connection);
  }
}
