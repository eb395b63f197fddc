"use client";

import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { KeyCap } from "#components/shell/key-cap";
import { keysAreOn } from "#components/shell/keys-switch";
import { Dialog } from "#components/ui/dialog";

const keys = [
  ["/", "Go to search"],
  ["n", "Create an account, a contact, or a token"],
  ["?", "Show these keys"],
  ["Esc", "Close what is open"],
] as const;

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
  const list = useRef<HTMLDListElement>(null);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!["/", "n", "?"].includes(event.key) || deaf(event)) return;
      if (event.key === "?") setOpen(true);
      else {
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
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title="Keys" width="confirm" initialFocus={list}>
      <dl ref={list} tabIndex={-1} className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-3 outline-none">
        {keys.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <KeyCap>{key}</KeyCap>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-6 text-muted">
        You can switch them off in{" "}
        <Link href={`/${slug}/settings/profile#keyboard`} className="link" onClick={() => setOpen(false)}>
          My Settings
        </Link>
        .
      </p>
    </Dialog>
  );
}
