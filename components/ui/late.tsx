"use client";

import { type RefCallback, useEffect, useRef, useState } from "react";

/** Code that a page loads after its first view: when the browser is idle, or at once if it is needed before that. */
export interface Late<M> {
  /** The module, if it has arrived. */
  now: () => M | null;
  load: () => Promise<M>;
}

export function late<M>(fetch: () => Promise<M>): Late<M> {
  let module: M | null = null;
  let loading: Promise<M> | null = null;
  return {
    now: () => module,
    load() {
      loading ??= fetch().then(
        (arrived) => {
          module = arrived;
          return arrived;
        },
        (error) => {
          // The next use tries again.
          loading = null;
          throw error;
        },
      );
      return loading;
    },
  };
}

const retryMs = 2000;

/** Parts that are on the page and not loaded yet. */
const waiting = new Set<Late<unknown>>();

function loadWhenIdle(part: Late<unknown>) {
  if (part.now() !== null || waiting.has(part)) return;
  if (waiting.size === 0) whenIdle(loadWaiting);
  waiting.add(part);
}

function loadWaiting() {
  for (const part of waiting) part.load().catch(reportError);
  waiting.clear();
}

/** Safari has no idle callbacks. */
function whenIdle(act: () => void) {
  if (typeof requestIdleCallback === "function") requestIdleCallback(act, { timeout: 2000 });
  else setTimeout(act, 500);
}

/** Tries until it is there: without a connection, what was pressed works once there is one. */
async function arrival(part: Late<unknown>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await part.load();
      return;
    } catch (error) {
      reportError(error);
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

/** Returns the module once it is `wanted` and has arrived. It is loaded when the browser is idle, so it is mostly there. */
export function useLate<M>(part: Late<M>, wanted: boolean): M | null {
  const [, arrived] = useState(0);
  useEffect(() => loadWhenIdle(part), [part]);
  useEffect(() => {
    if (!wanted || part.now() !== null) return;
    const left = new AbortController();
    arrival(part, left.signal).then(() => left.signal.aborted || arrived((count) => count + 1), reportError);
    return () => left.abort();
  }, [part, wanted]);
  return wanted ? part.now() : null;
}

/** What was done to a stand-in, to be done to the control that replaces it. */
type Deed = (control: HTMLElement) => void;

/**
 * A control that looks like another one, until the code of that is there. It is replaced when the mouse comes near, or else when it is
 * used, and then hands over what was done to it.
 */
export function useStandIn<M>(part: Late<M>) {
  const [wanted, want] = useState(false);
  const [held, hold] = useState(false);
  const deed = useRef<Deed | null>(null);
  const control = useRef<HTMLElement | null>(null);
  // A control that disappears while a mouse button is down gets no click.
  const module = useLate(part, wanted && !held);

  useEffect(() => {
    if (module === null || control.current === null) return;
    deed.current?.(control.current);
    deed.current = null;
  }, [module]);

  return {
    module,
    /** For the control that replaces the stand-in. */
    ref: ((element) => {
      control.current = element;
    }) as RefCallback<HTMLElement>,
    hold,
    /** `by`: what the control is to do once it is there. Without it, what it was to do stays. */
    want(by?: Deed) {
      if (by) deed.current = by;
      want(true);
    },
  };
}

export function focusAndClick(control: HTMLElement) {
  control.focus();
  control.click();
}

/** Sends a key that was pressed on a stand-in. A real Enter also clicks, a sent one doesn't. */
export function sendKey(key: string): Deed {
  return (control) => {
    control.focus();
    control.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    if (key === "Enter") control.click();
  };
}

/** The event handlers of a button that stands in for one with a popup. */
export function buttonEvents({ want, hold }: Pick<ReturnType<typeof useStandIn>, "want" | "hold">) {
  return {
    onPointerEnter: (event: React.PointerEvent) => {
      // Not under the keyboard's focus, which would be lost.
      if (event.pointerType === "mouse" && event.currentTarget !== document.activeElement) want();
    },
    onPointerDown: () => hold(true),
    onPointerLeave: () => hold(false),
    onPointerCancel: () => hold(false),
    onClick: (event: React.MouseEvent) => {
      hold(false);
      want(event.detail === 0 ? sendKey("Enter") : focusAndClick);
    },
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      want(sendKey(event.key));
    },
  };
}
