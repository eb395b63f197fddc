import Link from "next/link";
import { cx } from "#components/ui/cx";

interface OwnerSwitchProps {
  everyone: boolean;
  /** The URLs of the two lists. */
  mine: string;
  all: string;
}

/** For admins: their own tokens, or everyone's in the company. */
export function OwnerSwitch({ everyone, mine, all }: OwnerSwitchProps) {
  const items = [
    { href: mine, label: "Mine", current: !everyone },
    { href: all, label: "Everyone’s", current: everyone },
  ];
  return (
    // On the same line as the tabs if there is space, otherwise below them.
    <nav aria-label="Whose tokens" className="mb-4 sm:not-first:absolute sm:not-first:top-0 sm:not-first:right-0">
      <ul className="inline-flex gap-0.5 rounded-control border border-border p-0.5">
        {items.map(({ href, label, current }) => (
          <li key={label}>
            <Link
              href={href}
              aria-current={current ? "true" : undefined}
              className={cx(
                "flex min-h-[calc(var(--control-bar)-6px)] items-center rounded-badge px-3 text-help",
                current ? "bg-accent-soft font-semibold" : "text-muted hover:bg-hover hover:text-text",
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
