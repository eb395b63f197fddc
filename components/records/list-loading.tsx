import { PageHeader } from "#components/ui/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

/** A list's page while its rows are loading, with space for the filter bar. */
export function ListLoading({ title, text }: { title: string; text: string }) {
  return (
    <>
      <PageHeader title={title} text={text} />
      <div className="mb-4 h-(--control-bar)" />
      <TableSkeleton />
    </>
  );
}
