"use client";

import { useSelecting } from "#components/records/selection";
import { RowCheckbox } from "#components/ui/row-checkbox";

/** The checkbox of a row. */
export function SelectRow({ id, name }: { id: string; name: string }) {
  const { isSelected, toggle } = useSelecting();
  return <RowCheckbox label={`Select ${name}`} checked={isSelected(id)} onChange={(range) => toggle(id, range)} />;
}

/** The checkbox for all rows of the page. */
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
