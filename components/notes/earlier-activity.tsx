"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import { useVisit } from "#components/records/visit";
import { useAnnounce } from "#components/ui/live-region";

interface EarlierActivityProps {
  /** Whether nothing is older. */
  complete: boolean;
  /** The value of `activity` in the URL that shows more; null if the page can't show more. */
  more: number | null;
}

/** React keeps an entry's element when others are added around it. */
const entries = () => [...document.querySelectorAll<HTMLElement>("[aria-labelledby=activity] > ol > li")];

/** The way to earlier entries. Focus then moves to the first that is new. Always rendered: it waits for the page that it loads. */
export function EarlierActivity({ complete, more }: EarlierActivityProps) {
  const router = useRouter();
  const visit = useVisit();
  const announce = useAnnounce();
  if (complete) return null;

  async function load(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const before = new Set(entries());
    await visit(() => router.push(`?activity=${more}`, { scroll: false }));
    entries()
      .find((entry) => !before.has(entry))
      ?.focus();
    announce("Earlier activity loaded.");
  }

  return (
    <p className="mt-6 text-muted">
      {more ? (
        <Link href={`?activity=${more}`} scroll={false} onClick={load} className="link">
          Show earlier activity
        </Link>
      ) : (
        <>
          Earlier activity isn't shown here.{" "}
          <Link href="/docs/api#list-notes" className="link">
            List all notes with the API
          </Link>
        </>
      )}
    </p>
  );
}
