"use client";

import { useContext } from "react";
import { FilterPicker } from "#components/records/filter-picker";
import { KnownMembers } from "#components/records/known-members";
import { useMe } from "#components/shell/api";
import { late } from "#components/ui/late";

const picker = late(async () => (await import("#components/members/member-picker")).FormerMemberPicker);

/** Filters a list by owner. */
export function OwnerFilter({ value, className }: { value: string; className?: string }) {
  const me = useMe();
  return (
    <FilterPicker
      param="owner"
      picker={picker}
      label="Owner"
      placeholder="All owners"
      extra={{ id: me.id, name: "Me", detail: me.name }}
      value={value}
      name={useContext(KnownMembers).get(value)}
      className={className}
    />
  );
}
