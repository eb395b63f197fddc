"use client";

import { Toast } from "@base-ui/react/toast";
import { Check, X } from "lucide-react";
import type { ReactNode } from "react";
import { useCallback } from "react";
import { Button } from "#components/ui/button";
import { cx } from "#components/ui/cx";
import { IconButton } from "#components/ui/icon-button";

interface Action {
  label: string;
  onSelect: () => void;
}

/** Reports a success that isn't visible on the page. Never for an error or a secret, and never in a dialog. */
export function useToast(): (text: string, action?: Action) => void {
  const { add, close } = Toast.useToastManager();
  return useCallback(
    (text, action) => {
      const id = add({
        title: text,
        timeout: action ? 12_000 : 6_000,
        actionProps: action && {
          children: action.label,
          onClick: () => {
            action.onSelect();
            close(id);
          },
        },
      });
    },
    [add, close],
  );
}

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider limit={3} timeout={6000}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-20 flex w-[min(22.5rem,calc(100vw-2rem))] flex-col gap-2 outline-none sm:right-6 sm:bottom-6">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Toasts() {
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
