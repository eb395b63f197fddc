"use client";

import { PlainFrame } from "#components/shell/plain-frame";
import { ErrorState } from "#components/ui/error-state";

/** The digest is what the server's log calls this failure. */
function digestOf(error: unknown): string | null {
  return typeof error === "object" && error !== null && "digest" in error ? String(error.digest) : null;
}

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <PlainFrame title="This page didn't load">
      <ErrorState
        bare
        text="RepDesk couldn't show this page. Nothing you saved is lost. Try again, or come back in a few minutes."
        requestId={digestOf(error)}
        onRetry={retry}
      />
    </PlainFrame>
  );
}
