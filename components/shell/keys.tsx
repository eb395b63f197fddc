"use client";

import { useEffect, useState } from "react";
import { Dialog } from "#components/ui/dialog";

const keys = [
  ["/", "Go to search"],
  ["n", "Create"],
  ["?", "Show these keys"],
  ["Esc", "Close what is open"],
] as const;

function switchedOff(): boolean {
  return /(?:^|; )repdesk-keys=off(?:;|$)/.test(document.cookie);
}

/** A letter typed into a field, a menu or a dialog is never ours. */
function deaf(event: KeyboardEvent): boolean {
  const at = event.target instanceof Element ? event.target : null;
  return (
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.isComposing ||
    at?.closest("input, textarea, select, [contenteditable], [role=combobox], [role=menu], [role=listbox]") != null ||
    document.querySelector("[role=dialog], [role=alertdialog]") !== null ||
    switchedOff()
  );
}

/** Listens for the single keys. They find what bears `aria-keyshortcuts`. */
export function Keys() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!["/", "n", "?"].includes(event.key) || deaf(event)) return;
      if (event.key === "?") setOpen(true);
      else {
        const found = document.querySelector<HTMLElement>(`main [aria-keyshortcuts="${event.key}"]`);
        if (!found) return;
        if (event.key === "/") found.focus();
        else {
          // So that focus comes back to it when what it opened closes.
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
    <Dialog open={open} onClose={() => setOpen(false)} title="Keys" width="confirm">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-3">
        {keys.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-flex min-w-7 justify-center rounded-badge border border-input-border bg-sunken px-1.5">
                {key}
              </kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
