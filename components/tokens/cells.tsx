import { Ban, CircleCheck, Clock, Hourglass, Pause } from "lucide-react";
import type { ReactNode } from "react";
import { expiresSoon, timeLeft } from "#components/tokens/expiry";
import { Badge, type Tone } from "#components/ui/badge";
import { TableNote } from "#components/ui/table";
import { RelativeTime, Time } from "#components/ui/time";
import type { AnswerOf } from "#lib/contract/endpoint";
import type { readToken } from "#lib/contract/tokens";

/** A token as the API returns it, without the secret. */
export type Token = AnswerOf<typeof readToken>;

/** The id of the element that shows a token's name. It gets focus after the row changes. */
export const nameId = (id: string) => `name-${id}`;

export function NameCell({ token }: { token: Token }) {
  return (
    <>
      <span id={nameId(token.id)} tabIndex={-1} className="rounded-badge break-words">
        {token.name}
      </span>
      <TableNote mono>{token.prefix}</TableNote>
    </>
  );
}

/** “3 minutes ago, from 203.0.113.0”: two lines in a table, one sentence in a card. */
export function LastUsedCell({ token }: { token: Token }) {
  if (token.last_used_at === null) return "never";
  return (
    <>
      <RelativeTime value={token.last_used_at} />
      {token.last_used_from && (
        <>
          <span className="@min-[36rem]/table:hidden">, </span>
          <span className="break-words text-muted @min-[36rem]/table:block @min-[36rem]/table:text-help">
            from {token.last_used_from}
          </span>
        </>
      )}
    </>
  );
}

export function ExpiresCell({ token, now }: { token: Token; now: number }) {
  if (token.expires_at === null) return "never";
  return (
    <>
      <Time value={token.expires_at} />
      {token.status === "active" && (
        <>
          <span className="@min-[36rem]/table:hidden">, </span>
          <span className="text-muted @min-[36rem]/table:block @min-[36rem]/table:text-help">
            {timeLeft(Date.parse(token.expires_at) - now)}
          </span>
        </>
      )}
    </>
  );
}

const states: Record<Token["status"], { word: string; tone: Tone; icon: ReactNode }> = {
  active: { word: "Active", tone: "success", icon: <CircleCheck /> },
  suspended: { word: "Suspended", tone: "warning", icon: <Pause /> },
  expired: { word: "Expired", tone: "neutral", icon: <Hourglass /> },
  revoked: { word: "Revoked", tone: "neutral", icon: <Ban /> },
};

export function StateCell({ token, now }: { token: Token; now: number }) {
  const { word, tone, icon } = states[token.status];
  if (token.status === "active" && expiresSoon(token.expires_at, now)) {
    return (
      <Badge tone="warning" icon={<Clock />}>
        Expires soon
      </Badge>
    );
  }
  return (
    <>
      <Badge tone={tone} icon={icon}>
        {word}
      </Badge>
      {token.revoked_at && <RevokedNote token={token} at={token.revoked_at} />}
    </>
  );
}

/** When it was revoked, by whom if it wasn't the owner, and the reason if there is one. */
function RevokedNote({ token, at }: { token: Token; at: string }) {
  const other = token.revoked_by && token.revoked_by.id !== token.member.id ? token.revoked_by.name : null;
  return (
    <TableNote>
      <RelativeTime value={at} />
      {other && ` by ${other}`}
      {token.revoked_reason && <span className="block">{token.revoked_reason}</span>}
    </TableNote>
  );
}
