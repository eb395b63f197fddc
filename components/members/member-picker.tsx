"use client";

import { useMemberName } from "#components/members/member-name";
import { Picker, type PickerProps } from "#components/records/picker";
import type { Choices } from "#components/records/use-choices";
import { listMembers } from "#lib/contract/members";

function membersWhere(filter: Record<string, string>): Choices {
  return {
    one: "member",
    many: "members",
    useName: useMemberName,
    search: async (api, q, signal) => {
      const asked = { limit: "20", sort: "name", ...filter, ...(q && { q }) };
      const { data, pagination } = await api.call(listMembers, asked, { signal });
      const rows = data.map(({ id, name, email, status }) => ({
        id,
        name,
        detail: status === "active" ? email : "No longer a member",
      }));
      return { rows, more: pagination.has_more };
    },
  };
}

const active = membersWhere({ "filter[status]": "active" });
const all = membersWhere({});

/** Searches for a member by name or email address. */
export function MemberPicker(props: PickerProps) {
  return <Picker choices={active} {...props} />;
}

/** The same, including members who have left. */
export function FormerMemberPicker(props: PickerProps) {
  return <Picker choices={all} {...props} />;
}
