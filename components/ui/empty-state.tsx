import type { ReactNode } from "react";

interface EmptyStateProps {
  title: string;
  /** What it is for. */
  children?: ReactNode;
  action?: ReactNode;
  /** A link next to the action. */
  link?: ReactNode;
}

export function EmptyState({ title, children, action, link }: EmptyStateProps) {
  return (
    <div className="rounded-card border border-border bg-surface px-4 py-12 text-center sm:px-8">
      <h2 className="text-title font-semibold text-balance">{title}</h2>
      {children && <div className="mx-auto mt-2 max-w-[52ch] text-pretty text-muted">{children}</div>}
      {(action || link) && (
        <div className="mt-6 flex flex-wrap items-center justify-center gap-x-4 gap-y-3">
          {action}
          {link && <span className="*:py-1">{link}</span>}
        </div>
      )}
    </div>
  );
}
