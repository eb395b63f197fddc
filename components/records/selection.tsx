"use client";

import type { ComponentType, ReactNode } from "react";
import { createContext, useContext, useRef, useState } from "react";
import type { Tagged } from "#components/records/values";
import { type Late, useLate } from "#components/ui/late";
import { useAnnounce } from "#components/ui/live-region";

interface Selecting {
  isSelected: (id: string) => boolean;
  /** With `range`, selects everything from the last one to this one. */
  toggle: (id: string, range: boolean) => void;
  all: "none" | "some" | "all";
  toggleAll: () => void;
  count: number;
}

const Context = createContext<Selecting | null>(null);

export function useSelecting(): Selecting {
  const selecting = useContext(Context);
  if (selecting === null) throw new Error("A row's checkbox has to be inside a Selection");
  return selecting;
}

export interface BarProps<R> {
  /** The rows of the page. */
  rows: readonly R[];
  selected: readonly R[];
  onClear: () => void;
}

interface SelectionProps<R extends Tagged> {
  /** The actions for the selected rows, which are loaded later. */
  bar: Late<{ Bar: ComponentType<BarProps<R>> }>;
  /** The rows of the page. Only these can be selected. */
  rows: readonly R[];
  children: ReactNode;
}

/** Makes the rows of a list selectable, and shows actions for the selected ones. */
export function Selection<R extends Tagged>({ bar, rows, children }: SelectionProps<R>) {
  const announce = useAnnounce();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [used, setUsed] = useState(false);
  const module = useLate(bar, used);
  const last = useRef<string | null>(null);
  const selected = rows.filter(({ id }) => ids.has(id));

  function choose(next: ReadonlySet<string>) {
    setUsed(true);
    setIds(next);
    announce(`${rows.filter(({ id }) => next.has(id)).length} selected`);
  }

  function toggle(id: string, range: boolean) {
    const next = new Set(selected.map((row) => row.id));
    const on = !next.has(id);
    for (const one of range ? between(rows, last.current ?? id, id) : [id]) on ? next.add(one) : next.delete(one);
    last.current = id;
    choose(next);
  }

  const selecting: Selecting = {
    isSelected: (id) => ids.has(id),
    toggle,
    all: selected.length === 0 ? "none" : selected.length === rows.length ? "all" : "some",
    toggleAll: () => choose(new Set(selected.length === rows.length ? [] : rows.map(({ id }) => id))),
    count: rows.length,
  };
  return (
    <Context value={selecting}>
      {children}
      {module && <module.Bar rows={rows} selected={selected} onClear={() => setIds(new Set())} />}
    </Context>
  );
}

/** The ids between two rows, in either order. */
function between(rows: readonly { id: string }[], one: string, other: string): string[] {
  const places = [one, other].map((wanted) => rows.findIndex(({ id }) => id === wanted));
  if (places.includes(-1)) return [other];
  return rows.slice(Math.min(...places), Math.max(...places) + 1).map(({ id }) => id);
}
