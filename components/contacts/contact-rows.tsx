"use client";

import { Ban } from "lucide-react";
import Link from "next/link";
import { Line, MailLink, None, Person, PhoneLink } from "#components/records/cells";
import { orderBy } from "#components/records/column-order";
import { RecordMenu } from "#components/records/record-desk";
import { selectRows } from "#components/records/select-rows";
import { Avatar } from "#components/ui/avatar";
import type { Column } from "#components/ui/table";
import { Table, TableLink } from "#components/ui/table";
import { RelativeTime } from "#components/ui/time";
import type { AnswerOf } from "#lib/contract/endpoint";
import type { contactEndpoints } from "#lib/contract/records";

type Contact = AnswerOf<typeof contactEndpoints.read>;

export interface ContactRowsProps {
  /** The columns' names, by field. */
  labels: Record<"name" | "title" | "account_id" | "email" | "phone" | "owner_id" | "do_not_contact", string>;
  company: string;
  rows: readonly Contact[];
  /** Members' names by their ids. */
  owners: ReadonlyMap<string, string>;
  /** Accounts' names by their ids; omitted on an account's own page. */
  accounts?: ReadonlyMap<string, string>;
  /** The list's order. If omitted, rows can't be sorted or selected. */
  sort?: string;
}

export function ContactRows({ labels, company, rows, owners, accounts, sort }: ContactRowsProps) {
  const account: Column<Contact> = {
    id: "account",
    head: labels.account_id,
    width: 148,
    cell: ({ account_id: id }) =>
      id && accounts ? <AccountLink company={company} id={id} name={accounts.get(id)} /> : <None />,
  };
  return (
    <Table
      oneLine
      label="Contacts"
      rows={rows}
      rowKey={(row) => row.id}
      {...(sort !== undefined && { select: selectRows })}
      menu={(row) => <RecordMenu record={row} />}
      columns={[
        {
          id: "name",
          head: labels.name,
          ...orderBy("name", labels.name, sort),
          cell: (row) => <Name company={company} row={row} warning={labels.do_not_contact} />,
        },
        { id: "title", head: labels.title, priority: 4, width: 136, cell: (row) => <Line text={row.title} /> },
        ...(accounts ? [account] : []),
        { id: "email", head: labels.email, priority: 2, width: 192, cell: (row) => <MailLink email={row.email} /> },
        { id: "phone", head: labels.phone, priority: 3, width: 150, cell: (row) => <PhoneLink phone={row.phone} /> },
        {
          id: "owner",
          head: labels.owner_id,
          priority: 2,
          width: 68,
          cell: (row) => <Person compact id={row.owner_id} name={owners.get(row.owner_id)} />,
        },
        {
          id: "updated",
          noCard: true,
          head: "Updated",
          priority: 5,
          width: 120,
          ...orderBy("updated_at", "Updated", sort, "descending"),
          cell: (row) => (
            <span className="text-muted">
              <RelativeTime value={row.updated_at} />
            </span>
          ),
        },
      ]}
    />
  );
}

function Name({ company, row, warning }: { company: string; row: Contact; warning: string }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar id={row.id} name={row.name} />
      <TableLink id={row.id} href={`/${company}/contacts/${row.id}`}>
        {row.name}
      </TableLink>
      {row.do_not_contact && (
        <span title={warning} className="shrink-0 text-warning">
          <Ban size={16} />
          <span className="sr-only">{warning}</span>
        </span>
      )}
    </span>
  );
}

function AccountLink({ company, id, name = id }: { company: string; id: string; name: string | undefined }) {
  return (
    <Link prefetch={false} href={`/${company}/accounts/${id}`} className="clip hover:underline">
      {name}
    </Link>
  );
}
