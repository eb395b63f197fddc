import { tooManyTries } from "#lib/auth/errors";
import type { RequestContext } from "#lib/http/context";
import { drawFrom } from "#lib/http/rate-limit";

/**
 * Limits refreshes at the auth server. A session refreshes about once an hour, and forged cookies must not use up the auth server's own
 * limits. The returned function throws `rate_limited`.
 */
export function refreshLimit(
  context: Pick<RequestContext, "network" | "widerNetwork">,
): (session: string) => Promise<void> {
  return async (session) => {
    const levels = [
      await drawFrom("refresh_session", session, context),
      await drawFrom("refresh_network", context.network, context),
    ];
    if (levels.some(({ allowed }) => !allowed))
      throw tooManyTries("This session was refreshed too often. Wait a minute and try again.");
  };
}
