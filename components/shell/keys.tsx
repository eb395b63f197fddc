"use client";

import { useEffect, useState } from "react";
import { keysAreOn } from "#components/shell/keys-switch";
import { late, useLate } from "#components/ui/late";

const help = late(() => import("#components/shell/keys-dialog"));

/** Keys typed into a field, a menu, or a dialog aren't shortcuts. A toast also has the role `dialog`, but doesn't block them. */
function deaf(event: KeyboardEvent): boolean {
  const at = event.target instanceof Element ? event.target : null;
  return (
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.isComposing ||
    at?.closest("input, textarea, select, [contenteditable], [role=combobox], [role=menu], [role=listbox]") != null ||
    document.querySelector("[role=dialog]:not([aria-modal=false]), [role=alertdialog]:not([aria-modal=false])") !==
      null ||
    !keysAreOn()
  );
}

/** Listens for keyboard shortcuts. They act on the element with that key in `aria-keyshortcuts`. */
export function Keys({ slug }: { slug: string }) {
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  const module = useLate(help, used);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!["/", "n", "?"].includes(event.key) || deaf(event)) return;
      if (event.key === "?") {
        setUsed(true);
        setOpen(true);
      } else {
        const found = document.querySelector<HTMLElement>(`main [aria-keyshortcuts="${event.key}"]`);
        if (!found) return;
        if (event.key === "/") found.focus();
        else {
          // So that focus returns here when the dialog closes.
          found.focus();
          found.click();
        }
      }
      event.preventDefault();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return module && <module.KeysDialog slug={slug} open={open} onClose={() => setOpen(false)} />;
}
