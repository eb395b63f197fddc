import { Ban, CircleCheck, Clock, Hourglass, Pause, RefreshCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { expiresSoon, timeLeft } from "#components/tokens/expiry";
import { Badge, type Tone } from "#components/ui/badge";
import { TableLink, TableNote } from "#components/ui/table";
import { RelativeTime, Time } from "#components/ui/time";
import type { AnswerOf } from "#lib/contract/endpoint";
import type { readToken } from "#lib/contract/tokens";
import { shownNetwork } from "#lib/format/shown-network";

/** A token as the API returns it, without the secret. */
export type Token = AnswerOf<typeof readToken>;

/** The id of the element that shows a token's name. It gets focus after the row changes. */
export const nameId = (id: string) => `name-${id}`;

export function NameCell({ token, company }: { token: Token; company: string }) {
  return (
    <>
      <TableLink id={nameId(token.id)} href={`/${company}/settings/api-tokens/${token.id}`}>
        {token.name}
      </TableLink>
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
            from {shownNetwork(token.last_used_from)}
          </span>
        </>
      )}
    </>
  );
}

export function ExpiresCell({ token, now }: { token: Token; now: number }) {
  // A revoked token has no future.
  if (token.status === "revoked") return "–";
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

interface StateCellProps {
  token: Token;
  now: number;
  /** Whether what to worry about is said here, too. */
  warnings?: boolean;
}

export function StateCell({ token, now, warnings = true }: StateCellProps) {
  const { word, tone, icon } = states[token.status];
  if (token.status === "active" && token.rotation) {
    return (
      <>
        <Badge tone="accent" icon={<RefreshCw />}>
          Rotating
        </Badge>
        <RotationNote rotation={token.rotation} now={now} />
      </>
    );
  }
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
      {token.status === "suspended" && <SuspendedNote token={token} />}
      {warnings && token.status === "active" && token.exposed_at && <ExposedNote at={token.exposed_at} />}
      {warnings && token.status === "active" && token.old_secret_used_at && <OldSecretNote token={token} now={now} />}
    </>
  );
}

/** What has to happen until the rotation is over. The old secret's last use says whether something still has it. */
function RotationNote({ rotation, now }: { rotation: NonNullable<Token["rotation"]>; now: number }) {
  const { new_secret_used_at, old_secret_ends_at, old_secret_last_used_at: used, old_secret_last_used_from } = rotation;
  return (
    <TableNote>
      <span className="mt-1 block">
        {new_secret_used_at === null || old_secret_ends_at === null
          ? "New secret not used yet"
          : `Old secret ends ${timeLeft(Date.parse(old_secret_ends_at) - now)}`}
      </span>
      {used && (
        <span className="block">
          Old secret last used <RelativeTime value={used} />
          {old_secret_last_used_from && `, from ${shownNetwork(old_secret_last_used_from)}`}
        </span>
      )}
    </TableNote>
  );
}

function SuspendedNote({ token }: { token: Token }) {
  return (
    <TableNote>
      <span className="mt-1 block">
        {token.suspended_at && <RelativeTime value={token.suspended_at} />}
        {token.suspended_by && token.suspended_by.id !== token.member.id && ` by ${token.suspended_by.name}`}
      </span>
      {token.suspended_reason && <span className="block">{token.suspended_reason}</span>}
    </TableNote>
  );
}

/** A request contained the token where it doesn't belong. */
function ExposedNote({ at }: { at: string }) {
  return (
    <TableNote>
      <span className="mt-1 flex gap-1 text-danger">
        <TriangleAlert size={12} className="mt-0.5 shrink-0" />
        <span>
          Exposed <RelativeTime value={at} />. Rotate it.
        </span>
      </span>
    </TableNote>
  );
}

const alarmDays = 30;

/** Something still sends a secret that has ended. */
function OldSecretNote({ token, now }: { token: Token; now: number }) {
  const at = token.old_secret_used_at ?? "";
  if (now - Date.parse(at) > alarmDays * 86_400_000) return null;
  return (
    <TableNote>
      <span className="mt-1 flex gap-1 text-warning">
        <TriangleAlert size={12} className="mt-0.5 shrink-0" />
        <span>
          An old secret was sent <RelativeTime value={at} />
          {token.old_secret_used_from && `, from ${shownNetwork(token.old_secret_used_from)}`}
        </span>
      </span>
    </TableNote>
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
