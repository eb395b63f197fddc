"use client";

import { MemberPicker } from "#components/members/member-picker";
import { useUrlChoice } from "#components/records/list-select";
import { useMe } from "#components/shell/api";

/** Filters a list by owner. */
export function OwnerFilter({ value, className }: { value: string; className?: string }) {
  const { shown, busy, choose } = useUrlChoice("owner", value);
  const me = useMe();
  return (
    <div aria-busy={busy || undefined} className={className}>
      <MemberPicker
        former
        label="Owner"
        hideLabel
        size="bar"
        placeholder="All owners"
        extra={{ id: me.id, name: "Me", detail: me.name }}
        value={shown}
        onChange={choose}
      />
    </div>
  );
}
