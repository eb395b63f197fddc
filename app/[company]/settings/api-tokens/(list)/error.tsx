"use client";

import { useParams } from "next/navigation";
import { SettingsNav } from "#components/shell/settings-nav";
import { ErrorState } from "#components/ui/error-state";
import { PageHeader } from "#components/ui/page-header";

/** The digest is what the server's log calls this failure. */
function digestOf(error: unknown): string | null {
  return typeof error === "object" && error !== null && "digest" in error ? String(error.digest) : null;
}

export default function ApiTokensError({ error, retry }: { error: unknown; retry: () => void }) {
  const { company } = useParams<{ company: string }>();
  return (
    <>
      <PageHeader title="API Tokens" />
      <SettingsNav slug={company} />
      <ErrorState
        text="Couldn't load your tokens. They keep working meanwhile. Try again."
        requestId={digestOf(error)}
        onRetry={retry}
      />
    </>
  );
}
