import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/company";

/** Runs work whose failure leaves the transaction usable: only what the work wrote is undone. */
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
