import type { Metadata } from "next";
import Link from "next/link";
import { AccountDesk } from "#components/accounts/account-desk";
import { AccountSelection } from "#components/accounts/account-selection";
import { AccountTable } from "#components/accounts/account-table";
import { accountTypeOptions } from "#components/accounts/account-type";
import { OwnerFilter } from "#components/members/owner-filter";
import { ListSelect } from "#components/records/list-select";
import type { ListFilters, UrlParams } from "#components/records/list-state";
import { isEmpty, isPlain, listInput, readListState } from "#components/records/list-state";
import { namesOf } from "#components/records/names";
import { CreateButton } from "#components/records/record-desk";
import { halfRow, RecordList } from "#components/records/record-list";
import { EmptyState } from "#components/ui/empty-state";
import { PageHeader } from "#components/ui/page-header";
import { accountEndpoints } from "#lib/contract/records";
import { accounts } from "#lib/domain/accounts";
import { emptyIfTooBroad, page } from "#lib/page";

export const metadata: Metadata = { title: "Accounts" };

const filters: ListFilters = {
  owner: (value) => ({ "filter[owner_id]": value }),
  type: (value) => ({ "filter[type]": value }),
};

type Props = { params: Promise<{ company: string }>; searchParams: Promise<UrlParams> };

export default async function AccountsPage({ params, searchParams }: Props) {
  const { company } = await params;
  const path = `/${company}/accounts`;
  const state = readListState(accountEndpoints.list, filters, await searchParams);
  const input = { ...listInput(state, filters), include: "owner" };
  const { data, pagination, included } = await page(company, (ask) =>
    ask(accountEndpoints.list, accounts.list, input),
  ).catch(emptyIfTooBroad);
  const owners = namesOf(included?.members);
  return (
    <AccountDesk createdAt={isPlain(state) ? undefined : path} members={owners}>
      <PageHeader
        title="Accounts"
        text="The companies you sell to."
        action={!isEmpty(state, data.length) && <CreateButton />}
      />
      <RecordList
        nouns={{ one: "account", many: "accounts" }}
        path={path}
        state={state}
        rows={data.length}
        pagination={pagination}
        searchHint="Name or domain"
        filters={
          <>
            <OwnerFilter value={state.filters.owner ?? ""} className={`sm:w-40 ${halfRow}`} />
            <ListSelect
              param="type"
              label="Type"
              value={state.filters.type ?? ""}
              options={[{ value: "", label: "All types" }, ...accountTypeOptions]}
              className={`sm:w-40 ${halfRow}`}
            />
          </>
        }
        empty={<NoAccounts />}
      >
        <AccountSelection rows={data}>
          <AccountTable company={company} rows={data} owners={owners} sort={state.sort} />
        </AccountSelection>
      </RecordList>
    </AccountDesk>
  );
}

function NoAccounts() {
  return (
    <EmptyState
      title="Keep track of the companies you sell to"
      action={<CreateButton />}
      link={
        <Link href="/help/api-token-public-api" className="link">
          Import them through the API
        </Link>
      }
    >
      An account is a company: who looks after it, what it does, and the people you know there.
    </EmptyState>
  );
}
