import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/company";

/** Work whose failure leaves the transaction usable: what it wrote is taken back, what came before stands. */
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
