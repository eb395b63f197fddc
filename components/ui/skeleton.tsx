import { cx } from "#components/ui/cx";

const widths = [72, 58, 84, 64];

/** Gray bars with the height of the real content. Invisible for the first 200 ms. */
function Skeleton({ rows = 1, height = 20, className }: { rows?: number; height?: number; className?: string }) {
  return (
    <div aria-hidden className={cx("flex animate-appear flex-col", className)}>
      {Array.from({ length: rows }, (_, row) => `${widths[row % widths.length]}%`).map((width, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={row} style={{ height }} className="flex items-center">
          <div className="h-3 rounded-badge bg-hover" style={{ width }} />
        </div>
      ))}
    </div>
  );
}

/** Shown while a table's rows are loading: a head of 36, and rows of 44 or 60. */
export function TableSkeleton({ rows = 8, height = 44 }: { rows?: number; height?: 44 | 60 }) {
  return (
    <div className="animate-appear overflow-hidden rounded-card border border-border bg-surface">
      <p className="sr-only">Loading…</p>
      <div aria-hidden className="h-9 border-b border-border bg-sunken" />
      <Skeleton rows={rows} height={height} className="divide-y divide-border px-3" />
    </div>
  );
}
