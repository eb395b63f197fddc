"use client";

import { Eye, EyeOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Snippet } from "#components/tokens/snippet";
import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";

interface SecretShownProps {
  prefix: string;
  /** Null after it was cleared, while the dialog closes or the page unloads. */
  secret: string | null;
  copied: boolean;
  onCopied: () => void;
  /** Called when the page unloads, since the browser may keep a copy of it for Back. */
  onLeave: () => void;
}

/** The secret is in the page once. The snippets below it show it shortened and copy all of it. */
export function SecretShown({ prefix, secret, copied, onCopied, onLeave }: SecretShownProps) {
  const shown = useRef<HTMLElement>(null);
  const copy = useRef<HTMLButtonElement>(null);
  const [hidden, setHidden] = useState(false);
  const short = `${prefix}_…`;
  const whole = secret ?? short;
  useEffect(() => copy.current?.focus(), []);
  useEffect(() => {
    if (copied) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [copied]);
  useEffect(() => {
    const leave = () => flushSync(onLeave);
    addEventListener("pagehide", leave);
    return () => removeEventListener("pagehide", leave);
  });

  return (
    <>
      <p>It won't be shown again. Keep it in a secret manager or in your script's settings.</p>
      <code
        ref={shown}
        translate="no"
        className="mt-4 block rounded-control border border-border bg-sunken px-3 py-2 break-all select-all"
      >
        {hidden ? short : whole}
      </code>
      <div className="mt-3 flex flex-wrap gap-2 max-sm:*:grow">
        <CopyButton ref={copy} look="primary" value={whole} target={shown} onCopied={onCopied}>
          Copy token
        </CopyButton>
        <Button icon={hidden ? <Eye size={16} /> : <EyeOff size={16} />} onClick={() => setHidden(!hidden)}>
          {hidden ? "Show" : "Hide"}
        </Button>
      </div>
      <dl className="mt-6 flex flex-col gap-3">
        <Snippet label=".env" name=".env line" text="REPDESK_TOKEN={token}" {...{ short, whole, onCopied }} />
        <Snippet
          label="curl"
          name="curl command"
          text={`curl ${location.origin}/api/v1/me`}
          option={`-H "Authorization: Bearer {token}"`}
          {...{ short, whole, onCopied }}
        />
      </dl>
    </>
  );
}
