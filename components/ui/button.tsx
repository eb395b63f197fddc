"use client";

import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "#components/ui/cx";

export type ButtonLook = "primary" | "secondary" | "quiet" | "danger";

interface Shared {
  /** Primary is the accent color. Use one per view. */
  look?: ButtonLook;
  /** The height: 32 in filter bars, otherwise 36. Both are 44 on touch screens. */
  size?: "bar" | "control";
  /** A 16 px icon before the label. */
  icon?: ReactNode;
  /** The keyboard shortcut: `n` for the page's create button. */
  shortcut?: string;
  children: ReactNode;
}

interface ButtonProps extends Shared, Omit<ComponentProps<"button">, keyof Shared> {
  /** Ignores clicks, but keeps the label, the width, and focus. */
  busy?: boolean;
}

interface ButtonLinkProps extends Shared, Omit<ComponentProps<typeof Link>, keyof Shared> {}

const looks: Record<ButtonLook, string> = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "border-input-border text-text hover:bg-hover",
  quiet: "border-transparent text-text hover:bg-hover",
  danger: "border-transparent bg-danger-fill text-on-danger hover:bg-danger-fill-hover",
};

function classes({ look = "secondary", size = "control" }: Pick<Shared, "look" | "size">, own?: string): string {
  return cx(
    "relative inline-flex items-center justify-center gap-2 rounded-control border px-3 py-1 text-center text-body",
    "font-medium select-none [&_svg]:shrink-0 aria-disabled:cursor-default disabled:cursor-default",
    size === "bar" ? "min-h-(--control-bar)" : "min-h-(--control)",
    looks[look],
    own,
  );
}

export function Button({ look, size, icon, shortcut, busy, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes({ look, size }, className)}
      aria-keyshortcuts={shortcut}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest["aria-disabled"] || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {icon}
      <span className="min-w-0">{children}</span>
      {busy && <Busy />}
    </button>
  );
}

/** A link to another page that looks like a button. */
export function ButtonLink({ look, size, icon, shortcut, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={classes({ look, size }, className)} aria-keyshortcuts={shortcut}>
      {icon}
      <span className="min-w-0">{children}</span>
    </Link>
  );
}

/** The same for links out of the app: a web page, in a new tab, or another program. */
export function OutsideLink({ look, size, icon, href, children }: Shared & { href: string }) {
  const isPage = /^https?:/i.test(href);
  return (
    <a
      href={href}
      className={classes({ look, size })}
      {...(isPage && { target: "_blank", rel: "noopener noreferrer" })}
    >
      {icon}
      <span className="min-w-0">
        {children}
        {isPage && <span className="sr-only"> (in a new tab)</span>}
      </span>
    </a>
  );
}

/** A strip along the lower edge. It takes no space, so the label and the width don't change. */
function Busy() {
  return (
    <span aria-hidden className="absolute inset-0 overflow-hidden rounded-control">
      <span className="absolute bottom-0 left-0 h-0.5 w-2/5 animate-slide bg-current" />
    </span>
  );
}
