import type { AuthenticationRequest, AuthenticationRow } from "#lib/db/authentication";
import { callerOf, rejection, requireForm } from "#lib/db/authentication";
import type { Caller } from "#lib/db/caller";
import type { Database } from "#lib/db/connection";
import { isTooSlow } from "#lib/db/faults";
import { companyHint, forget, type Origin, remember, turnOf } from "#lib/db/known-credentials";
import { type Found, type Read, statementOf } from "#lib/db/read";
import { noteRejectedToken } from "#lib/db/trail";
import { statement, transaction } from "#lib/db/transaction";
import { isAllowedFrom } from "#lib/format/network";

export type { Caller, Credential, Need, Principal } from "#lib/db/caller";
export { built, placeholders, sendAhead } from "#lib/db/connection";
export { companyHint, tokenHint } from "#lib/db/known-credentials";
export type { AtOnce, Found, Read } from "#lib/db/read";

/** A company's transaction, as verbs see it. */
export type Tx = Omit<Database, "transaction" | "$client">;

export type CallerRequest = AuthenticationRequest & {
  /** Aborts when the request times out. No statement starts after that, and nothing is committed. */
  signal: AbortSignal;
  read_only?: boolean;
  /** Where the request comes from: decides its turn at a connection, and is audited with rejected tokens. */
  origin: Origin;
};

/**
 * The only way to read or write a row, besides `readAsCaller`. Runs work in a transaction whose first statement authenticates the
 * credential and sets the company, member, token, user, and request for row-level security, for this transaction only. Commits when
 * the work is done. Throws AppError if the credential is rejected, an error that `isUnavailable` recognizes if the database doesn't
 * answer, or the work's own error after a rollback. Work is never retried once it has started.
 *
 * `first` may send a statement together with the one that authenticates. If the credential is rejected, it is rolled back.
 */
export async function asCaller<T, F = void>(
  request: CallerRequest,
  work: (tx: Tx, caller: Caller, first: Promise<F>) => Promise<T>,
  first?: (tx: Tx) => Promise<F>,
): Promise<T> {
  requireForm(request);
  const { signal, read_only = false } = request;
  return transaction(
    request,
    { signal, read_only, turn: turnOf(request, request.origin) },
    async ({ db }) => first?.(db) as F,
    (connection, row, sent) => work(connection.db, settle(request, row), sent),
  );
}

/**
 * Authenticates and reads in one statement, without a transaction around it. What the read finds is null if it finds nothing.
 * Throws as `asCaller` does. The caller's permission was required by the read; whoever lacks it gets nothing.
 */
export async function readAsCaller(
  request: CallerRequest,
  read: Read | null,
): Promise<{ caller: Caller; found: Found }> {
  requireForm(request);
  const known = companyHint(request);
  const row = await readFor(request, read, known);
  const caller = settle(request, row);
  const isOther = known !== undefined && caller.company !== null && caller.company.id !== known;
  if (!isOther || read === null) return { caller, found: row };
  const second = await readFor(request, read, caller.company?.id);
  return { caller: settle(request, second), found: second };
}

function readFor(request: CallerRequest, read: Read | null, known: string | undefined) {
  const { text, values } = statementOf(request, read, known);
  const turn = turnOf(request, request.origin);
  return statement({ signal: request.signal, turn }, async ({ db }) => {
    const [answer] = await db.$client.unsafe<(AuthenticationRow & Found)[]>(text, values as string[]);
    return answer as AuthenticationRow & Found;
  }).catch((error) => {
    throw read?.tooSlow && isTooSlow(error) ? read.tooSlow() : error;
  });
}

/** Returns the caller, and remembers the company as a hint for the next request. Notes a rejected token for its company. */
function settle(request: CallerRequest, row: AuthenticationRow): Caller {
  const { token, company } = row.answer;
  const { request_id, origin } = request;
  const isElsewhere = () => token && !isAllowedFrom(origin.address, token.allowed_addresses);
  const refused = row.answer.refused ?? (isElsewhere() ? "ip_not_allowed" : null);
  if (refused) {
    forget(request);
    if (token && company)
      noteRejectedToken(refused, {
        ...{ token_id: token.id, secret: token.secret, company_id: company.id },
        ...{ request_id, network: origin.prefix },
      });
    throw rejection(refused, row.answer, request);
  }
  const caller = callerOf(row, request);
  if (caller.company) remember(request, caller.company.id, caller.token?.id);
  return caller;
}
