"use client";

import { useEffect, useRef } from "react";
import { useAnnounce } from "#components/ui/live-region";

/** Announces the number of rows when another list is chosen. Actions on a row have their own announcements. */
export function ViewCount({ view, text }: { view: string; text: string }) {
  const announce = useAnnounce();
  const said = useRef(view);
  useEffect(() => {
    if (said.current !== view) announce(text);
    said.current = view;
  }, [view, text, announce]);
  return null;
}
