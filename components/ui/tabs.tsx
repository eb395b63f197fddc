import Link from "next/link";
import { cx } from "#components/ui/cx";

export interface Tab {
  href: string;
  label: string;
  count?: number;
  current: boolean;
}

/** Links to sibling pages, with the current one underlined. */
export function Tabs({ label, items }: { label: string; items: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="mb-6 border-b border-border">
      <ul className="-mb-px flex flex-wrap gap-x-6">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              aria-current={item.current ? "page" : undefined}
              className={cx(
                "flex min-h-(--control) items-center gap-1.5 rounded-t-control font-medium",
                item.current ? "border-b-2 border-accent pt-0.5 text-text" : "text-muted hover:text-text",
              )}
            >
              {item.label}
              {item.count !== undefined && <span className="font-normal text-muted tabular-nums">{item.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
