"use client";

import { useSyncExternalStore } from "react";
import { keepPreference } from "#components/shell/preference";

const watchers = new Set<() => void>();

function watch(changed: () => void) {
  watchers.add(changed);
  return () => {
    watchers.delete(changed);
  };
}

/** Whether keyboard shortcuts are on in this browser: yes, unless its cookie says otherwise. */
export function keysAreOn(): boolean {
  return !/(?:^|; )repdesk-keys=off(?:;|$)/.test(document.cookie);
}

export function switchKeys(on: boolean): void {
  keepPreference("repdesk-keys", on ? "on" : "off");
  for (const changed of watchers) changed();
}

/** `fromServer` is the cookie's value when the page was rendered. A page cached by the router may be older than the choice. */
export function useKeysAreOn(fromServer: boolean): boolean {
  return useSyncExternalStore(watch, keysAreOn, () => fromServer);
}
