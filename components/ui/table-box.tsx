"use client";

import type { FocusEvent, MouseEvent, PointerEvent, ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import { late, useLate } from "#components/ui/late";

const hoverMs = 400;
const tooltip = late(() => import("#components/ui/cut-tooltip"));

/**
 * The event handlers of a table, shared by all its rows: a click anywhere on a row follows the row's link, and truncated text is shown
 * in full.
 */
export function TableBox({ children }: { children: ReactNode }) {
  const [cut, setCut] = useState<HTMLElement | null>(null);
  const [used, setUsed] = useState(false);
  const module = useLate(tooltip, used);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function show(text: HTMLElement | null, delay: number) {
    clearTimeout(timer.current);
    if (text === null) setCut(null);
    else {
      setUsed(true);
      timer.current = setTimeout(() => setCut(text), delay);
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only extends what the links in it already do
    // biome-ignore lint/a11y/useKeyWithClickEvents: keyboard users have the row's link
    <div
      className="table-box"
      onClick={followRow}
      onAuxClick={followRow}
      onPointerOver={(event: PointerEvent) => event.pointerType === "mouse" && show(cutText(event.target), hoverMs)}
      onPointerLeave={() => show(null, 0)}
      onFocus={(event: FocusEvent) => show(event.target.matches(":focus-visible") ? cutText(event.target) : null, 0)}
      onBlur={() => show(null, 0)}
    >
      {children}
      {module && <module.CutTooltip cut={cut} onClose={() => show(null, 0)} />}
    </div>
  );
}

/** The text at an event's target, if it is truncated. */
function cutText(target: EventTarget): HTMLElement | null {
  const text = target instanceof Element ? target.closest<HTMLElement>(".clip") : null;
  return text && text.scrollWidth > text.clientWidth ? text : null;
}

/** Follows the row's link, as a click on the link would. Ignores text selection, and clicks on controls. */
function followRow(event: MouseEvent<HTMLElement>) {
  const { target, button, shiftKey } = event;
  if (event.defaultPrevented || shiftKey || button > 1 || !(target instanceof Element)) return;
  if (target.closest("a, button, input, label, [role=checkbox]") || !getSelection()?.isCollapsed) return;
  const link = target.closest("tbody tr")?.querySelector<HTMLAnchorElement>("th a");
  if (!link) return;
  if (button === 1 || event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
  else link.click();
}
