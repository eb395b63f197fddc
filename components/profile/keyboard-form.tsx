"use client";

import { KeyCap } from "#components/shell/key-cap";
import { switchKeys, useKeysAreOn } from "#components/shell/keys-switch";
import { Checkbox } from "#components/ui/checkbox";
import { useAnnounce } from "#components/ui/live-region";

/** Saved at once, in this browser's cookie: the box itself shows that it was. */
export function KeyboardForm({ on: fromServer }: { on: boolean }) {
  const announce = useAnnounce();
  const on = useKeysAreOn(fromServer);
  return (
    <Checkbox
      label="Use keyboard shortcuts"
      help={
        <span className="inline-block pt-1">
          <KeyCap>/</KeyCap> goes to search, <KeyCap>n</KeyCap> creates, <KeyCap>?</KeyCap> shows the keys.
        </span>
      }
      checked={on}
      onChange={(next) => {
        switchKeys(next);
        announce(next ? "Keyboard shortcuts are on." : "Keyboard shortcuts are off.");
      }}
    />
  );
}
