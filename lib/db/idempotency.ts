import { and, eq, isNull, sql } from "drizzle-orm";
import { built, type Caller, placeholders, sendAhead, type Tx } from "#lib/db/company";
import { sqlState } from "#lib/db/faults";
import { idempotencyKeys } from "#lib/db/tables/idempotency-keys";

/** A response as it was sent, and the record that it shows, if there is one. */
export type StoredResponse = {
  status: number;
  headers: Record<string, string>;
  body: string | null;
  subject_id: string | null;
};

type Key = { operation: string; key: string };
type Request = Key & { fingerprint: string };

export type Reservation =
  | { state: "reserved" }
  | { state: "replay"; stored: Omit<StoredResponse, "subject_id"> }
  /** The first request succeeded, but its record was deleted since, and the response with it. */
  | { state: "deleted" }
  | { state: "reused" }
  | { state: "in_progress" };

/** Whether the key is reserved. Null if a concurrent request has it; then the transaction can only be rolled back. */
export type Reserved = { isNew: boolean };

/**
 * Reserves an idempotency key in the request's transaction, so that the key and the effect commit together. A key belongs to a user
 * in a company, or to the user alone if there is no company. Waits up to the lock timeout (5 s) for a concurrent request with the key.
 * `fingerprint`: the SHA-256, as hex, of what makes two requests equal.
 */
export async function reserveKey(tx: Tx, { operation, key, fingerprint }: Request): Promise<Reserved | null> {
  const { company_id, user_id, expires_at } = idempotencyKeys;
  const values = { operation, key, fingerprint };
  const statement = built(tx, "reserve key", () =>
    tx
      .insert(idempotencyKeys)
      .values(placeholders(values))
      .onConflictDoUpdate({
        target: [company_id, user_id, idempotencyKeys.operation, idempotencyKeys.key],
        set: {
          ...{ fingerprint: sql`excluded.fingerprint`, subject_id: null, status: null, headers: null, body: null },
          ...{ created_at: sql`now()`, expires_at: sql`default` },
        },
        // One of several concurrent requests takes over an expired row.
        setWhere: sql`${expires_at} <= now()`,
      })
      .returning({ key: idempotencyKeys.key }),
  );
  try {
    const reserved = await statement.execute(values);
    return { isNew: reserved.length > 0 };
  } catch (error) {
    if (sqlState(error) === "55P03") return null;
    throw error;
  }
}

/** What the reservation means for the request. */
export async function reservationOf(
  tx: Tx,
  caller: Caller,
  request: Request,
  reserved: Reserved | null,
): Promise<Reservation> {
  if (reserved === null) return { state: "in_progress" };
  if (reserved.isNew) return { state: "reserved" };
  const { fingerprint: first, subject_id, status, headers, body } = idempotencyKeys;
  const [row] = await tx
    .select({ first, subject_id, status, headers, body })
    .from(idempotencyKeys)
    .where(isKey(caller, request));
  if (!row || row.status === null) return { state: "in_progress" };
  if (row.first !== request.fingerprint) return { state: "reused" };
  if (row.subject_id !== null && row.body === null) return { state: "deleted" };
  return { state: "replay", stored: { status: row.status, headers: row.headers ?? {}, body: row.body } };
}

/** Stores the response for a key that this transaction reserved. */
export function storeResponse(tx: Tx, caller: Caller, request: Key, stored: StoredResponse): void {
  sendAhead(tx, tx.update(idempotencyKeys).set(stored).where(isKey(caller, request)));
}

function isKey({ company, user_id }: Caller, { operation, key }: Key) {
  return and(
    company ? eq(idempotencyKeys.company_id, company.id) : isNull(idempotencyKeys.company_id),
    eq(idempotencyKeys.user_id, user_id),
    eq(idempotencyKeys.operation, operation),
    eq(idempotencyKeys.key, key),
  );
}
