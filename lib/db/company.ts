import type { AuthenticationRequest, AuthenticationRow } from "#lib/db/authentication";
import { callerOf, requireForm } from "#lib/db/authentication";
import type { Caller } from "#lib/db/caller";
import type { Database } from "#lib/db/connection";
import { forget, type Origin, remember, turnOf } from "#lib/db/known-credentials";
import { noteRejectedToken } from "#lib/db/trail";
import { transaction } from "#lib/db/transaction";

export type { Caller, Credential, Need, Principal } from "#lib/db/caller";
export { companyHint } from "#lib/db/known-credentials";

/** A company's transaction, as verbs use it. */
export type Tx = Omit<Database, "transaction" | "$client">;

export type CallerRequest = AuthenticationRequest & {
  /** Aborts when the request's time is up: no statement begins after that, and nothing is committed. */
  signal: AbortSignal;
  read_only?: boolean;
  /** Where the request comes from, for its turn at a connection and for the audit of rejected tokens. */
  origin: Origin;
};

/**
 * The only way to read or write a row: work inside a transaction whose first statement authenticates the credential and sets company,
 * member, token, user and request for row-level security, for this transaction only. It commits when the work is done.
 * Throws AppError for a credential that is rejected, an error that `isUnavailable` knows if the database does not answer, and what the
 * work throws, after a rollback. Work that has begun is never repeated.
 *
 * A single statement can authenticate and read without a transaction of its own: `from repdesk.prove_token(…) p cross join lateral
 * (select … where c.company_id = p.company_id offset 0) c`. A rejected credential has no company, so it finds nothing. Without
 * `offset 0` the planner may read the rows before the company is set, and find none.
 */
export async function asCaller<T>(request: CallerRequest, work: (tx: Tx, caller: Caller) => Promise<T>): Promise<T> {
  requireForm(request);
  const { signal, read_only = false } = request;
  return transaction(request, { signal, read_only, turn: turnOf(request, request.origin) }, (connection, row) =>
    work(connection.db, settle(request, row)),
  );
}

/** The caller, remembered as a hint for the next request's turn; a rejected token is noted for its company. */
function settle(request: CallerRequest, row: AuthenticationRow): Caller {
  const { refused, token, company } = row.answer;
  if (refused) {
    forget(request);
    const { request_id, origin } = request;
    if (token && company)
      noteRejectedToken(refused, { token_id: token.id, company_id: company.id, request_id, network: origin.prefix });
  }
  const caller = callerOf(row, request);
  if (caller.company) remember(request, caller.company.id);
  return caller;
}
