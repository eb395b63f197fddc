"use client";

import { useRef } from "react";
import { CopyButton } from "#components/ui/copy-button";

/** Copies a value that is shown elsewhere on the page. Where the browser refuses, it is selected here, unseen, for the keys. */
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
