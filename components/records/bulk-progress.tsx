import type { Bulk } from "#components/records/use-bulk";
import { Banner } from "#components/ui/banner";

/** The progress of an action on several records, and the records that it failed for. */
export function BulkProgress({
  bulk: { done, total, failures },
}: {
  bulk: Pick<Bulk<never>, "done" | "total" | "failures">;
}) {
  if (done !== null) {
    return (
      <p role="status" className="mt-3 text-muted tabular-nums">
        {done} of {total} done…
      </p>
    );
  }
  if (failures.length === 0) return null;
  return (
    <div role="alert" className="mt-3">
      <Banner tone="danger">{failures.length} failed. The others are done.</Banner>
      <ul className="mt-3 flex max-h-60 flex-col gap-2 overflow-y-auto">
        {failures.map(({ id, name, text }) => (
          <li key={id}>
            <span className="block font-medium break-words">{name}</span>
            <span className="text-muted">{text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
