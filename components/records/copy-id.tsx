"use client";

import { useRef } from "react";
import { CopyButton } from "#components/ui/copy-button";

/** A record's ID for the API, with a button to copy it. */
export function CopyId({ id, noun }: { id: string; noun: string }) {
  const text = useRef<HTMLElement>(null);
  return (
    <div className="flex flex-wrap items-center justify-between">
      <dt className="text-muted first-letter:uppercase">{noun} ID</dt>
      <dd className="contents">
        <span className="-mr-3">
          <CopyButton look="quiet" size="bar" value={id} target={text} name={`${noun} ID`}>
            Copy
          </CopyButton>
        </span>
        <code ref={text} className="w-full break-all">
          {id}
        </code>
      </dd>
    </div>
  );
}
