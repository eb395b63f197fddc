"use client";

import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { type MouseEvent, useEffect, useState } from "react";
import { addressOfList, noteOpened } from "#components/records/list-memory";

interface BackToListProps {
  /** The list's path, without its state. */
  href: string;
  label: string;
  /** The record that gets focus in the list. */
  opened: string;
}

/** Leads back to the list with the same search and page, and, if it is the previous page in the history, the same scroll position. */
export function BackToList({ href, label, opened }: BackToListProps) {
  const [address, setAddress] = useState(href);
  useEffect(() => {
    setAddress(addressOfList(href));
    noteOpened(href, opened);
  }, [href, opened]);

  function goBack(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !isPageBefore(address)) return;
    event.preventDefault();
    history.back();
  }

  return (
    <Link
      href={address}
      onClick={goBack}
      className="mb-2 -ml-1 inline-flex min-h-6 items-center gap-1 rounded-control pr-2 text-help text-muted hover:text-text pointer-coarse:-mt-3 pointer-coarse:min-h-11"
    >
      <ChevronLeft size={16} />
      {label}
    </Link>
  );
}

/** Whether the browser's Back leads there. Browsers without the Navigation API always follow the link. */
function isPageBefore(address: string): boolean {
  if (!("navigation" in window)) return false;
  const { navigation } = window;
  const before = navigation.entries()[(navigation.currentEntry?.index ?? 0) - 1];
  return before?.url === new URL(address, location.href).href;
}
