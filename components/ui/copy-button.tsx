"use client";

import { Check, Copy } from "lucide-react";
import type { ReactNode, Ref, RefObject } from "react";
import { useEffect, useRef, useState } from "react";
import type { ButtonLook } from "#components/ui/button";
import { Button } from "#components/ui/button";
import { useAnnounce } from "#components/ui/live-region";

interface CopyButtonProps {
  /** The whole value to copy, even if the page shows less. */
  value: string;
  /** The element that shows it. Its text is selected if the clipboard isn't available. */
  target: RefObject<HTMLElement | null>;
  /** Verb and noun: “Copy token”. */
  children: ReactNode;
  /** Names the object for assistive technology if the label is only “Copy”. */
  name?: string;
  look?: ButtonLook;
  size?: "bar" | "control";
  /** Also called when the text is copied by hand. */
  onCopied?: () => void;
  ref?: Ref<HTMLButtonElement>;
}

type State = "idle" | "copied" | "refused";

export function CopyButton({ value, target, children, name, look, size, onCopied, ref }: CopyButtonProps) {
  const [state, setState] = useState<State>("idle");
  const announce = useAnnounce();
  const [keys, setKeys] = useState("Ctrl+C");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Copying by hand counts, too, and copies the whole value even if the page shows it shortened.
  useEffect(() => {
    function onCopy(event: ClipboardEvent) {
      const picked = document.getSelection();
      const shown = target.current;
      if (!shown || !picked || picked.isCollapsed || !picked.containsNode(shown, true)) return;
      if (state === "refused") {
        event.clipboardData?.setData("text/plain", value);
        event.preventDefault();
      } else if (!picked.toString().includes(value)) return;
      done();
    }
    document.addEventListener("copy", onCopy);
    return () => document.removeEventListener("copy", onCopy);
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  function done() {
    setState("copied");
    announce("Copied");
    onCopied?.();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState("idle"), 2000);
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      done();
    } catch {
      // Denied, or missing on plain HTTP: the reader can still copy with the keyboard.
      const press = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘C" : "Ctrl+C";
      if (target.current) document.getSelection()?.selectAllChildren(target.current);
      setKeys(press);
      setState("refused");
      announce(`Press ${press}`);
    }
  }

  return (
    <Button
      ref={ref}
      look={look}
      size={size}
      icon={state === "copied" ? <Check size={16} /> : <Copy size={16} />}
      onClick={copy}
    >
      {state === "refused" ? (
        `Press ${keys}`
      ) : (
        <Either first={children} second="Copied" showSecond={state === "copied"} />
      )}
      {name && state === "idle" && <span className="sr-only"> {name}</span>}
    </Button>
  );
}

/** Stacks both texts, so the width is that of the longer one and doesn't change. */
function Either({ first, second, showSecond }: { first: ReactNode; second: ReactNode; showSecond: boolean }) {
  return (
    <span className="grid text-start *:col-start-1 *:row-start-1">
      <span className={showSecond ? "invisible" : undefined}>{first}</span>
      <span className={showSecond ? undefined : "invisible"}>{second}</span>
    </span>
  );
}
