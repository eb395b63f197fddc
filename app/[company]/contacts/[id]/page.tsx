import type { Metadata } from "next";
import Link from "next/link";
import { ContactDesk } from "#components/contacts/contact-desk";
import { ContactChanges, ContactDescription, ContactFacts } from "#components/contacts/contact-facts";
import { Activity } from "#components/notes/activity";
import { DoNotContact } from "#components/records/cells";
import type { UrlParams } from "#components/records/list-state";
import { namesOf } from "#components/records/names";
import { RecordColumns } from "#components/records/record-columns";
import { RecordHeader } from "#components/records/record-header";
import { contactView } from "./view";

type Props = { params: Promise<{ company: string; id: string }>; searchParams: Promise<UrlParams> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await viewOf(props)).contact.name };
}

async function viewOf({ params, searchParams }: Props) {
  const { company, id } = await params;
  return contactView(company, id, (await searchParams).activity);
}

export default async function ContactPage(props: Props) {
  const { company } = await props.params;
  const { contact, account, people, activity } = await viewOf(props);
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
        copy={{ value: contact.email, name: "email address" }}
      />
      <RecordColumns facts={<ContactFacts record={contact} />}>
        <ContactDescription record={contact} />
        <Activity about={{ contact_id: contact.id }} noun="contact" Changed={ContactChanges} {...activity} />
      </RecordColumns>
    </ContactDesk>
  );
}

interface PositionProps {
  company: string;
  title: string | null;
  account: { id: string; name: string } | null;
}

/** “Head of Purchasing at Northwind Trading”, or the part of it that is known. */
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
