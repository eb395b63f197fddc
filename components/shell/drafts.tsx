"use client";

import { useEffect, useRef } from "react";

/** A stored draft: the fields of a form, never a secret. */
type Kept = { owner: string; value: unknown };

const prefix = "repdesk-draft:";

/** The drafts on this page, by key. They are stored only when the session ends. */
const live = new Map<string, () => unknown>();

function nameOf(key: string): string {
  return `${prefix}${location.pathname}:${key}`;
}

/** Stores the drafts, for this tab and this person, before an ended session leads to sign-in. */
export function keepDrafts(owner: string): void {
  for (const [key, current] of live) {
    const value = current();
    if (value === null) continue;
    sessionStorage.setItem(nameOf(key), JSON.stringify({ owner, value } satisfies Kept));
  }
}

/** Deletes drafts of other people who used this tab. */
export function forgetDraftsOfOthers(owner: string): void {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(prefix) && read(name)?.owner !== owner) sessionStorage.removeItem(name);
  }
}

function read(name: string): Kept | null {
  const text = sessionStorage.getItem(name);
  return text === null ? null : (JSON.parse(text) as Kept);
}

function takeDraft(key: string, owner: string): unknown {
  const kept = read(nameOf(key));
  sessionStorage.removeItem(nameOf(key));
  return kept?.owner === owner ? kept.value : null;
}

/** See `useDraft` in `components/shell/api`, which knows the owner. */
export function useDraftOf<T>(owner: string, key: string, read: () => T | null, restore: (value: T) => void): void {
  const latest = useRef({ read, restore });
  useEffect(() => {
    latest.current = { read, restore };
  });
  useEffect(() => {
    const kept = takeDraft(key, owner);
    if (kept !== null) latest.current.restore(kept as T);
    live.set(key, () => latest.current.read());
    return () => {
      live.delete(key);
    };
  }, [key, owner]);
}
