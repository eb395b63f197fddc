import type { ReactNode } from "react";
import { None } from "#components/records/cells";

/** A card of names and values. Two lists stand side by side where there is room. */
export function Details({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      className="grid gap-x-6 gap-y-3 rounded-card border border-border bg-surface p-4 sm:p-6 md:grid-cols-2"
    >
      {children}
    </section>
  );
}

export function DetailList({ children }: { children: ReactNode }) {
  return <dl className="grid content-start gap-3">{children}</dl>;
}

export function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-baseline gap-3">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

export function Text({ value }: { value: string | null }) {
  return value ?? <None />;
}

/** A long text, below all else; nothing where there is none. */
export function Prose({ name, text }: { name: string; text: string | null }) {
  if (text === null) return null;
  return (
    <dl className="mt-3 border-t border-border pt-4 md:col-span-2">
      <dt className="text-muted">{name}</dt>
      <dd className="mt-1 max-w-prose break-words whitespace-pre-line">{text}</dd>
    </dl>
  );
}
