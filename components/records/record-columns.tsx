import type { ReactNode } from "react";

/** The facts of a record on the left; what was written and done, on the right. One below the other where there is no room. */
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
