import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

interface PageHeaderProps {
  title: ReactNode;
  /** One muted sentence. */
  text?: ReactNode;
  /** On subpages only. */
  back?: { href: string; label: string };
  /** On the right; on narrow screens below, at full width. */
  action?: ReactNode;
}

export function PageHeader({ title, text, back, action }: PageHeaderProps) {
  return (
    <header className="mb-6">
      {back && (
        <Link
          href={back.href}
          className="-ml-1 mb-1 inline-flex min-h-6 items-center gap-1 rounded-control pr-2 text-help text-muted hover:text-text pointer-coarse:-mt-3 pointer-coarse:min-h-11"
        >
          <ChevronLeft size={16} />
          {back.label}
        </Link>
      )}
      <div className="flex flex-col gap-x-6 gap-y-4 sm:flex-row sm:items-start sm:justify-between">
        <div className="min-w-0">
          <h1 className="text-page font-semibold text-balance">{title}</h1>
          {text && <p className="mt-1 max-w-prose text-muted">{text}</p>}
        </div>
        {action && <div className="flex shrink-0 flex-wrap gap-2 max-sm:*:grow">{action}</div>}
      </div>
    </header>
  );
}
