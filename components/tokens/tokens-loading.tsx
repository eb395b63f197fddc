"use client";

import { useParams } from "next/navigation";
import { SettingsNav } from "#components/shell/settings-nav";
import { PageHeader } from "#components/ui/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

/** Shown while the token page loads, with everything that doesn't depend on the tokens. */
export function TokensLoading() {
  const { company } = useParams<{ company: string }>();
  return (
    <>
      <PageHeader title="API Tokens" text="Let scripts and integrations work for you." />
      <SettingsNav slug={company} />
      <TableSkeleton rows={3} height={60} />
    </>
  );
}
