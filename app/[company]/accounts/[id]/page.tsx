import type { Metadata } from "next";
import Link from "next/link";
import { AccountDesk } from "#components/accounts/account-desk";
import { AccountChanges, AccountDescription, AccountFacts } from "#components/accounts/account-facts";
import { AccountTypeBadge } from "#components/accounts/account-type";
import { ContactDesk } from "#components/contacts/contact-desk";
import { ContactTable } from "#components/contacts/contact-table";
import { Activity } from "#components/notes/activity";
import type { UrlParams } from "#components/records/list-state";
import { namesOf } from "#components/records/names";
import { RecordColumns } from "#components/records/record-columns";
import { CreateButton } from "#components/records/record-desk";
import { RecordHeader } from "#components/records/record-header";
import { type AccountView, accountView } from "./view";

type Props = { params: Promise<{ company: string; id: string }>; searchParams: Promise<UrlParams> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await viewOf(props)).account.name };
}

async function viewOf({ params, searchParams }: Props) {
  const { company, id } = await params;
  return accountView(company, id, (await searchParams).activity);
}

export default async function AccountPage(props: Props) {
  const { company } = await props.params;
  const { account, people, contacts, activity } = await viewOf(props);
  const list = { href: `/${company}/accounts`, label: "Accounts" };
  return (
    <AccountDesk deletedTo={list.href} members={namesOf(people)}>
      <RecordHeader
        list={list}
        record={account}
        shape="tile"
        badge={<AccountTypeBadge type={account.type} />}
        subtitle={account.industry ?? "Account"}
        phone={account.phone}
        website={account.website}
        copy={{ value: account.domain, name: "domain" }}
      />
      <RecordColumns facts={<AccountFacts record={account} />}>
        <AccountDescription record={account} />
        <Contacts company={company} account={account} contacts={contacts} />
        <Activity about={{ account_id: account.id }} noun="account" Changed={AccountChanges} {...activity} />
      </RecordColumns>
    </AccountDesk>
  );
}

function Contacts({ company, account, contacts }: Pick<AccountView, "account" | "contacts"> & { company: string }) {
  const { data, pagination, included } = contacts;
  return (
    <ContactDesk account={account.id} accounts={[{ id: account.id, name: account.name }]}>
      <section aria-labelledby="contacts">
        <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <h2 id="contacts" className="text-title font-semibold">
            Contacts{" "}
            <span className="font-normal text-muted tabular-nums">{account.contact_count.toLocaleString("en")}</span>
          </h2>
          <CreateButton look="secondary" />
        </div>
        {data.length > 0 ? (
          <ContactTable company={company} rows={data} owners={namesOf(included?.members)} />
        ) : (
          <p className="text-muted">No contacts at {account.name} yet.</p>
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
