"use client";

import { MoreHorizontal } from "lucide-react";
import { cloneElement, type ReactNode } from "react";
import { IconButton } from "#components/ui/icon-button";
import { buttonEvents, late, useStandIn } from "#components/ui/late";
import type { ItemProps, LinkProps, MenuProps } from "#components/ui/menu-parts";

/** A page may have a menu in each row: their code is loaded later, and only the menus that are used render it. */
const parts = late(() => import("#components/ui/menu-parts"));

export function Menu(props: MenuProps) {
  const { module, ref, ...standIn } = useStandIn(parts);
  if (module) return <module.Menu {...props} control={ref} />;
  return cloneElement(props.trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    ...buttonEvents(standIn),
  } as object);
}

/** The `⋯` of a table row. `label` names the row: “Actions for Nightly sync”. */
export function RowMenu({ label, children }: { label: string; children: ReactNode }) {
  return <Menu trigger={<IconButton label={label} icon={<MoreHorizontal size={16} />} />}>{children}</Menu>;
}

/** Items are rendered only in an open menu, whose code is there. */
export function MenuItem(props: ItemProps) {
  const module = parts.now();
  return module && <module.MenuItem {...props} />;
}

export function MenuLink(props: LinkProps) {
  const module = parts.now();
  return module && <module.MenuLink {...props} />;
}

export function MenuSeparator() {
  const module = parts.now();
  return module && <module.MenuSeparator />;
}
