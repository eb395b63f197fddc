"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Menu, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { CompanySwitcher } from "#components/shell/company-switcher";
import type { ShellProps } from "#components/shell/sidebar";
import { Sidebar } from "#components/shell/sidebar";
import { backdropLook } from "#components/ui/dialog-look";
import { IconButton } from "#components/ui/icon-button";

/** The top bar below 1024 px. Its button opens the sidebar as a drawer. */
export function NavDrawer(shell: ShellProps) {
  const [open, setOpen] = useState(false);
  const path = usePathname();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes it
  useEffect(() => setOpen(false), [path]);
  // Wide windows show the sidebar instead.
  useEffect(() => {
    const wide = matchMedia("(width >= 64rem)");
    const close = () => setOpen(false);
    wide.addEventListener("change", close);
    return () => wide.removeEventListener("change", close);
  }, []);

  return (
    <header className="sticky top-0 z-1 flex h-14 items-center gap-1 border-b border-border bg-bg px-2 sm:px-4 lg:hidden">
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Dialog.Trigger
          render={<IconButton label="Open the menu" icon={<Menu size={20} />} className="size-(--control)" />}
        />
        <Dialog.Portal>
          <Dialog.Backdrop data-veil className={backdropLook} />
          <Dialog.Popup className="fixed inset-y-0 left-0 z-10 w-70 max-w-[calc(100vw-3rem)] border-r border-border bg-bg shadow-dialog outline-none transition-transform data-starting-style:-translate-x-full data-ending-style:-translate-x-full">
            <Dialog.Title className="sr-only">Menu</Dialog.Title>
            <Sidebar {...shell} />
            <Dialog.Close
              render={<IconButton label="Close the menu" icon={<X size={16} />} />}
              className="absolute top-3 -right-9 bg-raised pointer-coarse:top-1.5 pointer-coarse:-right-12"
            />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      <div className="min-w-0 max-w-70">
        <CompanySwitcher company={shell.company} companies={shell.companies} />
      </div>
    </header>
  );
}
