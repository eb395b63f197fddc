import type { Metadata } from "next";
import Link from "next/link";
import { AccountFilter } from "#components/accounts/account-filter";
import { ContactDesk } from "#components/contacts/contact-desk";
import { ContactSelection } from "#components/contacts/contact-selection";
import { ContactTable } from "#components/contacts/contact-table";
import { OwnerFilter } from "#components/members/owner-filter";
import { ListSelect } from "#components/records/list-select";
import type { ListFilters, UrlParams } from "#components/records/list-state";
import { isEmpty, isPlain, listInput, noAccount, readListState } from "#components/records/list-state";
import { namesOf } from "#components/records/names";
import { CreateButton } from "#components/records/record-desk";
import { halfRow, RecordList } from "#components/records/record-list";
import { EmptyState } from "#components/ui/empty-state";
import { PageHeader } from "#components/ui/page-header";
import { contactEndpoints } from "#lib/contract/records";
import { contacts } from "#lib/domain/contacts";
import { emptyIfTooBroad, page } from "#lib/page";

export const metadata: Metadata = { title: "Contacts" };

const filters: ListFilters = {
  account: (value): Record<string, string> =>
    value === noAccount ? { "filter[account_id][is_null]": "true" } : { "filter[account_id]": value },
  owner: (value) => ({ "filter[owner_id]": value }),
  do_not_contact: (value) => ({ "filter[do_not_contact]": value }),
};

const contactability = [
  { value: "", label: "All contacts" },
  { value: "false", label: "Can be contacted" },
  { value: "true", label: "Do not contact" },
];

type Props = { params: Promise<{ company: string }>; searchParams: Promise<UrlParams> };

export default async function ContactsPage({ params, searchParams }: Props) {
  const { company } = await params;
  const path = `/${company}/contacts`;
  const state = readListState(contactEndpoints.list, filters, await searchParams);
  const input = { ...listInput(state, filters), include: "account,owner" };
  const { data, pagination, included } = await page(company, (ask) =>
    ask(contactEndpoints.list, contacts.list, input),
  ).catch(emptyIfTooBroad);
  const owners = namesOf(included?.members);
  const named = included?.accounts?.map(({ id, name }) => ({ id, name })) ?? [];
  const { account = "", owner = "", do_not_contact = "" } = state.filters;
  return (
    <ContactDesk
      createdAt={isPlain(state) ? undefined : path}
      members={owners}
      account={account === noAccount ? undefined : account}
      accounts={named}
    >
      <PageHeader
        title="Contacts"
        text="The people you sell to."
        action={!isEmpty(state, data.length) && <CreateButton />}
      />
      <RecordList
        nouns={{ one: "contact", many: "contacts" }}
        path={path}
        state={state}
        rows={data.length}
        pagination={pagination}
        searchHint="Name, email, phone, or account"
        filters={
          <>
            <AccountFilter value={account} className="w-full sm:w-38" />
            <OwnerFilter value={owner} className={`sm:w-36 ${halfRow}`} />
            <ListSelect
              param="do_not_contact"
              label="Do not contact"
              value={do_not_contact}
              options={contactability}
              className={`sm:w-38 ${halfRow}`}
            />
          </>
        }
        empty={<NoContacts />}
      >
        <ContactSelection rows={data}>
          <ContactTable company={company} rows={data} owners={owners} accounts={namesOf(named)} sort={state.sort} />
        </ContactSelection>
      </RecordList>
    </ContactDesk>
  );
}

function NoContacts() {
  return (
    <EmptyState
      title="Keep track of the people you sell to"
      action={<CreateButton />}
      link={
        <Link href="/help/api-token-public-api" className="link">
          Import them through the API
        </Link>
      }
    >
      A contact is a person: how to reach them, where they work, and whether they want to hear from you.
    </EmptyState>
  );
}
