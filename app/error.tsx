"use client";

import { PlainFrame } from "#components/shell/plain-frame";
import { digestOf, ErrorState } from "#components/ui/error-state";

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
