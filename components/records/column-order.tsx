import { SortHead } from "#components/records/sort-head";
import type { Column } from "#components/ui/table";

/** Makes a column sortable if the list is. `sort` is the current order. */
export function orderBy(
  field: string,
  label: string,
  sort: string | undefined,
  first: "ascending" | "descending" = "ascending",
): Pick<Column<never>, "order"> {
  if (sort === undefined) return {};
  const now = sort === field ? "ascending" : sort === `-${field}` ? "descending" : "none";
  return { order: { now, control: <SortHead {...{ label, field, sort, first }} /> } };
}
