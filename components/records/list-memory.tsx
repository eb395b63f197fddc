"use client";

import { useSearchParams } from "next/navigation";
import { useEffect } from "react";

/** What this tab remembers about a list, by its path, so that people return to it as they left it. */

const addressKey = (path: string) => `repdesk-list:${path}`;
const openedKey = (path: string) => `repdesk-opened:${path}`;

/** The list's URL, with the search and the page that were last shown. */
export function addressOfList(path: string): string {
  return path + (sessionStorage.getItem(addressKey(path)) ?? "");
}

/** Remembers which of the list's records was opened. */
export function noteOpened(path: string, id: string): void {
  sessionStorage.setItem(openedKey(path), id);
}

/** Remembers the list's URL, and moves focus to the record that was open. */
export function ListMemory({ path }: { path: string }) {
  const params = useSearchParams();
  // In the browser's own form, so that it can be found in the history.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `params` tells when the URL changes
  useEffect(() => sessionStorage.setItem(addressKey(path), location.search), [path, params]);
  useEffect(() => {
    const opened = sessionStorage.getItem(openedKey(path));
    sessionStorage.removeItem(openedKey(path));
    // Not if something already has focus.
    const isNowhere = document.activeElement === document.body || document.activeElement?.id === "main";
    if (opened && isNowhere) document.getElementById(opened)?.focus({ preventScroll: true });
  }, [path]);
  return null;
}
