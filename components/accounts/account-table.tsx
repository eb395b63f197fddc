import Link from "next/link";
import { accountTypeName } from "#components/accounts/account-type";
import { Domain, Wrapped } from "#components/records/cells";
import { RecordMenu } from "#components/records/record-desk";
import { Table, TableLink, TableNote } from "#components/ui/table";
import { RelativeTime } from "#components/ui/time";
import type { AnswerOf } from "#lib/contract/endpoint";
import type { accountEndpoints } from "#lib/contract/records";

interface AccountTableProps {
  company: string;
  rows: readonly AnswerOf<typeof accountEndpoints.read>[];
  /** Members' names by their ids. */
  owners: ReadonlyMap<string, string>;
}

export function AccountTable({ company, rows, owners }: AccountTableProps) {
  return (
    <Table
      label="Accounts"
      rows={rows}
      rowKey={(row) => row.id}
      menu={(row) => <RecordMenu record={row} />}
      columns={[
        {
          id: "name",
          head: "Name",
          cell: (row) => (
            <>
              <TableLink id={row.id} href={`/${company}/accounts/${row.id}`} className="wrap-anywhere">
                {row.name}
              </TableLink>
              {row.domain && (
                <TableNote>
                  <Domain domain={row.domain} />
                </TableNote>
              )}
            </>
          ),
        },
        { id: "type", head: "Type", width: 104, cell: (row) => accountTypeName(row.type) },
        { id: "industry", head: "Industry", priority: 3, width: 160, cell: (row) => <Wrapped text={row.industry} /> },
        {
          id: "contacts",
          head: "Contacts",
          priority: 2,
          width: 96,
          number: true,
          cell: (row) => <ContactCount company={company} id={row.id} count={row.contact_count} />,
        },
        {
          id: "owner",
          head: "Owner",
          priority: 2,
          width: 152,
          cell: (row) => <Wrapped text={owners.get(row.owner_id)} />,
        },
        {
          id: "updated",
          head: "Updated",
          priority: 3,
          width: 136,
          cell: (row) => <RelativeTime value={row.updated_at} />,
        },
      ]}
    />
  );
}

function ContactCount({ company, id, count }: { company: string; id: string; count: number }) {
  const text = count.toLocaleString("en");
  if (count === 0) return text;
  return (
    <Link prefetch={false} href={`/${company}/contacts?account=${id}`} className="inline-block min-w-6 hover:underline">
      {text}
    </Link>
  );
}
