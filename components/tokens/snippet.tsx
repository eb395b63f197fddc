"use client";

import { type ClipboardEvent, useRef } from "react";
import { CopyButton } from "#components/ui/copy-button";

interface SnippetProps {
  label: string;
  /** The name for the copy button: “curl command”. */
  name: string;
  /** `{token}` stands for the token. */
  text: string;
  /** The rest of the line, kept together if the line has to break. */
  option?: string;
  /** The token as shown on the page. */
  short: string;
  /** The token as copied. */
  whole: string;
  onCopied: () => void;
}

export function Snippet({ label, name, text, option, short, whole, onCopied }: SnippetProps) {
  const shown = useRef<HTMLElement>(null);
  const line = option ? `${text} ${option}` : text;
  const visible = line.replace("{token}", short);
  const value = line.replace("{token}", whole);

  /** Copies the whole token, since a shortened one is useless. */
  function giveWhole(event: ClipboardEvent) {
    if (document.getSelection()?.toString().replace(/\s+/g, " ").trim() !== visible) return;
    event.clipboardData.setData("text/plain", value);
    event.preventDefault();
    onCopied();
  }

  return (
    // In narrow windows the line is below its label and button.
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
