"use client";

import type { ComponentProps, ReactNode } from "react";
import { cx } from "#components/ui/cx";

interface IconButtonProps extends Omit<ComponentProps<"button">, "children" | "aria-label"> {
  /** Includes the object: “Actions for Nightly sync”. */
  label: string;
  icon: ReactNode;
  /** With the height and border of the buttons next to it. */
  bordered?: boolean;
}

/** A quiet square button of 28 px (44 on touch screens). */
export function IconButton({ label, icon, bordered, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={cx(
        "inline-flex shrink-0 items-center justify-center rounded-control border",
        bordered ? "size-(--control) border-input-border" : "size-(--target) border-transparent",
        "text-muted hover:bg-hover hover:text-text data-popup-open:bg-hover data-popup-open:text-text",
        className,
      )}
    >
      {icon}
    </button>
  );
}
