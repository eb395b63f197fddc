import { withTimeout } from "#lib/db/connection";
import { ownTurn, pool } from "#lib/db/pool";

/** Work that no request pays for: deleting what has expired, and finishing what a request had to leave. */

/**
 * Functions of schema `repdesk`, each run by every round. One takes the most rows to work on and returns how many there were;
 * fewer than it was given means that it is done.
 */
const tasks: readonly string[] = [
  "delete_expired_idempotency_keys",
  "delete_old_sign_in_events",
  "blank_queued_records",
];

/** Rows in one transaction: few, so that nobody waits long for a lock or a connection. */
const stepRows = 1_000;
/** The most time that one task gets in a round. */
const taskMs = 2_500;
const stepPatienceMs = 10_000;
const borrowMs = 3_000;
/** Rounds of several processes that started together drift apart. */
const firstPauseMs = () => Math.random() * 10_000;
const pauseMs = () => 60_000 * (0.75 + Math.random() / 2);
/** Whoever works in this database takes this lock for each step. Any number will do that nobody else uses. */
export const maintenanceLock = 7_377_335_754;

/** Starts the rounds of this process. `report` is told once of each round that failed. The result stops them, and waits for a step under way. */
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

/** One round: each task until it is done, its time is used up, or another process is at work. Throws the first failure, after the other tasks. */
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

/** One step, which is one statement and so one transaction. Null where another process holds the lock. */
async function step(task: string): Promise<number | null> {
  const { connection } = await pool().borrow(AbortSignal.timeout(borrowMs), ownTurn);
  try {
    const sent = connection.sql.unsafe<{ worked: number | null }[]>(
      `select case when pg_try_advisory_xact_lock(${maintenanceLock}) then repdesk.${task}(${stepRows}) end as worked`,
    );
    const [row] = await withTimeout(stepPatienceMs, connection.guard(sent), "The database did not answer in time.");
    return row?.worked ?? null;
  } catch (error) {
    connection.destroy(error as Error);
    throw error;
  } finally {
    pool().giveBack(connection);
  }
}
