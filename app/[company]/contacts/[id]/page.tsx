import type { Metadata } from "next";
import Link from "next/link";
import { ContactDesk } from "#components/contacts/contact-desk";
import { DoNotContact, MailLink, None, PhoneLink, TagList } from "#components/records/cells";
import { Detail, DetailList, Details, Prose, Text } from "#components/records/details";
import { namesOf } from "#components/records/names";
import { Provenance } from "#components/records/provenance";
import { RecordButtons } from "#components/records/record-desk";
import { PageHeader } from "#components/ui/page-header";
import { contactView } from "./view";

type Props = { params: Promise<{ company: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company, id } = await params;
  return { title: (await contactView(company, id)).name };
}

export default async function ContactPage({ params }: Props) {
  const { company, id } = await params;
  const { people, account, ...contact } = await contactView(company, id);
  return (
    <ContactDesk deletedTo={`/${company}/contacts`} accounts={account ? [account] : []}>
      <PageHeader
        title={contact.name}
        text={contact.do_not_contact && <DoNotContact />}
        back={{ href: `/${company}/contacts`, label: "Contacts" }}
        action={<RecordButtons record={contact} />}
      />
      <Details label="Details">
        <DetailList>
          <Detail name="Account">
            {account ? (
              <Link href={`/${company}/accounts/${account.id}`} className="link">
                {account.name}
              </Link>
            ) : (
              <None />
            )}
          </Detail>
          <Detail name="Job title">
            <Text value={contact.title} />
          </Detail>
          <Detail name="E-mail">
            <MailLink email={contact.email} />
          </Detail>
          <Detail name="Phone">
            <PhoneLink phone={contact.phone} />
          </Detail>
          <Detail name="Tags">
            <TagList tags={contact.tags} />
          </Detail>
        </DetailList>
        <Provenance noun="contact" record={contact} people={namesOf(people)} />
        <Prose name="Description" text={contact.description} />
      </Details>
    </ContactDesk>
  );
}
