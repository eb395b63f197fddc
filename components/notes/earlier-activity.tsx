"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import { useVisit } from "#components/records/visit";
import { useAnnounce } from "#components/ui/live-region";

/** Loads more of a record's activity and moves the focus to the first entry that wasn't shown. */
export function EarlierActivity({ more, shown }: { more: number; shown: number }) {
  const router = useRouter();
  const visit = useVisit();
  const announce = useAnnounce();

  async function load(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    await visit(() => router.push(`?activity=${more}`, { scroll: false }));
    document.getElementById(`activity-${shown}`)?.focus();
    announce("Earlier activity loaded.");
  }

  return (
    <Link href={`?activity=${more}`} scroll={false} onClick={load} className="link">
      Show earlier activity
    </Link>
  );
}
