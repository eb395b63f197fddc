"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ShellProps } from "#components/shell/sidebar";
import { Sidebar } from "#components/shell/sidebar";
import { backdropLook } from "#components/ui/dialog-look";
import { IconButton } from "#components/ui/icon-button";

interface DrawerProps extends ShellProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The sidebar in narrow windows. */
export function Drawer({ open, onOpenChange, ...shell }: DrawerProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
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
  );
}
