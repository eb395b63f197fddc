"use client";

import { digestOf, ErrorState } from "#components/ui/error-state";
import { PageHeader } from "#components/ui/page-header";

/** Stands in the page's place when it could not be made; the shell stays. The digest is what the server's log calls it. */
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
