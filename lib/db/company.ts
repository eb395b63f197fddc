import { type Caller, Refused } from "#lib/db/caller";
import { forget, type Origin, remember, turnOf } from "#lib/db/known-credentials";
import type { Database } from "#lib/db/lane";
import { type Claim, callerOf, type Proof, requireForm } from "#lib/db/prover";
import { transaction } from "#lib/db/transaction";

export {
  type Caller,
  type Credential,
  type Need,
  type Principal,
  Refused,
  type RefusedCode,
} from "#lib/db/caller";
export { companyHint } from "#lib/db/known-credentials";

/** A company's transaction, as verbs use it. */
export type Tx = Omit<Database, "transaction" | "$client">;

export type ProvenRequest = Claim & {
  /** Aborts when the request's time is up: no statement begins after that, and nothing is committed. */
  signal: AbortSignal;
  read_only?: boolean;
  /** Where the request comes from, for its turn at a connection. */
  origin: Origin;
};

/**
 * The way to a row: work inside a transaction whose first statement proves the credential and sets company, member, token,
 * user and request for row-level security, for this transaction only. It commits when the work is done.
 * Throws `Refused` where the credential does not hold, what `isUnavailable` knows where the database does not answer, and
 * whatever the work throws, having rolled back. Work that has begun is never repeated.
 *
 * The other way in, one statement joined to the proof, needs no transaction of its own: `from repdesk.prove_token(…) p cross join
 * lateral (select … where c.company_id = p.company_id offset 0) c`. A refused proof has no company, so it finds nothing. Without
 * `offset 0` the planner may read the rows before the proof has set the company, and find none.
 */
export async function proven<T>(request: ProvenRequest, work: (tx: Tx, caller: Caller) => Promise<T>): Promise<T> {
  requireForm(request);
  const { signal, read_only = false } = request;
  return transaction(request, { signal, read_only, turn: turnOf(request, request.origin) }, (lane, proof) =>
    work(lane.db, authenticated(request, proof)),
  );
}

/** Who calls, remembered as a hint for the next request's turn. */
function authenticated(request: ProvenRequest, proof: Proof): Caller {
  try {
    const caller = callerOf(proof, request);
    if (caller.company) remember(request, caller.company.id);
    return caller;
  } catch (error) {
    if (error instanceof Refused) forget(request);
    throw error;
  }
}
