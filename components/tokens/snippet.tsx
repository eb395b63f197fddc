"use client";

import { type ClipboardEvent, useRef } from "react";
import { CopyButton } from "#components/ui/copy-button";

interface SnippetProps {
  label: string;
  /** What the copy button names: “curl command”. */
  name: string;
  /** `{token}` stands for the token. */
  text: string;
  /** What follows on the same line, kept together where the line must break. */
  option?: string;
  /** What stands on the page. */
  short: string;
  /** What is copied. */
  whole: string;
  onCopied: () => void;
}

export function Snippet({ label, name, text, option, short, whole, onCopied }: SnippetProps) {
  const shown = useRef<HTMLElement>(null);
  const line = option ? `${text} ${option}` : text;
  const visible = line.replace("{token}", short);
  const value = line.replace("{token}", whole);

  /** Copied by hand, a shortened token would be of no use. */
  function giveWhole(event: ClipboardEvent) {
    if (document.getSelection()?.toString().replace(/\s+/g, " ").trim() !== visible) return;
    event.clipboardData.setData("text/plain", value);
    event.preventDefault();
    onCopied();
  }

  return (
    // Where it is narrow the line stands below its label and button.
    <div className="grid grid-cols-[1fr_auto] items-start gap-x-2 sm:grid-cols-[2.5rem_1fr_auto]">
      <dt className="py-1.5 text-help text-muted max-sm:self-center">{label}</dt>
      <dd className="py-1.5 wrap-anywhere max-sm:order-1 max-sm:col-span-2 max-sm:pt-0">
        <code ref={shown} translate="no" onCopy={giveWhole}>
          {text.replace("{token}", short)}
          {option && (
            <>
              {" "}
              <span className="inline-block">{option.replace("{token}", short)}</span>
            </>
          )}
        </code>
      </dd>
      <dd>
        <CopyButton look="quiet" size="bar" value={value} target={shown} name={name} onCopied={onCopied}>
          Copy
        </CopyButton>
      </dd>
    </div>
  );
}
