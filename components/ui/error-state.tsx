"use client";

import { CircleAlert, RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useTransition } from "react";
import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";
import { cx } from "#components/ui/cx";

interface ErrorStateProps {
  /** What happened and what to do. */
  text: string;
  requestId?: string | null;
  /** Default: reloads the page. */
  onRetry?: () => void;
  /** Without its own card, for use inside a card. */
  bare?: boolean;
}

/** The request ID of a page that failed on the server, for support to find it in the log. Null for an error in the browser. */
export function digestOf(error: unknown): string | null {
  return typeof error === "object" && error !== null && "digest" in error ? String(error.digest) : null;
}

/** Shown instead of the content. */
export function ErrorState({ text, requestId, onRetry, bare }: ErrorStateProps) {
  const router = useRouter();
  const [busy, start] = useTransition();
  const id = useRef<HTMLElement>(null);
  return (
    <div
      role="alert"
      className={cx(
        "flex flex-col items-start gap-4",
        !bare && "rounded-card border border-border bg-surface p-4 sm:p-6",
      )}
    >
      <p className="flex gap-2">
        <CircleAlert size={16} className="mt-0.5 shrink-0 text-danger" />
        {text}
      </p>
      <Button
        icon={<RotateCw size={16} />}
        busy={busy}
        onClick={() => start(() => (onRetry ? onRetry() : router.refresh()))}
      >
        Try again
      </Button>
      {requestId && (
        <p className="flex flex-wrap items-center gap-2 text-help text-muted">
          Request ID
          <code ref={id} className="text-text">
            {requestId}
          </code>
          <CopyButton size="bar" value={requestId} target={id} name="request ID">
            Copy
          </CopyButton>
        </p>
      )}
    </div>
  );
}
