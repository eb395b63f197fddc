import type { Metadata } from "next";
import Link from "next/link";
import { ContactDesk } from "#components/contacts/contact-desk";
import { ContactDescription, ContactFacts } from "#components/contacts/contact-facts";
import { NoteList } from "#components/notes/note-list";
import { DoNotContact } from "#components/records/cells";
import { namesOf } from "#components/records/names";
import { RecordColumns } from "#components/records/record-columns";
import { RecordHeader } from "#components/records/record-header";
import { contactView } from "./view";

type Props = { params: Promise<{ company: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company, id } = await params;
  return { title: (await contactView(company, id)).contact.name };
}

export default async function ContactPage({ params }: Props) {
  const { company, id } = await params;
  const { contact, account, people, notes } = await contactView(company, id);
  const list = { href: `/${company}/contacts`, label: "Contacts" };
  return (
    <ContactDesk deletedTo={list.href} accounts={account ? [account] : []} members={namesOf(people)}>
      <RecordHeader
        list={list}
        record={contact}
        shape="person"
        badge={contact.do_not_contact && <DoNotContact />}
        subtitle={<Position company={company} title={contact.title} account={account} />}
        email={contact.email}
        phone={contact.phone}
        copy={{ value: contact.email, name: "e-mail address" }}
      />
      <RecordColumns facts={<ContactFacts record={contact} />}>
        <ContactDescription record={contact} />
        <NoteList about={{ contact_id: contact.id }} {...notes} />
      </RecordColumns>
    </ContactDesk>
  );
}

interface PositionProps {
  company: string;
  title: string | null;
  account: { id: string; name: string } | null;
}

/** “Head of Purchasing at Northwind Trading”, as far as it is known. */
function Position({ company, title, account }: PositionProps) {
  if (!account) return title ?? "Contact";
  return (
    <>
      {title ? `${title} at ` : "At "}
      <Link href={`/${company}/accounts/${account.id}`} className="link">
        {account.name}
      </Link>
    </>
  );
}
