"use client";

import { useRef } from "react";
import { useOwnOrigin } from "#components/help/own-origin";
import { CopyButton } from "#components/ui/copy-button";

const hosts = /https:\/\/repdesk\.(?:io|example\.com)/g;

/** A block of code to copy, with the address of this RepDesk in it. Long lines wrap, so that nothing is hidden. */
export function Sample({ label, text }: { label: string; text: string }) {
  const shown = useRef<HTMLPreElement>(null);
  const value = text.replaceAll(hosts, useOwnOrigin());
  return (
    <figure className="sample">
      <div className="flex items-center justify-between gap-3 border-b border-border py-1 ps-4 pe-1">
        <figcaption className="text-help text-muted">{label}</figcaption>
        <CopyButton value={value} target={shown} name={label} look="quiet" size="bar">
          Copy
        </CopyButton>
      </div>
      <pre ref={shown}>{value}</pre>
    </figure>
  );
}
