import type { Metadata } from "next";
import Link from "next/link";
import { AccountDesk } from "#components/accounts/account-desk";
import { accountTypeName } from "#components/accounts/account-type";
import { ContactDesk } from "#components/contacts/contact-desk";
import { ContactTable } from "#components/contacts/contact-table";
import { Domain, PhoneLink, TagList, WebLink } from "#components/records/cells";
import { Detail, DetailList, Details, Prose, Text } from "#components/records/details";
import { namesOf } from "#components/records/names";
import { Provenance } from "#components/records/provenance";
import { CreateButton, RecordButtons } from "#components/records/record-desk";
import { PageHeader } from "#components/ui/page-header";
import { type AccountView, accountView } from "./view";

type Props = { params: Promise<{ company: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company, id } = await params;
  return { title: (await accountView(company, id)).account.name };
}

export default async function AccountPage({ params }: Props) {
  const { company, id } = await params;
  const { account, people, contacts } = await accountView(company, id);
  return (
    <AccountDesk deletedTo={`/${company}/accounts`}>
      <PageHeader
        title={account.name}
        back={{ href: `/${company}/accounts`, label: "Accounts" }}
        action={<RecordButtons record={account} />}
      />
      <Details label="Details">
        <DetailList>
          <Detail name="Type">{accountTypeName(account.type)}</Detail>
          <Detail name="Industry">
            <Text value={account.industry} />
          </Detail>
          <Detail name="Domain">
            <Domain domain={account.domain} />
          </Detail>
          <Detail name="Website">
            <WebLink url={account.website} />
          </Detail>
          <Detail name="Phone">
            <PhoneLink phone={account.phone} />
          </Detail>
          <Detail name="Tags">
            <TagList tags={account.tags} />
          </Detail>
        </DetailList>
        <Provenance noun="account" record={account} people={namesOf(people)} />
        <Prose name="Description" text={account.description} />
      </Details>
      <Contacts company={company} account={account} contacts={contacts} />
    </AccountDesk>
  );
}

function Contacts({ company, account, contacts }: Pick<AccountView, "account" | "contacts"> & { company: string }) {
  const { data, pagination, included } = contacts;
  return (
    <ContactDesk account={account.id} accounts={[{ id: account.id, name: account.name }]}>
      <section aria-labelledby="contacts" className="mt-8">
        <div className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <h2 id="contacts" className="text-title font-semibold">
            Contacts{" "}
            <span className="font-normal text-muted tabular-nums">{account.contact_count.toLocaleString("en")}</span>
          </h2>
          <CreateButton look="secondary" />
        </div>
        {data.length > 0 ? (
          <ContactTable company={company} rows={data} owners={namesOf(included?.members)} />
        ) : (
          <p className="text-muted">Nobody at {account.name} yet.</p>
        )}
        {pagination.has_more && (
          <p className="mt-4">
            <Link href={`/${company}/contacts?account=${account.id}`} className="link">
              All {account.contact_count.toLocaleString("en")} contacts
            </Link>
          </p>
        )}
      </section>
    </ContactDesk>
  );
}
