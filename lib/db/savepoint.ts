import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/company";

/** Runs work that can fail without breaking the transaction: only the work's own writes are undone. */
export async function attempt<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.execute(sql`savepoint attempt`);
  try {
    const result = await work();
    await tx.execute(sql`release savepoint attempt`);
    return result;
  } catch (error) {
    await tx.execute(sql`rollback to savepoint attempt`);
    throw error;
  }
}
