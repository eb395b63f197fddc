import { PageHeader } from "#components/ui/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageHeader title="Accounts" text="The firms you sell to." />
      <TableSkeleton height={60} />
    </>
  );
}
