import { cx } from "#components/ui/cx";

export const checkboxLook = cx(
  "flex size-4 shrink-0 items-center justify-center rounded-badge border border-input-border bg-surface",
  "data-checked:border-accent data-checked:bg-accent data-checked:text-on-accent aria-invalid:border-danger",
  "data-indeterminate:border-accent data-indeterminate:bg-accent data-indeterminate:text-on-accent",
  "data-disabled:border-input-border data-disabled:bg-sunken data-disabled:text-muted",
);
