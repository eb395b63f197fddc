"use client";

import { useAccountName } from "#components/accounts/account-name";
import { Domain } from "#components/records/cells";
import { Picker, type PickerProps } from "#components/records/picker";
import type { Choices } from "#components/records/use-choices";
import { accountEndpoints } from "#lib/contract/records";

const accounts: Choices = {
  one: "account",
  many: "accounts",
  useName: useAccountName,
  search: async (api, q, signal) => {
    const asked = { limit: "20", sort: "name", ...(q && { q }) };
    const { data, pagination } = await api.call(accountEndpoints.list, asked, { signal });
    const rows = data.map(({ id, name, domain }) => ({ id, name, detail: domain && <Domain domain={domain} /> }));
    return { rows, more: pagination.has_more };
  },
};

/** Finds an account by name or domain. */
export function AccountPicker(props: PickerProps) {
  return <Picker choices={accounts} {...props} />;
}
