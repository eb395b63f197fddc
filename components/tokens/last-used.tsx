import type { Token } from "#components/tokens/cells";
import { RelativeTime } from "#components/ui/time";
import { shownNetwork } from "#lib/format/shown-network";

/** “Last used 3 minutes ago, from 203.0.113.0.” */
export function LastUsed({ token }: { token: Token }) {
  if (token.last_used_at === null) return "Never used.";
  return (
    <>
      Last used <RelativeTime value={token.last_used_at} />
      {token.last_used_from && `, from ${shownNetwork(token.last_used_from)}`}.
    </>
  );
}
