"use client";

import { useRef } from "react";
import { CopyButton } from "#components/ui/copy-button";

/** Copies a value that is shown elsewhere. If the clipboard isn't available, selects it here, invisibly, for Ctrl+C. */
export function CopyValue({ value, name }: { value: string; name: string }) {
  const text = useRef<HTMLSpanElement>(null);
  return (
    <>
      <CopyButton value={value} target={text} name={name}>
        Copy
      </CopyButton>
      <span ref={text} aria-hidden className="sr-only">
        {value}
      </span>
    </>
  );
}
