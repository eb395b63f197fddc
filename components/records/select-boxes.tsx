"use client";

import { useSelecting } from "#components/records/selection";
import { RowCheckbox } from "#components/ui/row-checkbox";

export function SelectRow({ id, name }: { id: string; name: string }) {
  const { isSelected, toggle } = useSelecting();
  return <RowCheckbox label={`Select ${name}`} checked={isSelected(id)} onChange={(range) => toggle(id, range)} />;
}

export function SelectAllRows() {
  const { all, toggleAll, count } = useSelecting();
  return (
    <RowCheckbox
      label={`Select all ${count} on this page`}
      checked={all === "all"}
      indeterminate={all === "some"}
      onChange={toggleAll}
    />
  );
}
