"use client";

import type { ReactNode } from "react";
import { createContext, useContext, useRef, useState } from "react";
import type { RecordKind } from "#components/records/record-kind";
import { SelectionBar } from "#components/records/selection-bar";
import type { Tagged, Values } from "#components/records/values";
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

interface SelectionProps<R extends Tagged, V extends Values> {
  kind: RecordKind<R, V>;
  /** The rows of the page. Only these can be selected. */
  rows: readonly R[];
  children: ReactNode;
}

/** Makes the rows of a list selectable, and shows actions for the selected ones. */
export function Selection<R extends Tagged, V extends Values>({ kind, rows, children }: SelectionProps<R, V>) {
  const announce = useAnnounce();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const selected = rows.filter(({ id }) => ids.has(id));

  function choose(next: ReadonlySet<string>) {
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
      <SelectionBar kind={kind} rows={rows} selected={selected} onClear={() => setIds(new Set())} />
    </Context>
  );
}

/** The ids between two rows, in either order. */
function between(rows: readonly { id: string }[], one: string, other: string): string[] {
  const places = [one, other].map((wanted) => rows.findIndex(({ id }) => id === wanted));
  if (places.includes(-1)) return [other];
  return rows.slice(Math.min(...places), Math.max(...places) + 1).map(({ id }) => id);
}
