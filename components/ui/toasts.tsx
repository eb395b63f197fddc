"use client";

import { Toast } from "@base-ui/react/toast";
import { Check, X } from "lucide-react";
import { useEffect } from "react";
import { Button } from "#components/ui/button";
import { cx } from "#components/ui/cx";
import { IconButton } from "#components/ui/icon-button";

interface Action {
  label: string;
  onSelect: () => void;
}

export interface ToastText {
  text: string;
  action: Action | undefined;
}

const manager = Toast.createToastManager();

/** Shows toasts. `texts` are those that haven't been shown yet. */
export function Toasts({ texts, onShown }: { texts: readonly ToastText[]; onShown: () => void }) {
  // Once the region is there: assistive technology announces what is added to it.
  useEffect(() => {
    for (const text of texts) show(text);
    if (texts.length > 0) onShown();
  }, [texts, onShown]);
  return (
    <Toast.Provider limit={3} timeout={6000} toastManager={manager}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-20 flex w-[min(22.5rem,calc(100vw-2rem))] flex-col gap-2 outline-none sm:right-6 sm:bottom-6">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function show({ text, action }: ToastText) {
  const id = manager.add({
    title: text,
    timeout: action ? 12_000 : 6_000,
    actionProps: action && {
      children: action.label,
      onClick: () => {
        action.onSelect();
        manager.close(id);
      },
    },
  });
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.toReversed().map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className={cx(
        "rounded-card border border-border bg-raised text-body text-text shadow-raised transition-[opacity,transform]",
        "translate-x-(--toast-swipe-movement-x) translate-y-(--toast-swipe-movement-y) data-limited:hidden",
        "data-starting-style:translate-y-2 data-starting-style:opacity-0 data-ending-style:opacity-0",
      )}
    >
      <Toast.Content className="flex items-center gap-2 py-2 pr-2 pl-3">
        <Check size={16} className="shrink-0 text-success" />
        <Toast.Title render={<div />} className="min-w-0 grow py-1" />
        {toast.actionProps && <Toast.Action render={<Button size="bar">{toast.actionProps.children}</Button>} />}
        <Toast.Close render={<IconButton label="Dismiss" icon={<X size={16} />} />} />
      </Toast.Content>
    </Toast.Root>
  ));
}
