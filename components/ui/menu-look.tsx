import { cx } from "#components/ui/cx";

/** The popup of menus and selects. */
export const popupLook = cx(
  "max-w-[min(22rem,var(--available-width))] origin-(--transform-origin) rounded-card border border-border bg-raised",
  "text-body text-text shadow-raised outline-none transition-[opacity,transform]",
  "data-starting-style:scale-98 data-starting-style:opacity-0 data-ending-style:opacity-0",
);

/** An item in it: highlighted under the pointer, with an inner focus outline for the keyboard. */
export const itemLook = cx(
  "relative flex min-h-(--control-bar) items-center gap-2 rounded-control px-2 py-1 select-none cursor-pointer",
  "-outline-offset-2 data-highlighted:bg-hover data-disabled:cursor-default data-disabled:text-muted",
  "not-focus-visible:outline-0 forced-colors:data-highlighted:outline-2",
);
