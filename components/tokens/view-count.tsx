"use client";

import { useEffect, useRef } from "react";
import { useAnnounce } from "#components/ui/live-region";

/** Says how many rows there are when another list is chosen. A row that comes or goes is told by what was done to it. */
export function ViewCount({ view, text }: { view: string; text: string }) {
  const announce = useAnnounce();
  const said = useRef(view);
  useEffect(() => {
    if (said.current !== view) announce(text);
    said.current = view;
  }, [view, text, announce]);
  return null;
}
