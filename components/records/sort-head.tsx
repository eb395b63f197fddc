"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { useUrlChoice } from "#components/records/list-select";
import { newestFirst } from "#components/records/list-state";

interface SortHeadProps {
  label: string;
  /** The field that rows are sorted by. */
  field: string;
  /** The list's current order. */
  sort: string;
  /** The order after the first click. The next click reverses it. */
  first: "ascending" | "descending";
}

/** A column head that sorts the list. */
export function SortHead({ label, field, sort, first }: SortHeadProps) {
  const { shown, busy, choose } = useUrlChoice("sort", sort, newestFirst);
  const [up, down] = [field, `-${field}`];
  const [one, other] = first === "ascending" ? [up, down] : [down, up];
  const Icon = shown === up ? ArrowUp : shown === down ? ArrowDown : ChevronsUpDown;
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      className="group/sort -mx-1.5 inline-flex min-h-6 max-w-full items-center gap-1 rounded-badge px-1.5 hover:bg-hover hover:text-text"
      onClick={() => choose(shown === one ? other : one)}
    >
      <span className={shown === up || shown === down ? "truncate text-text" : "truncate"}>{label}</span>
      <Icon size={12} className="shrink-0" />
    </button>
  );
}
