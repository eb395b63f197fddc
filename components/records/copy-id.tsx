"use client";

import { useRef } from "react";
import { CopyButton } from "#components/ui/copy-button";

/** A record's id, as the API takes it. */
export function CopyId({ id, noun }: { id: string; noun: string }) {
  const text = useRef<HTMLElement>(null);
  return (
    <span className="flex flex-wrap items-center justify-between gap-x-2">
      <code ref={text} className="break-all">
        {id}
      </code>
      <span className="-mr-3">
        <CopyButton look="quiet" size="bar" value={id} target={text} name={`${noun} id`}>
          Copy
        </CopyButton>
      </span>
    </span>
  );
}
