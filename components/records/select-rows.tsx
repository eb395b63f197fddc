import { SelectAllRows, SelectRow } from "#components/records/select-boxes";

/** The checkboxes for a table inside a `Selection`. */
export const selectRows = {
  all: <SelectAllRows />,
  one: ({ id, name }: { id: string; name: string }) => <SelectRow id={id} name={name} />,
};
