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

/** Whether this browser is to listen for single keys: yes, unless its cookie says otherwise. */
export function keysAreOn(): boolean {
  return !/(?:^|; )repdesk-keys=off(?:;|$)/.test(document.cookie);
}

export function switchKeys(on: boolean): void {
  keepPreference("repdesk-keys", on ? "on" : "off");
  for (const changed of watchers) changed();
}

/** `fromServer` is what the cookie said when the page was made: a page kept by the router may be older than the choice. */
export function useKeysAreOn(fromServer: boolean): boolean {
  return useSyncExternalStore(watch, keysAreOn, () => fromServer);
}
