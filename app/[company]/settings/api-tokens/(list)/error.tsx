"use client";

import { useParams } from "next/navigation";
import { SettingsNav } from "#components/shell/settings-nav";
import { digestOf, ErrorState } from "#components/ui/error-state";
import { PageHeader } from "#components/ui/page-header";

export default function ApiTokensError({ error, retry }: { error: unknown; retry: () => void }) {
  const { company } = useParams<{ company: string }>();
  return (
    <>
      <PageHeader title="API Tokens" />
      <SettingsNav slug={company} />
      <ErrorState
        text="Couldn't load your tokens. They still work. Try again."
        requestId={digestOf(error)}
        onRetry={retry}
      />
    </>
  );
}
