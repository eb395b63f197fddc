"use client";

import { useSearchParams } from "next/navigation";
import { useEffect } from "react";

/** What this tab remembers of a list, so that one comes back to it as one left it. By the list's path; a tab has few. */

const addressKey = (path: string) => `repdesk-list:${path}`;
const openedKey = (path: string) => `repdesk-opened:${path}`;

/** The list's address with the search and page it was last seen with. */
export function addressOfList(path: string): string {
  return path + (sessionStorage.getItem(addressKey(path)) ?? "");
}

/** Notes which of the list's records is open. */
export function noteOpened(path: string, id: string): void {
  sessionStorage.setItem(openedKey(path), id);
}

/** Remembers the list's address, and gives focus to the record that one comes back from. */
export function ListMemory({ path }: { path: string }) {
  const params = useSearchParams();
  // As the browser has it, so that it can be found in the history again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parameters tell when it changes
  useEffect(() => sessionStorage.setItem(addressKey(path), location.search), [path, params]);
  useEffect(() => {
    const opened = sessionStorage.getItem(openedKey(path));
    sessionStorage.removeItem(openedKey(path));
    // Not if somebody is somewhere already.
    const isNowhere = document.activeElement === document.body || document.activeElement?.id === "main";
    if (opened && isNowhere) document.getElementById(opened)?.focus({ preventScroll: true });
  }, [path]);
  return null;
}
