import type { ReactNode } from "react";

/** A record's fields on the left, its activity on the right; below each other in narrow windows. */
export function RecordColumns({ facts, children }: { facts: ReactNode; children: ReactNode }) {
  return (
    <div className="@container/record">
      <div className="grid gap-6 @min-[60rem]/record:grid-cols-[21.5rem_minmax(0,1fr)] @min-[66rem]/record:gap-8">
        <div className="min-w-0">{facts}</div>
        <div className="flex min-w-0 flex-col gap-8">{children}</div>
      </div>
    </div>
  );
}
