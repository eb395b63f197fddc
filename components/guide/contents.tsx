"use client";

import { useEffect, useRef, useState } from "react";
import type { Entry } from "#components/guide/manual";
import { cx } from "#components/ui/cx";

export interface Group {
  title: string;
  entries: readonly Entry[];
}

/** The section that is being read: the last one whose heading has reached the upper part of the window. */
function useCurrent(ids: readonly string[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const headings = ids.flatMap((id) => document.getElementById(id) ?? []);
    const look = () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 4);
      setCurrent(passed.at(-1)?.id ?? null);
    };
    const observer = new IntersectionObserver(look, { rootMargin: "0px 0px -75% 0px" });
    for (const heading of headings) observer.observe(heading);
    return () => observer.disconnect();
  }, [ids]);
  return current;
}

/** Contents of the guide and the reference: beside the text on wide screens, folded above it on others. */
export function Contents({ groups }: { groups: readonly Group[] }) {
  const [ids] = useState(() => groups.flatMap(({ entries }) => entries.map(({ id }) => id)));
  const current = useCurrent(ids);
  const beside = useRef<HTMLElement>(null);
  // The list scrolls by itself: scrollIntoView would also move the page.
  useEffect(() => {
    const list = beside.current;
    const link = list?.querySelector<HTMLElement>("[aria-current]");
    if (!list || !link) return;
    const [top, bottom] = [link.offsetTop, link.offsetTop + link.offsetHeight];
    if (current && (top < list.scrollTop || bottom > list.scrollTop + list.clientHeight))
      list.scrollTop = top - list.clientHeight / 2;
  }, [current]);
  const lists = groups.map(({ title, entries }) => (
    <div key={title}>
      <h2 className="mt-4 mb-1 px-2 text-help font-semibold">{title}</h2>
      <ul>
        {entries.map(({ id, text, level }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              aria-current={id === current ? "location" : undefined}
              className={cx(
                "block rounded-control px-2 py-1 text-help hover:bg-hover",
                level > 2 && "ps-5",
                id === current ? "bg-accent-soft font-medium text-accent" : "text-muted",
              )}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  ));
  return (
    <>
      <nav
        ref={beside}
        aria-label="Contents"
        className="sticky top-0 -mt-4 max-h-dvh overflow-y-auto py-4 max-lg:hidden"
      >
        {lists}
      </nav>
      <details className="mb-6 rounded-card border border-border bg-surface px-2 py-1 lg:hidden">
        <summary className="flex min-h-(--control) items-center px-2 font-medium">Contents</summary>
        <nav aria-label="Contents" className="pb-2">
          {lists}
        </nav>
      </details>
    </>
  );
}
