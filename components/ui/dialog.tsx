"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ComponentProps, ReactNode, RefObject } from "react";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { cx } from "#components/ui/cx";
import { backdropLook, bodyLook, footerLook, sheetLook, titleLook } from "#components/ui/dialog-look";
import { IconButton } from "#components/ui/icon-button";

/** The question before a dialog with unsaved input closes. */
interface LeaveQuestion {
  title: string;
  text: string;
  stay: string;
  leave: string;
}

interface DialogProps {
  open: boolean;
  onClose: () => void;
  /** The same as the label of the button that opens it. */
  title: string;
  children: ReactNode;
  /** Buttons, primary last. `DialogCancel` closes. */
  footer?: ReactNode;
  /** 440 or 600. */
  width?: "confirm" | "dialog";
  /** `true` asks “Discard changes?” before closing. Pass a question to ask that instead. */
  edited?: boolean | LeaveQuestion;
  /** What a click outside does. */
  outsidePress?: "close" | "ignore";
  /** Makes the dialog one form; its submit button stands in the footer. */
  form?: ComponentProps<"form"> | undefined;
  /** The first field by default. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** Where focus goes on closing; the opener by default. */
  returnFocus?: () => HTMLElement | null;
}

const discard: LeaveQuestion = {
  title: "Discard changes?",
  text: "What you typed will be lost.",
  stay: "Keep editing",
  leave: "Discard changes",
};

export function Dialog(props: DialogProps) {
  const { open, onClose, title, children, footer, width = "dialog", edited, outsidePress = "close", form } = props;
  const [asking, setAsking] = useState(false);
  const sheet = useRef<HTMLDivElement>(null);
  const question = typeof edited === "object" ? edited : discard;
  const content = (
    <>
      <Base.Title className={titleLook}>{title}</Base.Title>
      <div className={bodyLook}>{children}</div>
      {footer && <div className={footerLook}>{footer}</div>}
      {/* Last in the tab order, after the content. */}
      <Base.Close
        render={<IconButton label={`Close “${title}”`} title="Close" icon={<X size={16} />} />}
        className="absolute top-3.5 right-4 pointer-coarse:top-1.5 pointer-coarse:right-1.5"
      />
    </>
  );
  return (
    <Base.Root
      open={open}
      disablePointerDismissal={outsidePress === "ignore"}
      onOpenChange={(next) => {
        if (!next) edited ? setAsking(true) : onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop data-veil className={backdropLook} />
        <Base.Viewport className="fixed inset-0 z-10 grid place-items-center overflow-hidden sm:p-8">
          <Base.Popup
            ref={sheet}
            className={cx(sheetLook, width === "confirm" ? "sm:max-w-confirm" : "sm:max-w-dialog")}
            initialFocus={props.initialFocus ?? ((by) => (by === "touch" ? true : (firstField(sheet.current) ?? true)))}
            finalFocus={props.returnFocus && (() => props.returnFocus?.() ?? true)}
          >
            {form ? (
              <form {...form} className="contents">
                {content}
              </form>
            ) : (
              content
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
      <ConfirmDialog
        open={open && asking}
        onClose={() => setAsking(false)}
        title={question.title}
        keep={question.stay}
        confirm={question.leave}
        onConfirm={() => {
          setAsking(false);
          onClose();
        }}
      >
        {question.text}
      </ConfirmDialog>
    </Base.Root>
  );
}

/** The first field, not a link or button above it. On touch screens the dialog itself gets focus, so that no keyboard opens. */
function firstField(sheet: HTMLElement | null): HTMLElement | null {
  return (
    sheet?.querySelector<HTMLElement>("input:not([type=hidden], [aria-hidden]), textarea, [role=combobox]") ?? null
  );
}

/** Closes its dialog, and asks first if input would be lost. */
export function DialogCancel({ children = "Cancel" }: { children?: ReactNode }) {
  return <Base.Close render={<Button>{children}</Button>} />;
}
