"use client";

import { useRef } from "react";
import { useOwnOrigin } from "#components/help/own-origin";
import { CopyButton } from "#components/ui/copy-button";

export interface SnippetProps {
  /** What it is, such as “curl command”. */
  label: string;
  /** `{origin}` stands for the address of this RepDesk. */
  text: string;
}

/** Code to copy. Long lines wrap, so that nothing is hidden. */
export function Snippet({ label, text }: SnippetProps) {
  const shown = useRef<HTMLDivElement>(null);
  const value = text.replaceAll("{origin}", useOwnOrigin());
  return (
    <figure className="wide mt-3 rounded-card border border-border bg-sunken">
      <div className="flex items-center justify-between gap-3 border-b border-border py-1 ps-4 pe-1">
        <figcaption className="text-help text-muted">{label}</figcaption>
        <CopyButton value={value} target={shown} name={label} look="quiet" size="bar">
          Copy
        </CopyButton>
      </div>
      <div ref={shown} className="px-4 py-3 font-mono text-help break-words whitespace-pre-wrap">
        {value}
      </div>
    </figure>
  );
}
