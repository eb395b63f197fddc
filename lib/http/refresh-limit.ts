import { AuthRefusal } from "#lib/auth/errors";
import type { Exchange } from "#lib/http/exchange";
import { drawFrom } from "#lib/http/rate-limit";

/**
 * Limits what is asked of the auth server in somebody's name: a session refreshes about once an hour, and whoever makes cookies up
 * must not use up what the auth server allows us. The function throws AuthRefusal `too_many`.
 */
export function refreshLimit(exchange: Pick<Exchange, "network" | "widerNetwork">): (session: string) => Promise<void> {
  return async (session) => {
    const levels = [
      await drawFrom("refresh_session", session, exchange),
      await drawFrom("refresh_network", exchange.network, exchange),
    ];
    if (levels.some(({ allowed }) => !allowed))
      throw new AuthRefusal("too_many", "This session was refreshed too often. Wait a minute and try again.");
  };
}
