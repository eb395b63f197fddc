import { cx } from "#components/ui/cx";

export const backdropLook =
  "fixed inset-0 z-10 bg-(--veil) transition-opacity data-starting-style:opacity-0 data-ending-style:opacity-0";

/** Fills the screen below 640. Above, it is as high as its content, and the body scrolls. */
export const sheetLook = cx(
  "relative flex size-full flex-col overflow-hidden bg-raised text-body text-text outline-none",
  "sm:h-auto sm:max-h-full sm:rounded-dialog sm:border sm:border-border sm:shadow-dialog",
  "transition-[opacity,transform] data-starting-style:scale-98 data-starting-style:opacity-0",
  "data-ending-style:scale-98 data-ending-style:opacity-0",
);

export const titleLook = "shrink-0 px-4 pt-4 pr-14 pb-2 text-title font-semibold sm:px-6 sm:pt-5";

export const bodyLook = "min-h-0 grow overflow-y-auto overscroll-contain px-4 pt-1 pb-6 sm:px-6";

export const footerLook = cx(
  "flex shrink-0 flex-wrap justify-end gap-2 border-t border-border px-4 py-3 max-sm:*:grow sm:px-6",
  "pb-[max(0.75rem,env(safe-area-inset-bottom))]",
);
