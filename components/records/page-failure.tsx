"use client";

import { digestOf, ErrorState } from "#components/ui/error-state";
import { PageHeader } from "#components/ui/page-header";

/** Shown instead of a page that failed, inside the shell. The digest is the request ID in the server's log. */
export function PageFailure({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <>
      <title>This page didn't load · RepDesk</title>
      <PageHeader title="This page didn't load" />
      <ErrorState
        text="Nothing you saved is lost. Try again, or come back in a few minutes."
        requestId={digestOf(error)}
        onRetry={retry}
      />
    </>
  );
}
