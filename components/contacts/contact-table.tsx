import Link from "next/link";
import { DoNotContact, MailLink, None, PhoneLink, Wrapped } from "#components/records/cells";
import { RecordMenu } from "#components/records/record-desk";
import type { Column } from "#components/ui/table";
import { Table, TableLink, TableNote } from "#components/ui/table";
import { RelativeTime } from "#components/ui/time";
import type { AnswerOf } from "#lib/contract/endpoint";
import type { contactEndpoints } from "#lib/contract/records";

type Contact = AnswerOf<typeof contactEndpoints.read>;

interface ContactTableProps {
  company: string;
  rows: readonly Contact[];
  /** Members' names by their ids. */
  owners: ReadonlyMap<string, string>;
  /** Accounts' names by their ids; left out on an account's own page. */
  accounts?: ReadonlyMap<string, string>;
}

export function ContactTable({ company, rows, owners, accounts }: ContactTableProps) {
  const account: Column<Contact> = {
    id: "account",
    head: "Account",
    width: 144,
    cell: ({ account_id: id }) =>
      id ? (
        <Link prefetch={false} href={`/${company}/accounts/${id}`} className="wrap-anywhere hover:underline">
          {accounts?.get(id) ?? id}
        </Link>
      ) : (
        <None />
      ),
  };
  return (
    <Table
      label="Contacts"
      rows={rows}
      rowKey={(row) => row.id}
      menu={(row) => <RecordMenu record={row} />}
      columns={[
        { id: "name", head: "Name", cell: (row) => <Name company={company} row={row} /> },
        ...(accounts ? [account] : []),
        { id: "email", head: "E-mail", priority: 2, width: 224, cell: (row) => <MailLink email={row.email} /> },
        { id: "phone", head: "Phone", priority: 2, width: 144, cell: (row) => <PhoneLink phone={row.phone} /> },
        {
          id: "owner",
          head: "Owner",
          priority: 3,
          width: 120,
          cell: (row) => <Wrapped text={owners.get(row.owner_id)} />,
        },
        {
          id: "updated",
          head: "Updated",
          priority: 3,
          width: 128,
          cell: (row) => <RelativeTime value={row.updated_at} />,
        },
      ]}
    />
  );
}

function Name({ company, row }: { company: string; row: Contact }) {
  return (
    <>
      <TableLink id={row.id} href={`/${company}/contacts/${row.id}`} className="wrap-anywhere">
        {row.name}
      </TableLink>
      {row.title && (
        <TableNote>
          <Wrapped text={row.title} />
        </TableNote>
      )}
      {row.do_not_contact && (
        <div className="mt-1">
          <DoNotContact />
        </div>
      )}
    </>
  );
}
