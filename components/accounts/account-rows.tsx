"use client";

import Link from "next/link";
import { AccountTypeBadge } from "#components/accounts/account-type";
import { Domain, Line, Person } from "#components/records/cells";
import { orderBy } from "#components/records/column-order";
import { RecordMenu } from "#components/records/record-desk";
import { selectRows } from "#components/records/select-rows";
import { Avatar } from "#components/ui/avatar";
import { Table, TableLink } from "#components/ui/table";
import { RelativeTime } from "#components/ui/time";
import type { AnswerOf } from "#lib/contract/endpoint";
import type { accountEndpoints } from "#lib/contract/records";

export interface AccountRowsProps {
  /** The columns' names, by field. */
  labels: Record<"name" | "type" | "owner_id" | "contact_count" | "domain" | "industry", string>;
  company: string;
  rows: readonly AnswerOf<typeof accountEndpoints.read>[];
  /** Members' names by their ids. */
  owners: ReadonlyMap<string, string>;
  /** The list's order. */
  sort: string;
}

export function AccountRows({ labels, company, rows, owners, sort }: AccountRowsProps) {
  return (
    <Table
      oneLine
      label="Accounts"
      rows={rows}
      rowKey={(row) => row.id}
      select={selectRows}
      menu={(row) => <RecordMenu record={row} />}
      columns={[
        {
          id: "name",
          head: labels.name,
          ...orderBy("name", labels.name, sort),
          cell: (row) => (
            <span className="flex min-w-0 items-center gap-2.5">
              <Avatar id={row.id} name={row.name} shape="tile" />
              <TableLink id={row.id} href={`/${company}/accounts/${row.id}`}>
                {row.name}
              </TableLink>
            </span>
          ),
        },
        {
          id: "domain",
          head: labels.domain,
          priority: 3,
          width: 176,
          cell: (row) => (
            <span className="text-muted">
              <Domain domain={row.domain} />
            </span>
          ),
        },
        { id: "type", head: labels.type, width: 116, cell: (row) => <AccountTypeBadge type={row.type} /> },
        {
          id: "industry",
          head: labels.industry,
          priority: 5,
          noCard: true,
          width: 140,
          cell: (row) => <Line text={row.industry} />,
        },
        {
          id: "contacts",
          head: labels.contact_count,
          priority: 2,
          width: 92,
          number: true,
          cell: (row) => <ContactCount company={company} id={row.id} count={row.contact_count} />,
        },
        {
          id: "owner",
          head: labels.owner_id,
          priority: 2,
          width: 156,
          cell: (row) => <Person id={row.owner_id} name={owners.get(row.owner_id)} />,
        },
        {
          id: "updated",
          noCard: true,
          head: "Updated",
          priority: 4,
          width: 124,
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

function ContactCount({ company, id, count }: { company: string; id: string; count: number }) {
  const text = count.toLocaleString("en");
  if (count === 0) return <span className="text-muted">{text}</span>;
  return (
    <Link prefetch={false} href={`/${company}/contacts?account=${id}`} className="inline-block min-w-6 hover:underline">
      {text}
    </Link>
  );
}
