import { KeyRound, LogIn, LogOut, type LucideIcon, Mail, MonitorCheck, TriangleAlert } from "lucide-react";
import { Badge } from "#components/ui/badge";
import { cx } from "#components/ui/cx";
import { type Column, Table, TableNote } from "#components/ui/table";
import { RelativeTime, Time } from "#components/ui/time";
import type { AnswerOf } from "#lib/contract/endpoint";
import type { listSignIns } from "#lib/contract/sign-ins";
import { shownNetwork } from "#lib/format/shown-network";

type SignIn = AnswerOf<typeof listSignIns>["data"][number];

const kinds: Record<SignIn["kind"], { text: string; Icon: LucideIcon; isFailure?: boolean }> = {
  signed_in: { text: "Signed in", Icon: LogIn },
  sign_in_failed: { text: "Sign-in failed", Icon: TriangleAlert, isFailure: true },
  signed_out: { text: "Signed out", Icon: LogOut },
  others_signed_out: { text: "Signed out everywhere else", Icon: LogOut },
  password_changed: { text: "Password changed", Icon: KeyRound },
  password_change_failed: { text: "Password change failed", Icon: TriangleAlert, isFailure: true },
  recovery_requested: { text: "Password reset requested", Icon: Mail },
  password_reset: { text: "Password reset", Icon: KeyRound },
};

/** Until then “3 days ago” says more than a date alone. */
const recentMs = 30 * 86_400_000;

/** What happened at someone's sign-in. `now` is the server's clock. */
export function SignInTable({ events, now }: { events: readonly SignIn[]; now: number }) {
  const columns: Column<SignIn>[] = [
    { id: "what", head: "Activity", cell: (event) => <WhatCell event={event} /> },
    { id: "when", head: "When", width: 180, cell: (event) => <WhenCell at={event.created_at} now={now} /> },
    {
      id: "where",
      head: "Network",
      width: 140,
      priority: 2,
      cell: ({ network }) => known(network && shownNetwork(network)),
    },
    { id: "device", head: "Device", width: 200, priority: 2, cell: ({ device }) => known(device) },
  ];
  return <Table label="Sign-in activity" columns={columns} rows={events} rowKey={({ id }) => id} />;
}

function known(text: string | null) {
  return text ?? <span className="text-muted">unknown</span>;
}

function WhatCell({ event: { kind, this_session } }: { event: SignIn }) {
  const { text, Icon, isFailure } = kinds[kind];
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className={cx("flex gap-2", isFailure && "text-danger")}>
        <Icon size={16} className={cx("mt-0.5 shrink-0", !isFailure && "text-muted")} />
        {text}
      </span>
      {this_session && (
        <Badge tone="accent" icon={<MonitorCheck />}>
          This session
        </Badge>
      )}
    </span>
  );
}

function WhenCell({ at, now }: { at: string; now: number }) {
  return (
    <>
      <Time value={at} style="moment" />
      {now - Date.parse(at) < recentMs && (
        <TableNote>
          <RelativeTime value={at} />
        </TableNote>
      )}
    </>
  );
}
