import type { ReactNode } from "react";
import { accessSentence } from "#components/tokens/access";
import { ExpiresCell, LastUsedCell, type Token } from "#components/tokens/cells";
import type { Usage } from "#components/tokens/usage-chart";
import { RelativeTime, Time } from "#components/ui/time";
import { shownNetwork } from "#lib/format/shown-network";

interface TokenFactsProps {
  token: Token;
  usage: Usage;
  now: number;
}

/** What a token may do, for whom, from where, and until when. */
export function TokenFacts({ token, usage, now }: TokenFactsProps) {
  const { scopes, member, created_at, allowed_addresses, revoked_at, revoked_by, revoked_reason } = token;
  return (
    <dl className="flex flex-col gap-4 rounded-card border border-border bg-surface p-4">
      <Fact label="Access">
        {accessSentence(scopes)}
        <span className="mt-1 block font-mono text-help text-muted wrap-anywhere">{scopes.join(" ")}</span>
      </Fact>
      <Fact label="Owner">{member.name}</Fact>
      {revoked_at ? (
        <Fact label="Revoked">
          <Time value={revoked_at} />
          {revoked_by && ` by ${revoked_by.name}`}
          {revoked_reason && <span className="block text-help text-muted">{reasonOf(revoked_reason)}</span>}
        </Fact>
      ) : (
        <Fact label="Expires">
          <ExpiresCell token={token} now={now} />
        </Fact>
      )}
      <Fact label="Can be used from">
        {allowed_addresses.length === 0 ? (
          "any address"
        ) : (
          <span className="font-mono text-help wrap-anywhere">{allowed_addresses.join(", ")}</span>
        )}
      </Fact>
      <Fact label="Created">
        <Time value={created_at} />
      </Fact>
      <Fact label="First used">{usage.first_used_at ? <RelativeTime value={usage.first_used_at} /> : "never"}</Fact>
      <Fact label="Last used">
        <LastUsedCell token={token} />
      </Fact>
      {usage.clients.length > 0 && (
        <Fact label="Last clients">
          <ul className="flex flex-col gap-1">
            {usage.clients.map(({ from, client, last_seen_at }) => (
              <li key={`${from} ${client}`}>
                {client ?? "unknown"}
                {from && `, from ${shownNetwork(from)}`}
                <span className="block text-help text-muted">
                  <RelativeTime value={last_seen_at} />
                </span>
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </dl>
  );
}

function reasonOf(reason: string): string {
  return reason === "leaked" ? "It was reported as leaked." : reason;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-help text-muted">{label}</dt>
      <dd className="mt-0.5 wrap-anywhere">{children}</dd>
    </div>
  );
}
