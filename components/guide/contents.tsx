"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Entry } from "#components/guide/manual";
import { cx } from "#components/ui/cx";

export interface Group {
  title: string;
  entries: readonly Entry[];
}

/** Below where a link within the page scrolls its heading to, and above the next heading of a short section. */
const linePx = 120;

/** The section that is being read: the last one whose heading has passed a line near the top of the window. */
function useCurrent(ids: readonly string[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const headings = ids.flatMap((id) => document.getElementById(id) ?? []);
    const look = () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < linePx);
      setCurrent(passed.at(-1)?.id ?? null);
    };
    const observer = new IntersectionObserver(look, { rootMargin: `-${linePx}px 0px 0px 0px` });
    for (const heading of headings) observer.observe(heading);
    return () => observer.disconnect();
  }, [ids]);
  return current;
}

interface ContentsProps {
  groups: readonly Group[];
  /** The text. */
  children: ReactNode;
}

/** A text with its contents: beside it where there is room, else folded above it. The keyboard gets to the text first. */
export function WithContents({ groups, children }: ContentsProps) {
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
    <div className="@container">
      <div className="@min-[56rem]:grid @min-[56rem]:grid-cols-[minmax(0,1fr)_15rem] @min-[56rem]:gap-12">
        <div className="min-w-0">
          <details className="mb-6 rounded-card border border-border bg-surface px-2 py-1 @min-[56rem]:hidden">
            <summary className="flex min-h-(--control) items-center px-2 font-medium">Contents</summary>
            <nav aria-label="Contents" className="pb-2">
              {lists}
            </nav>
          </details>
          {children}
        </div>
        <div className="@max-[56rem]:hidden">
          <nav
            ref={beside}
            aria-label="Contents"
            className="sticky top-(--top-bar,0px) -mt-4 max-h-[calc(100dvh-var(--top-bar,0px))] overflow-y-auto py-4"
          >
            {lists}
          </nav>
        </div>
      </div>
    </div>
  );
}
