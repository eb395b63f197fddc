"use client";

import { useParams } from "next/navigation";
import { SettingsNav } from "#components/shell/settings-nav";
import { PageHeader } from "#components/ui/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function Loading() {
  const { company } = useParams<{ company: string }>();
  return (
    <>
      <PageHeader title="Sign-in activity" text="Your sign-ins, sign-outs, and password changes." />
      <SettingsNav slug={company} />
      <TableSkeleton rows={8} height={60} />
    </>
  );
}
