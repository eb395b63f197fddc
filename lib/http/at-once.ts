import { type Caller, type CallerRequest, companyHint, type Found, type Read, readAsCaller } from "#lib/db/company";
import { isTooSlow } from "#lib/db/faults";
import { isAppError } from "#lib/errors";
import type { RequestContext } from "#lib/http/context";
import { giveBack, quotaKey, take, tryTake } from "#lib/http/rate-limit";

/** What the statement reads besides authenticating, and the work after it. */
export type AtOnceWork<T> = { read: Read | null; work(found: Found, caller: Caller): Promise<T> };

/**
 * Authenticate and read → company's quota → the work. Null, with nothing read, if the request takes more than one statement or the
 * company's quota is used up. An unknown credential is authenticated first, so that nothing is done for one that is rejected.
 */
export async function readAtOnce<T>(
  context: RequestContext,
  request: CallerRequest,
  plan: () => AtOnceWork<T> | null,
  enter: (caller: Caller) => Promise<void>,
): Promise<T | null> {
  const known = companyHint(request) ?? (await readAsCaller(request, null)).caller.company?.id;
  const statement = plan();
  if (!statement) return null;
  const taken = known === undefined ? undefined : await tryTake("company", quotaKey(known, request), context);
  if (taken === null) return null;
  let company: string | undefined;
  try {
    const { found, caller } = await readAsCaller(request, statement.read);
    company = caller.company?.id;
    await enter(caller);
    if (taken && company === known) context.quotas.push(taken);
    else if (company) context.quotas.push(await take("company", quotaKey(company, request), context));
    return await statement.work(found, caller);
  } catch (error) {
    // A read that takes too long has cost the database the most, so it counts.
    const isSlow = isTooSlow(error) || isAppError(error, "search_too_broad");
    if (known && company === undefined && isSlow) {
      company = known;
      context.company = { id: known };
      if (taken) context.quotas.push(taken);
    }
    throw error;
  } finally {
    if (known && company !== known) await giveBack("company", quotaKey(known, request), context);
  }
}
