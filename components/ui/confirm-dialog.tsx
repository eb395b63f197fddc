"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button";
import { cx } from "#components/ui/cx";
import { backdropLook, bodyLook, footerLook, sheetLook, titleLook } from "#components/ui/dialog-look";

interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  /** A question with the object's name: “Revoke ‘Nightly sync’?”. */
  title: string;
  /** The consequence, and whether it can be undone. */
  children: ReactNode;
  /** The safe button, which has focus: “Keep token”. */
  keep: string;
  /** The other one: “Revoke token”. */
  confirm: string;
  /** Close it yourself when the deed is done. Returns why it couldn't be done, which is shown. */
  onConfirm: () => Promise<string | undefined> | Promise<void> | void;
  /** Where focus goes on closing; the opener by default. */
  returnFocus?: () => HTMLElement | null;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onClose, title, children, keep, confirm, onConfirm, returnFocus } = props;
  const safe = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function run() {
    setBusy(true);
    setError(null);
    try {
      setError((await onConfirm()) ?? null);
    } finally {
      setBusy(false);
    }
  }

  function close(next: boolean) {
    if (next || busy) return;
    setError(null);
    onClose();
  }

  return (
    <AlertDialog.Root open={open} onOpenChange={close}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop data-veil className={backdropLook} forceRender />
        <AlertDialog.Viewport className="fixed inset-0 z-10 grid place-items-center overflow-hidden sm:p-8">
          <AlertDialog.Popup
            initialFocus={safe}
            finalFocus={returnFocus && (() => returnFocus() ?? true)}
            className={cx(sheetLook, "sm:max-w-confirm")}
          >
            <AlertDialog.Title className={titleLook}>{title}</AlertDialog.Title>
            <div className={bodyLook}>
              <AlertDialog.Description render={<div />}>{children}</AlertDialog.Description>
              {error && (
                <p role="alert" className="mt-3 flex gap-1.5 text-danger">
                  <CircleAlert size={16} className="mt-0.5 shrink-0" />
                  {error}
                </p>
              )}
            </div>
            <div className={footerLook}>
              <AlertDialog.Close render={<Button ref={safe}>{keep}</Button>} />
              <Button look="danger" busy={busy} onClick={run}>
                {confirm}
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
