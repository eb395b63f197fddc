"use client";

import { Menu as Base } from "@base-ui/react/menu";
import Link from "next/link";
import type { ReactElement, ReactNode, Ref } from "react";
import { cx } from "#components/ui/cx";
import { itemLook, popupLook } from "#components/ui/menu-look";

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement<object>;
  children: ReactNode;
  align?: "start" | "end";
  side?: "bottom" | "top";
}

export interface ItemProps {
  icon?: ReactNode;
  children: ReactNode;
  danger?: boolean;
  /** Disables the item; the text below it says why. */
  off?: string;
  onSelect: () => void;
}

export interface LinkProps {
  href: string;
  icon?: ReactNode;
  current?: boolean;
  children: ReactNode;
}

/** `control`: the trigger's element. */
export function Menu({
  trigger,
  children,
  align = "end",
  side = "bottom",
  control,
}: MenuProps & { control: Ref<HTMLElement> }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} ref={control as Ref<HTMLButtonElement>} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} className="z-10 outline-none">
          <Base.Popup
            className={cx(
              popupLook,
              "max-h-(--available-height) min-w-[max(12rem,var(--anchor-width))] overflow-y-auto p-1",
            )}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({ icon, children, danger, off, onSelect }: ItemProps) {
  return (
    <Base.Item
      className={cx(itemLook, danger && !off && "text-danger")}
      disabled={off !== undefined}
      onClick={onSelect}
    >
      {icon}
      <span className="flex min-w-0 flex-col">
        {children}
        {off && <span className="text-help text-muted">{off}</span>}
      </span>
    </Base.Item>
  );
}

export function MenuLink({ href, icon, current, children }: LinkProps) {
  return (
    <Base.LinkItem
      closeOnClick
      render={<Link href={href} aria-current={current || undefined} />}
      className={cx(itemLook, "aria-[current=true]:bg-accent-soft aria-[current=true]:font-semibold")}
    >
      {icon}
      <span className="min-w-0 grow">{children}</span>
    </Base.LinkItem>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-2 my-1 h-px bg-border" />;
}
